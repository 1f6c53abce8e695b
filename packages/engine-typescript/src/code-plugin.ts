import type { PluginDefinition, Project, SourcePath } from '@mxcp-ts/project';
import { realPath } from './code-endpoint.ts';

/** A plug-in in a TypeScript or JavaScript file. */
export interface CodePlugin {
  readonly definition: PluginDefinition;
  readonly file: SourcePath;
}

/** The plug-ins of a project that this engine loads. */
export function codePluginsOf({ config }: Project): readonly CodePlugin[] {
  return config.plugins.flatMap(definition => {
    const { language, file } = definition;
    if (language !== 'typescript' || file === undefined) return [];
    return [{ definition, file: { ...file, absolute: realPath(file.absolute) } }];
  });
}
