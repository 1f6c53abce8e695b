import type { BuildOptions } from 'esbuild';
import { keepFileLocations, locationDefines } from './keep-file-locations.ts';
import { resolvePackages } from './resolve-packages.ts';

/** What checking and starting have in common: one reading of the author's files, or a check would prove nothing. */
export function bundleOptions(root: string, runtimeFile: URL) {
  return {
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    // What Node itself looks at. esbuild's own preference would be files that are written for bundlers.
    mainFields: ['main'],
    conditions: ['node-addons'],
    outExtension: { '.js': '.mjs' },
    define: locationDefines,
    legalComments: 'none',
    logLevel: 'silent',
    logLimit: 0,
    metafile: true,
    plugins: [resolvePackages(runtimeFile), keepFileLocations()],
  } as const satisfies BuildOptions;
}
