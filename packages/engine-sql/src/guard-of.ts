import type { SqlGuard } from '@mxcp-ts/engine';
import type { Project } from '@mxcp-ts/project';
import type { SqlEndpoint } from './sql-endpoint.ts';

const callersQuery = /^\s*FROM\s+query_of_caller\s*\(\s*\$(\w+)\s*\)\s*;?\s*$/i;

/** How a tool is guarded whose SQL is what its caller writes; undefined for every other endpoint. */
export function guardOf(endpoint: SqlEndpoint, { config }: Project): SqlGuard | undefined {
  const sqlParameter = callersParameter(endpoint);
  return sqlParameter === undefined ? undefined : { sqlParameter, allowFunctions: config.allowedSqlFunctions };
}

/**
 * The parameter that holds the caller's SQL. A tool of a pack says so by being nothing but
 * `FROM query_of_caller($parameter)`; a project's own tools cannot.
 */
export function callersParameter(endpoint: SqlEndpoint): string | undefined {
  if (endpoint.kind !== 'tool' || endpoint.pack === undefined) return undefined;
  return callersQuery.exec(endpoint.source.sql.text)?.[1];
}
