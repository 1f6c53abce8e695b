import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, test } from 'vitest';
import { temporaryFolder, threadFile } from '../support/fixtures.ts';

test('a process that exits while a function computes ends with its own exit code', async () => {
  const folder = temporaryFolder();
  const bundle = join(folder, 'engine.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('../../src/open-database.ts', import.meta.url))],
    outfile: bundle,
    bundle: true,
    platform: 'node',
    format: 'esm',
    external: ['@duckdb/node-api'],
    banner: { js: "import { createRequire as c } from 'node:module'; const require = c(import.meta.url);" },
    logLevel: 'error',
  });
  const program = `
    import { openDatabase } from ${JSON.stringify(bundle)};
    const config = { path: ':memory:', isReadOnly: false, extensions: [], settings: {}, setup: [] };
    const threadFile = new URL(${JSON.stringify(threadFile.href)});
    const database = await openDatabase({ threadFile, config, secrets: [], root: '/', log: () => {} });
    const apply = () => { setImmediate(() => process.exit(3)); return new Promise(() => {}); };
    await database.defineFunctions([{ name: 'f', parameters: ['BIGINT'], returns: 'BIGINT', nulls: 'skip', isPure: false, apply }]);
    await database.execute({ sql: 'SELECT sum(f(x)) FROM range(500000) t(x)', format: 'json' });`;
  const file = join(folder, 'program.mjs');
  writeFileSync(file, program);
  const { status, signal, stderr } = spawnSync(process.execPath, [file], { encoding: 'utf8' });
  expect({ status, signal, stderr }).toEqual({ status: 3, signal: null, stderr: '' });
});
