import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { connectClient } from '../support/clients.ts';
import { makeProject } from '../support/make-project.ts';
import { program, runProgram, startServer } from '../support/program.ts';

const files = {
  'tools/slow.yml': `mxcp: 1
tool:
  name: slow
  description: Test.
  language: python
  source: { file: ../python/slow.py }
`,
  'python/slow.py': `import time
from mxcp.runtime import db, on_shutdown

def slow():
    time.sleep(1.5)
    db.execute("CREATE TABLE IF NOT EXISTS done (moment TIMESTAMP)")
    db.execute("INSERT INTO done VALUES (current_timestamp::TIMESTAMP)")
    return "answered"

@on_shutdown
def bye():
    open("bye.txt", "w").write(str(db.execute("SELECT count(*) AS n FROM done")[0]["n"]))
`,
};

test('SIGTERM during a call: the call is answered, hooks run, the exit code is 0, the database opens cleanly', async () => {
  const folder = makeProject(files);
  const server = await startServer(folder);
  const client = await connectClient('v2 of 2026', { url: server.url });
  const call = client.callTool('slow');
  await new Promise(resolve => setTimeout(resolve, 400));
  const ended = server.stop();
  expect(await call).toMatchObject({ isError: false, text: 'answered' });
  expect((await ended).exitCode).toBe(0);
  expect(readFileSync(join(folder, 'bye.txt'), 'utf8')).toBe('1');
  expect(existsSync(join(folder, 'data/db-default.duckdb.wal'))).toBe(false);
  const query = await runProgram(['query', '-C', folder, '--json', 'SELECT count(*) AS n FROM done']);
  expect(JSON.parse(query.stdout)).toEqual({ status: 'ok', result: [{ n: 1 }] });
});

test('the end of stdin during a call over stdio does the same', async () => {
  const folder = makeProject(files);
  const child = spawn(process.execPath, [program, 'serve', '-C', folder, '--transport', 'stdio'], {
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const send = (message: object) => child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
  const clientInfo = { name: 'raw', version: '1' };
  send({ id: 1, method: 'initialize', params: { protocolVersion: '2025-06-18', capabilities: {}, clientInfo } });
  send({ method: 'notifications/initialized' });
  send({ id: 2, method: 'tools/call', params: { name: 'slow', arguments: {} } });
  await new Promise(resolve => setTimeout(resolve, 700));
  child.stdin.end();
  const exitCode = await new Promise(resolve => child.once('close', resolve));
  const answers = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line));
  expect(answers.find(({ id }) => id === 2)?.result.content).toEqual([{ type: 'text', text: 'answered' }]);
  expect(exitCode).toBe(0);
  expect(readFileSync(join(folder, 'bye.txt'), 'utf8')).toBe('1');
});

test('a second signal ends the process at once', async () => {
  const server = await startServer(makeProject(files));
  const client = await connectClient('v2 of 2026', { url: server.url });
  const call = client.callTool('slow').catch(() => 'lost');
  await new Promise(resolve => setTimeout(resolve, 300));
  server.child.kill('SIGTERM');
  await new Promise(resolve => setTimeout(resolve, 200));
  server.child.kill('SIGTERM');
  expect((await server.ended).exitCode).toBe(143);
  expect(await call).toBe('lost');
});
