import type { Project, ResourceDefinition, ToolDefinition } from '@mxcp-ts/project';

export type TypedEndpoint = ToolDefinition | ResourceDefinition;

/** The project's own endpoints whose handler is a function in a file of this language, by name. */
export function typedEndpoints(
  { endpoints }: Project,
  language: 'typescript' | 'python',
): { readonly tools: readonly ToolDefinition[]; readonly resources: readonly ResourceDefinition[] } {
  const own = endpoints.filter(isTyped).filter(({ source }) => source.language === language && 'file' in source);
  return {
    tools: own.filter(endpoint => endpoint.kind === 'tool').sort(byName),
    resources: own.filter(endpoint => endpoint.kind === 'resource').sort(byName),
  };
}

function isTyped(endpoint: Project['endpoints'][number]): endpoint is TypedEndpoint {
  return endpoint.kind === 'resource' || (endpoint.kind === 'tool' && endpoint.pack === undefined);
}

function byName(a: TypedEndpoint, b: TypedEndpoint): number {
  return a.name < b.name ? -1 : 1;
}
