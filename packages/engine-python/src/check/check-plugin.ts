import { type Diagnostic, diagnostic } from '@mxcp-ts/diagnostics';
import type { PluginDefinition } from '@mxcp-ts/project';
import { spanOfPlugin } from '../python-plugins.ts';
import type { ProjectOutline } from './outline.ts';

/** Whether the module that the site file lists can be found, and has the class of a plug-in. */
export function checkPlugin(plugin: PluginDefinition, outline: ProjectOutline): readonly Diagnostic[] {
  const { file, module, isListed } = plugin;
  const span = spanOfPlugin(plugin);
  if (file === undefined) {
    if (!outline.missingModules.includes(module)) return [];
    const message = `The module "${module}" is not in the folder of plug-ins, and is not installed.`;
    return [diagnostic('plan/missing-import', message, span)];
  }
  const own = outline.files.find(candidate => candidate.file === file.absolute);
  if (!isListed || own === undefined || own.syntaxError !== null || own.hasUnknownNames) return [];
  if (own.otherNames.includes('MXCPPlugin')) return [];
  const message = `${file.relative} has no class MXCPPlugin, which a plug-in of the site file must have.`;
  return [diagnostic('plan/plugin-load', message, span)];
}
