import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type { Esbuild } from '../bundle/bundler.ts';
import { type WrittenBundle, writeBundle } from '../bundle/write-bundle.ts';
import { findBuildProblems, isBuildFailure } from '../check/find-build-problems.ts';
import type { SourceFiles } from '../check/source-files.ts';
import { type CodeEndpoint, filesOf } from '../code-endpoint.ts';
import type { CodePlugin } from '../code-plugin.ts';
import { diagnoseImporters } from './diagnose-start.ts';

/** The code of a project before it is built. */
export interface ProjectCode {
  readonly endpoints: readonly CodeEndpoint[];
  readonly plugins: readonly CodePlugin[];
}

export interface BundleAttempt {
  /** What is in the bundle. */
  readonly usable: ProjectCode;
  /** Undefined when nothing builds. */
  readonly bundle: WrittenBundle | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Bundles what builds. `check` has found broken files before; this is for those who serve in spite of errors, and for files
 * changed since.
 */
export async function bundleUsable(
  code: ProjectCode,
  sources: SourceFiles,
  runtimeFile: URL,
  esbuild: Esbuild,
): Promise<BundleAttempt> {
  const files = filesOf([...code.endpoints, ...code.plugins]);
  const whole = await tryBundle(code, sources.root, runtimeFile, esbuild);
  if (whole !== undefined) return { usable: code, bundle: whole, diagnostics: [] };
  const found = await findBuildProblems(files, sources, runtimeFile, esbuild);
  const isUsable = ({ file }: CodeEndpoint | CodePlugin) =>
    found.diagnostics.length === 0 || found.exports.has(file.absolute);
  const usable = { endpoints: code.endpoints.filter(isUsable), plugins: code.plugins.filter(isUsable) };
  const unusable = {
    endpoints: code.endpoints.filter(endpoint => !isUsable(endpoint)),
    plugins: code.plugins.filter(plugin => !isUsable(plugin)),
  };
  const importers = await diagnoseImporters(unusable, found.diagnostics, sources);
  const diagnostics = [...found.diagnostics, ...importers];
  if (usable.endpoints.length + usable.plugins.length === 0) return { usable, bundle: undefined, diagnostics };
  return { usable, bundle: await bundleOf(usable, sources.root, runtimeFile, esbuild), diagnostics };
}

async function tryBundle(
  code: ProjectCode,
  root: string,
  runtimeFile: URL,
  esbuild: Esbuild,
): Promise<WrittenBundle | undefined> {
  try {
    return await bundleOf(code, root, runtimeFile, esbuild);
  } catch (error) {
    if (isBuildFailure(error)) return undefined;
    throw error;
  }
}

function bundleOf({ endpoints, plugins }: ProjectCode, root: string, runtimeFile: URL, esbuild: Esbuild) {
  return writeBundle(filesOf([...endpoints, ...plugins]), root, runtimeFile, esbuild);
}
