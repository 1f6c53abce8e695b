import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { connectClient, type TestClient, type Where } from '../support/clients.ts';
import { makeProject } from '../support/make-project.ts';
import { type RunningServer, startServer } from '../support/program.ts';

const tool = (name: string, language: string, source: string, extra = '') => `mxcp: 1
tool:
  name: ${name}
  description: Test.
  language: ${language}
${extra}  source: ${source}
`;

const files = {
  'tools/ts_loop.yml': tool('ts_loop', 'typescript', '{ file: ../code/bad.ts, function: loop }', '  timeout: 1s\n'),
  'tools/ts_exit.yml': tool('ts_exit', 'typescript', '{ file: ../code/bad.ts, function: exit }'),
  'tools/ts_raw.yml': tool('ts_raw', 'typescript', '{ file: ../code/bad.ts, function: raw }'),
  'tools/ts_ok.yml': tool('ts_ok', 'typescript', '{ file: ../code/bad.ts, function: ok }'),
  'tools/py_loop.yml': tool('py_loop', 'python', '{ file: ../python/bad.py }', '  timeout: 1s\n'),
  'tools/py_exit.yml': tool('py_exit', 'python', '{ file: ../python/bad.py }'),
  'tools/py_raw.yml': tool('py_raw', 'python', '{ file: ../python/bad.py }'),
  'tools/py_ok.yml': tool('py_ok', 'python', '{ file: ../python/bad.py }'),
  'tools/sql_slow.yml': tool(
    'sql_slow',
    'sql',
    '{ code: "SELECT count(*) AS n FROM range(3000000) a, range(300000) b WHERE (a.range * b.range) % 7 = 3" }',
  ),
  'tools/sql_ok.yml': tool('sql_ok', 'sql', '{ code: "SELECT 1 AS n" }'),
  'code/bad.ts': `import { execSync } from 'node:child_process';
import { writeSync } from 'node:fs';
export function loop() { for (;;); }
export function exit() { process.exit(0); }
export function raw() {
  writeSync(1, 'raw bytes to fd 1\\n');
  console.log('printed');
  execSync('echo from a subprocess', { stdio: 'inherit' });
  return 'raw done';
}
export function ok() { return 'ts still works'; }
`,
  'python/bad.py': `import os, subprocess

def py_loop():
    while True:
        pass

def py_exit():
    os._exit(3)

def py_raw():
    os.write(1, b"raw bytes to fd 1\\n")
    print("printed")
    subprocess.run(["echo", "from a subprocess"], check=True)
    return "raw done"

def py_ok():
    return "py still works"
`,
};

describe.each(['stdio', 'HTTP'])('over %s', transport => {
  let client: TestClient;
  let server: RunningServer | undefined;

  beforeAll(async () => {
    const folder = makeProject(files);
    let where: Where = { folder };
    if (transport === 'HTTP') {
      server = await startServer(folder);
      where = { url: server.url };
    }
    client = await connectClient(transport === 'HTTP' ? 'v2 of 2026' : 'v2', where);
  });

  afterAll(async () => {
    await client.close();
    await server?.stop();
  });

  test.each([
    ['a TypeScript endless loop', 'ts_loop', 'ts_ok', 'ts still works'],
    ['a Python endless loop', 'py_loop', 'py_ok', 'py still works'],
  ])('%s ends at its deadline, and the next call works', async (_title, bad, good, text) => {
    const startedAt = performance.now();
    const answer = await client.callTool(bad);
    expect(answer).toMatchObject({ isError: true, text: expect.stringContaining('limit of 1 s') });
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    expect(await client.callTool(good)).toMatchObject({ isError: false, text });
  });

  test.each([
    ['process.exit(0) in TypeScript', 'ts_exit', 'ts_ok', 'ts still works'],
    ['os._exit(3) in Python', 'py_exit', 'py_ok', 'py still works'],
  ])('%s costs its own call, and the next one works', async (_title, bad, good, text) => {
    expect(await client.callTool(bad)).toMatchObject({ isError: true, text: expect.stringContaining('process ended') });
    expect(await client.callTool(good)).toMatchObject({ isError: false, text });
  });

  test('a long SQL query that the client cancels is stopped, and the next one works', async () => {
    const canceller = new AbortController();
    const call = client.callTool('sql_slow', {}, canceller.signal);
    setTimeout(() => canceller.abort(), 300);
    await expect(call).rejects.toThrow();
    expect(await client.callTool('sql_ok')).toMatchObject({ isError: false, text: '[{"n":1}]' });
  });

  test.each(['ts_raw', 'py_raw'])(
    '%s writes to fd 1 and through a subprocess without the client seeing it',
    async name => {
      expect(await client.callTool(name)).toMatchObject({ isError: false, text: 'raw done' });
      expect(await client.callTool('sql_ok')).toMatchObject({ isError: false });
    },
  );
});
