import type { EndpointDefinition } from '@mxcp-ts/project';
import type { TypeDefinition } from '@mxcp-ts/schemas';

/** An endpoint whose source is SQL. */
export type SqlEndpoint = EndpointDefinition & { readonly source: { readonly language: 'sql' } };

export function isSqlEndpoint(endpoint: EndpointDefinition): endpoint is SqlEndpoint {
  return endpoint.source?.language === 'sql';
}

/** What its rows must fit. Of a prompt the return type describes the answer of the model. */
export function sqlReturnsOf({ kind, returns }: SqlEndpoint): TypeDefinition | undefined {
  return kind === 'prompt' ? undefined : returns;
}
