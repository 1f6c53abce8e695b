import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

export interface StdioServerFile {
  /** What starts the server, for the transports of the clients. */
  command(...args: readonly string[]): { command: string; args: string[]; stderr: 'pipe' };
  remove(): void;
}

/** Builds `stdio-server.ts` into a file that this Node can run. */
export async function bundleStdioServer(): Promise<StdioServerFile> {
  const folder = mkdtempSync(join(tmpdir(), 'serve-mcp-'));
  const entry = join(folder, 'server.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('./stdio-server.ts', import.meta.url))],
    outfile: entry,
    bundle: true,
    format: 'esm',
    platform: 'node',
    logLevel: 'error',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return {
    command: (...args) => ({ command: process.execPath, args: [entry, ...args], stderr: 'pipe' }),
    remove: () => rmSync(folder, { recursive: true }),
  };
}
