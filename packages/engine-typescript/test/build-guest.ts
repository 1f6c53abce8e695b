import { mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';

export interface BuiltGuest {
  readonly folder: string;
  readonly guestFile: URL;
  readonly runtimeFile: URL;
}

/** Builds the guest and `mxcp-ts/runtime` as `scripts/build.mjs` does, into a folder of its own. */
export async function buildGuest(): Promise<BuiltGuest> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'mxcp-guest-build-')));
  const source = (path: string) => fileURLToPath(new URL(`../../sdk-typescript/src/${path}`, import.meta.url));
  await build({
    entryPoints: { 'typescript-guest': source('guest/main.ts'), runtime: source('runtime.ts') },
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    sourcemap: true,
  });
  const url = (name: string) => pathToFileURL(join(folder, name));
  return { folder, guestFile: url('typescript-guest.mjs'), runtimeFile: url('runtime.mjs') };
}
