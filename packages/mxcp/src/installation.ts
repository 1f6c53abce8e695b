import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Where the built parts of this installation are: beside the bundle, or in `cli/dist` when run from source by tests. */
const dist = import.meta.url.endsWith('.ts')
  ? new URL('../../../cli/dist/', import.meta.url)
  : new URL('./', import.meta.url);

export const installation = Object.freeze({
  databaseThread: new URL('database-thread.js', dist),
  typescriptGuest: new URL('typescript-guest.js', dist),
  runtimeModule: new URL('runtime.js', dist),
  pythonSdk: new URL('python/', dist),
  packs: new URL('tools/', dist),
  schemas: new URL('schemas/v1/', dist),
});

export const packsFolder: string = fileURLToPath(installation.packs);

/** The version of the `mxcp-ts` package. */
export function readVersion(): string {
  const manifest: { version?: string } = JSON.parse(readFileSync(new URL('../package.json', dist), 'utf8'));
  return manifest.version ?? '0.0.0';
}
