import type { EndpointDefinition, ResourceDefinition, SourcePath, ToolDefinition } from '@mxcp-ts/project';

/** An endpoint whose handler is a function in a TypeScript or JavaScript file. */
export interface CodeEndpoint {
  readonly definition: ToolDefinition | ResourceDefinition;
  readonly file: SourcePath;
  readonly functionName: string | undefined;
}

/** The endpoints that this engine serves; others are left out. */
export function codeEndpointsOf(definitions: readonly EndpointDefinition[]): readonly CodeEndpoint[] {
  return definitions.flatMap(definition => {
    if (definition.kind === 'prompt' || definition.source.language !== 'typescript') return [];
    const { file, functionName } = definition.source;
    return [{ definition, file, functionName }];
  });
}

/** The files of these endpoints, each once, in order. */
export function filesOf(endpoints: readonly CodeEndpoint[]): readonly SourcePath[] {
  return [...new Map(endpoints.map(({ file }) => [file.absolute, file])).values()];
}
