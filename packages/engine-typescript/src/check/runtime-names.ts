import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';
import { readExports } from './read-exports.ts';

/** What can be imported from `mxcp-ts/runtime`, types left out. */
export async function readRuntimeNames(runtimeFile: URL): Promise<readonly string[]> {
  return [...(readExports(await readFile(runtimeFile, 'utf8'))?.functions.keys() ?? [])];
}

/** Lets `mxcp-ts/runtime` be a module of those names and nothing else, so that esbuild reports the others. */
export function resolveRuntimeNames(names: readonly string[]): Plugin {
  return {
    name: 'resolve-runtime-names',
    setup(build) {
      build.onResolve({ filter: /^mxcp-ts\/runtime$/ }, ({ kind }) =>
        kind === 'import-statement' ? { path: 'mxcp-ts/runtime', namespace, sideEffects: false } : undefined,
      );
      build.onLoad({ filter: /^/, namespace }, () => ({ contents: `export let ${names.join(', ')};` }));
    },
  };
}

/** @returns the name that is missing, when a message of esbuild is about one */
export function findMissingRuntimeName(text: string): string | undefined {
  return /^No matching export in "mxcp:mxcp-ts\/runtime" for import "(.*)"$/.exec(text)?.[1];
}

const namespace = 'mxcp';
