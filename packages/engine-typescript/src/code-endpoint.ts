import { realpathSync } from 'node:fs';
import type { EndpointDefinition, SourcePath } from '@mxcp-ts/project';

/** An endpoint whose handler is a function in a TypeScript or JavaScript file. */
export interface CodeEndpoint {
  readonly definition: EndpointDefinition;
  readonly file: SourcePath;
  readonly functionName: string | undefined;
}

/** The endpoints that this engine serves; others are left out. */
export function codeEndpointsOf(definitions: readonly EndpointDefinition[]): readonly CodeEndpoint[] {
  return definitions.flatMap(definition => {
    if (definition.source?.language !== 'typescript') return [];
    const { file, functionName } = definition.source;
    return [{ definition, file: { ...file, absolute: realPath(file.absolute) }, functionName }];
  });
}

/** The path without symbolic links, which is how esbuild and Node name a file; as it is when nothing is there. */
export function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}

/** The files of these endpoints and plug-ins, each once, in order. */
export function filesOf(users: readonly { readonly file: SourcePath }[]): readonly SourcePath[] {
  return [...new Map(users.map(({ file }) => [file.absolute, file])).values()];
}
