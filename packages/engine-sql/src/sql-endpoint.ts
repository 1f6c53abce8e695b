import type { EndpointDefinition, ResourceDefinition, ToolDefinition } from '@mxcp-ts/project';

/** An endpoint whose source is SQL. */
export type SqlEndpoint = (ToolDefinition | ResourceDefinition) & { readonly source: { readonly language: 'sql' } };

export function isSqlEndpoint(endpoint: EndpointDefinition): endpoint is SqlEndpoint {
  return endpoint.kind !== 'prompt' && endpoint.source.language === 'sql';
}
