import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { connectClient } from '../support/clients.ts';
import { makeProject } from '../support/make-project.ts';
import { runProgram, startServer } from '../support/program.ts';
import { languages, makeRuntimeApiProject } from './support/runtime-api-project.ts';

/** What another program does with the database file while it is free. */
const writer = `
const { DuckDBInstance } = require(process.argv[2]);
(async () => {
  const connection = await (await DuckDBInstance.create(process.argv[3])).connect();
  await connection.run('CREATE TABLE built AS SELECT 42 AS answer');
  connection.closeSync();
  console.log('built');
})();
`;
const duckdb = createRequire(new URL('../../packages/engine-sql/package.json', import.meta.url)).resolve(
  '@duckdb/node-api',
);

describe.each(languages)('%s', language => {
  test('a reload with a payload frees the database for another program, and the project serves again', async () => {
    const { folder, env } = makeRuntimeApiProject();
    writeFileSync(join(folder, 'writer.cjs'), writer);
    const server = await startServer(folder, ['--sql-tools', 'true'], { env });
    onTestFinished(async () => void (await server.stop()));
    const client = await connectClient('v2 of 2026', { url: server.url });
    const command = [process.execPath, join(folder, 'writer.cjs'), duckdb, join(folder, 'data/db-default.duckdb')];
    expect(await client.callTool(`${language}_rebuild`, { command })).toMatchObject({ text: 'scheduled' });
    const report = join(folder, `${language}_rebuild.txt`);
    await expect.poll(() => existsSync(report), { timeout: 20_000 }).toBe(true);
    const sql = 'SELECT answer FROM built';
    // Calls wait until the reload is over.
    await expect
      .poll(async () => (await client.callTool('execute_sql_query', { sql })).text, { timeout: 20_000 })
      .toBe('[{"answer":42}]');
    const [program, refusal] = readFileSync(report, 'utf8').split('\n\n');
    expect({ program, refusal }).toEqual({ program: 'built', refusal: expect.stringMatching(/reload|payload|closed/) });
    const { text } = await client.callTool('execute_sql_query', { sql: 'SELECT * FROM starts ORDER BY language' });
    expect(JSON.parse(text).map((row: { language: string }) => row.language)).toEqual(['py', 'py', 'ts', 'ts']);
    await client.close();
  });

  test('hooks run in order at the start, and backwards at the end, before plug-ins close', async () => {
    const { folder, env } = makeRuntimeApiProject();
    const server = await startServer(folder, [], { env });
    const { exitCode, stderr } = await server.stop();
    expect(exitCode).toBe(0);
    const printed = [...stderr.matchAll(/\[print\] (.*)$/gm)].map(([, text]) => text);
    expect(printed.filter(text => text?.startsWith(`${language}:`))).toEqual([
      `${language}: first up in default`,
      `${language}: second up, start 1`,
      `${language}: last registered down`,
      `${language}: first registered down, starts 1`,
      ...(language === 'py' ? ['py: geo closed'] : []),
    ]);
  });
});

test('shutdown hooks that hang, in both languages, end at their deadline', async () => {
  const tool = (name: string, path: string) =>
    `mxcp: 1\ntool: { name: ${name}, description: Test., source: { file: ../${path}, function: ${name} } }\n`;
  const folder = makeProject({
    'tools/py_ok.yml': tool('py_ok', 'python/hang.py'),
    'tools/ts_ok.yml': tool('ts_ok', 'typescript/hang.ts'),
    'python/hang.py': `import time
from mxcp.runtime import on_shutdown

@on_shutdown
def hang():
    time.sleep(600)

def py_ok():
    return 1
`,
    'typescript/hang.ts': `import { onShutdown } from 'mxcp-ts/runtime';
onShutdown(() => new Promise(resolve => setTimeout(resolve, 600_000)));
export const ts_ok = () => 1;
`,
  });
  const server = await startServer(folder);
  const { exitCode, stderr } = await server.stop();
  expect({ exitCode, last: stderr.trim().split('\n').at(-1) }).toEqual({ exitCode: 0, last: 'Stopped.' });
  for (const language of ['Python', 'TypeScript'])
    expect(stderr).toContain(`The ${language} process did not stop in time and was ended.`);
  // The database was closed all the same.
  const query = await runProgram(['query', '-C', folder, '--json', 'SELECT 1 AS n']);
  expect(JSON.parse(query.stdout)).toEqual({ status: 'ok', result: [{ n: 1 }] });
});
