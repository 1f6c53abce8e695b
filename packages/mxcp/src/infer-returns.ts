import type { InferredReturn } from '@mxcp-ts/admin';
import type { Database } from '@mxcp-ts/engine';
import { inferSqlReturns } from '@mxcp-ts/engine-sql';
import type { EndpointDefinition, Project } from '@mxcp-ts/project';
import { installation } from './installation.ts';

/**
 * For each of the project's own tools and resources that declares no return type: the one it could declare, or why that
 * cannot be told. Executes nothing of the project.
 *
 * @param database - as for `inferSqlReturns`
 */
export async function inferReturns(project: Project, database?: Database): Promise<readonly InferredReturn[]> {
  const open = project.endpoints.filter(lacksReturn);
  const found = await inferSqlReturns(open, project, { threadFile: installation.databaseThread, database });
  const returnsOf = new Map(found.map(({ endpoint, returns }) => [endpoint, returns]));
  return open.map(endpoint => {
    const returns = returnsOf.get(endpoint.id);
    return returns === undefined
      ? { endpoint: endpoint.id, returns: null, reason: reasonFor(endpoint) }
      : { endpoint: endpoint.id, returns, reason: null };
  });
}

function lacksReturn(endpoint: EndpointDefinition): boolean {
  const isOwn = endpoint.kind === 'resource' || (endpoint.kind === 'tool' && endpoint.pack === undefined);
  return isOwn && endpoint.returns === undefined;
}

function reasonFor(endpoint: EndpointDefinition): string {
  if (endpoint.kind === 'prompt' || endpoint.source.language === 'sql')
    return 'The columns of its query are not known before it runs.';
  const language = endpoint.source.language === 'python' ? 'Python' : 'TypeScript';
  return `Only SQL says what it gives before it runs; this is ${language}.`;
}
