import { type Diagnostic, diagnostic } from '@mxcp-ts/diagnostics';
import { argumentsOf, type PluginDefinition, type Project } from '@mxcp-ts/project';
import { findInterpreter, type Interpreter, type Probe } from '../interpreter/find-interpreter.ts';
import { type PythonEndpoint, spanOfSource } from '../python-endpoints.ts';
import { pythonPluginsOf, spanOfPlugin } from '../python-plugins.ts';
import { checkFunction } from './check-function.ts';
import { checkOutline } from './check-outline.ts';
import { checkPlugin } from './check-plugin.ts';
import type { Outline, ProjectOutline } from './outline.ts';
import { readSource } from './read-source.ts';
import { runChecker } from './run-checker.ts';

export interface CheckOptions {
  readonly sdkFolder: URL;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly probe: Probe;
}

/** Findings about Python endpoints, plug-ins and the files of the project they import. Imports and runs nothing of the project. */
export async function checkEndpoints(
  endpoints: readonly PythonEndpoint[],
  project: Project,
  { sdkFolder, env, probe }: CheckOptions,
): Promise<readonly Diagnostic[]> {
  const plugins = pythonPluginsOf(project);
  const [first] = [...endpoints.map(spanOfSource), ...plugins.map(plugin => spanOfPlugin(plugin))];
  if (endpoints.length + plugins.length === 0) return [];
  const found = await findInterpreter(project, env, probe);
  if (!found.ok) return [diagnostic('plan/no-interpreter', found.message, first, found.hint)];
  const { interpreter } = found;
  const outline = await outlineOf({ endpoints, plugins }, project, interpreter, { sdkFolder, env });
  const inlineEndpoints = endpoints.filter(({ source }) => !('file' in source));
  return [
    ...outline.files.flatMap(file => checkOutline(file, readSource(file.file, project.root, endpoints), interpreter)),
    ...inlineEndpoints.flatMap((endpoint, index) => checkInline(endpoint, outline.inline[index], interpreter)),
    ...endpoints.flatMap(endpoint => {
      if (!('file' in endpoint.source)) return [];
      const { absolute } = endpoint.source.file;
      const own = outline.files.find(({ file }) => file === absolute);
      return own === undefined ? [] : checkFunction(endpoint, own);
    }),
    ...plugins.flatMap(plugin => checkPlugin(plugin, outline)),
  ];
}

function outlineOf(
  { endpoints, plugins }: { endpoints: readonly PythonEndpoint[]; plugins: readonly PluginDefinition[] },
  { root, config }: Project,
  interpreter: Interpreter,
  options: Pick<CheckOptions, 'sdkFolder' | 'env'>,
): Promise<ProjectOutline> {
  const files = [
    ...endpoints.flatMap(({ source }) => ('file' in source ? [source.file.absolute] : [])),
    ...plugins.flatMap(({ file }) => (file === undefined ? [] : [file.absolute])),
  ];
  const inline = endpoints.flatMap(({ definition, source }) => {
    if ('file' in source) return [];
    return [{ code: source.code.text, parameters: argumentsOf(definition).map(({ name }) => name) }];
  });
  // The order in which the guest looks, see `loader.py`.
  const folders = [config.pythonFolder, ...(plugins.length > 0 ? [config.pluginsFolder] : []), root];
  const modules = plugins.filter(({ file }) => file === undefined).map(({ module }) => module);
  return runChecker({ folders, files: [...new Set(files)], inline, modules }, { interpreter, root, ...options });
}

function checkInline(
  endpoint: PythonEndpoint,
  outline: Outline | undefined,
  interpreter: Interpreter,
): readonly Diagnostic[] {
  const { source } = endpoint;
  if (outline === undefined || 'file' in source) return [];
  return [...checkOutline(outline, source.code, interpreter), ...checkFunction(endpoint, outline)];
}
