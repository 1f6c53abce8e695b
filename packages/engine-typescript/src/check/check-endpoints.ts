import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type { Project } from '@mxcp-ts/project';
import { type CodeEndpoint, filesOf } from '../code-endpoint.ts';
import { checkFunction } from './check-function.ts';
import { findBuildProblems } from './find-build-problems.ts';
import { readModule } from './read-module.ts';
import { SourceFiles } from './source-files.ts';

/**
 * Findings about handlers that can be had without running them: files that do not parse, imports that lead nowhere,
 * functions that are missing, parameters that do not fit.
 */
export async function checkEndpoints(
  endpoints: readonly CodeEndpoint[],
  project: Project,
  { runtimeFile }: { readonly runtimeFile: URL },
): Promise<readonly Diagnostic[]> {
  if (endpoints.length === 0) return [];
  const files = filesOf(endpoints);
  const sources = new SourceFiles(project.root);
  const found = await findBuildProblems(files, sources, runtimeFile);
  const modules = new Map(
    await Promise.all(
      files.map(async file => [file.absolute, await readModule(file, sources, found.exports)] as const),
    ),
  );
  const aboutFunctions = endpoints.flatMap(endpoint => {
    const module = modules.get(endpoint.file.absolute);
    return module === undefined ? [] : checkFunction(endpoint, module);
  });
  return [...found.diagnostics, ...aboutFunctions];
}
