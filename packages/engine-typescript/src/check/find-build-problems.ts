import { join } from 'node:path';
import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type { SourcePath } from '@mxcp-ts/project';
import type { BuildResult, Message, Metafile } from 'esbuild';
import { bundleOptions } from '../bundle/bundle-options.ts';
import type { Esbuild } from '../bundle/bundler.ts';
import { diagnosticOfMessage } from './diagnostic-of-message.ts';
import { readRuntimeNames, resolveRuntimeNames } from './runtime-names.ts';
import type { SourceFiles } from './source-files.ts';

export interface BuildProblems {
  readonly diagnostics: readonly Diagnostic[];
  /** What each file (by absolute path) exports, `default` included; a file that does not build is absent. */
  readonly exports: ReadonlyMap<string, readonly string[]>;
}

/** Bundles the files without writing anything and tells what keeps them from being bundled. */
export async function findBuildProblems(
  files: readonly SourcePath[],
  sources: SourceFiles,
  runtimeFile: URL,
  esbuild: Esbuild,
): Promise<BuildProblems> {
  const runtimeNames = await readRuntimeNames(runtimeFile);
  const build = (some: readonly SourcePath[]) => tryBuild(some, sources.root, runtimeFile, runtimeNames, esbuild);
  const whole = await build(files);
  // After the first file that does not parse esbuild looks at nothing else, so each gets a build of its own.
  const results = whole.ok ? [whole] : await Promise.all(files.map(file => build([file])));
  const exports = new Map<string, readonly string[]>();
  const messages = new Map<string, Message>();
  for (const result of results) {
    if (result.ok) for (const [file, names] of exportsOf(result.metafile, sources.root)) exports.set(file, names);
    else for (const message of result.errors) messages.set(identityOf(message), message);
  }
  const diagnostics = await Promise.all(
    [...messages.values()].map(message => diagnosticOfMessage(message, sources, runtimeNames)),
  );
  return { diagnostics, exports };
}

type BuildAttempt =
  | { readonly ok: true; readonly metafile: Metafile }
  | { readonly ok: false; readonly errors: readonly Message[] };

async function tryBuild(
  files: readonly SourcePath[],
  root: string,
  runtimeFile: URL,
  runtimeNames: readonly string[],
  { build }: Esbuild,
): Promise<BuildAttempt> {
  const shared = bundleOptions(root, runtimeFile);
  const options = {
    ...shared,
    entryPoints: files.map(({ absolute }, index) => ({ in: absolute, out: `module-${index}` })),
    outdir: join(root, 'never-written'),
    write: false,
    splitting: true,
  } as const;
  try {
    const { metafile } = await build({ ...options, plugins: [resolveRuntimeNames(runtimeNames), ...shared.plugins] });
    return { ok: true, metafile };
  } catch (error) {
    if (isBuildFailure(error)) return { ok: false, errors: error.errors };
    throw error;
  }
}

export function isBuildFailure(error: unknown): error is Pick<BuildResult, 'errors'> {
  return error instanceof Error && 'errors' in error && Array.isArray(error.errors);
}

function exportsOf({ outputs }: Metafile, root: string): (readonly [string, readonly string[]])[] {
  return Object.values(outputs).flatMap(({ entryPoint, exports }) =>
    entryPoint === undefined ? [] : [[join(root, entryPoint), exports] as const],
  );
}

function identityOf({ text, location }: Message): string {
  return JSON.stringify([text, location?.file, location?.line, location?.column]);
}
