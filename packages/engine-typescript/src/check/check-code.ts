import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type { Project, SourcePath } from '@mxcp-ts/project';
import type { Bundler, Esbuild } from '../bundle/bundler.ts';
import { type CodeEndpoint, filesOf, realPath } from '../code-endpoint.ts';
import { type CodePlugin, codePluginsOf } from '../code-plugin.ts';
import { checkFunction } from './check-function.ts';
import { findBuildProblems } from './find-build-problems.ts';
import type { ModuleExports } from './read-exports.ts';
import { readModule } from './read-module.ts';
import { SourceFiles } from './source-files.ts';

interface CheckOptions {
  readonly runtimeFile: URL;
  readonly bundler: Bundler;
}

/**
 * Findings about handlers and plug-ins that can be had without running them: files that do not parse, imports that lead
 * nowhere, functions that are missing, parameters that do not fit.
 */
export async function checkCode(
  endpoints: readonly CodeEndpoint[],
  project: Project,
  { runtimeFile, bundler }: CheckOptions,
): Promise<readonly Diagnostic[]> {
  const plugins = codePluginsOf(project);
  if (endpoints.length === 0 && plugins.length === 0) return [];
  // A start mostly follows.
  return await bundler.use(5_000, esbuild => checkWith(esbuild, endpoints, plugins, project, runtimeFile));
}

async function checkWith(
  esbuild: Esbuild,
  endpoints: readonly CodeEndpoint[],
  plugins: readonly CodePlugin[],
  project: Project,
  runtimeFile: URL,
): Promise<readonly Diagnostic[]> {
  const sources = new SourceFiles(realPath(project.root));
  const files = filesOf([...endpoints, ...plugins]);
  const { diagnostics, exports } = await findBuildProblems(files, sources, runtimeFile, esbuild);
  const modules = await readModules(filesOf(endpoints), sources, exports, esbuild);
  const aboutFunctions = endpoints.flatMap(endpoint => {
    const module = modules.get(endpoint.file.absolute);
    return module === undefined ? [] : checkFunction(endpoint, module);
  });
  return [...diagnostics, ...aboutFunctions];
}

async function readModules(
  files: readonly SourcePath[],
  sources: SourceFiles,
  built: ReadonlyMap<string, readonly string[]>,
  esbuild: Esbuild,
): Promise<ReadonlyMap<string, ModuleExports | undefined>> {
  const read = files.map(async file => [file.absolute, await readModule(file, sources, built, esbuild)] as const);
  return new Map(await Promise.all(read));
}
