import type { Database, InferredReturn } from '@mxcp-ts/engine';
import type { EndpointDefinition, Project } from '@mxcp-ts/project';
import { inferInScratch } from './check/check-in-scratch.ts';
import { isSqlEndpoint } from './sql-endpoint.ts';
import type { SqlEngineOptions } from './sql-engine.ts';

/**
 * The return types that SQL endpoints without one could declare, by the columns of their queries. Executes nothing of
 * the project. An endpoint whose columns are not known before it runs is left out.
 *
 * @param database - the database of a running server; without it the file on disk is looked at, read-only
 */
export async function inferSqlReturns(
  endpoints: readonly EndpointDefinition[],
  project: Project,
  { threadFile, database }: SqlEngineOptions & { readonly database?: Database | undefined },
): Promise<readonly InferredReturn[]> {
  const open = endpoints.filter(isSqlEndpoint).filter(canDeclare);
  return database === undefined ? await inferInScratch(open, project, threadFile) : await database.inferReturns(open);
}

function canDeclare({ kind, returns }: EndpointDefinition): boolean {
  return (kind === 'tool' || kind === 'resource') && returns === undefined;
}
