import type { SqlGuard } from '@mxcp-ts/engine';
import type { SqlEndpoint } from './sql-endpoint.ts';

const callersQuery = /^\s*FROM\s+query_of_caller\s*\(\s*\$(\w+)\s*\)\s*;?\s*$/i;

/**
 * The guard of a tool whose SQL is what its caller writes. A tool of a pack says so by being nothing but
 * `FROM query_of_caller($parameter)`; a project's own tools cannot.
 */
export function guardOf(endpoint: SqlEndpoint): SqlGuard | undefined {
  if (endpoint.kind !== 'tool' || endpoint.pack === undefined) return undefined;
  const sqlParameter = callersQuery.exec(endpoint.source.sql.text)?.[1];
  return sqlParameter === undefined ? undefined : { sqlParameter, allowFunctions: [] };
}
