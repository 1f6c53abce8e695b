import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { makeProject } from '../../../tests/support/make-project.ts';
import { type RunningServer, runProgram, startServer } from '../../../tests/support/program.ts';
import { greet, sqlTool } from '../support/projects.ts';

const who = `import { context } from 'mxcp-ts/runtime';
export const who = () => [context().user?.username ?? null, context().headers['x-team'] ?? null];
`;
const folder = makeProject({
  'tools/greet.yml': greet,
  'tools/open.yml': sqlTool('open', 'SELECT 1 AS one'),
  'tools/who.yml': 'mxcp: 1\ntool: { name: who, source: { file: ../who.ts } }\n',
  'who.ts': who,
});
const tool = join(folder, 'tools/greet.yml');
const ask = async (...args: string[]) => {
  const { exitCode, stdout } = await runProgram([...args, '--json', '-C', folder]);
  return { exitCode, ...JSON.parse(stdout) };
};

let server: RunningServer;
beforeAll(async () => {
  server = await startServer(folder, ['--watch']);
});
afterAll(async () => {
  await server.stop();
});

test('status is what the server says of itself', async () => {
  expect(await ask('status')).toEqual({
    exitCode: 0,
    status: 'ok',
    result: {
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+$/),
      uptime: expect.stringMatching(/^0h0m\d+s$/),
      uptime_seconds: expect.any(Number),
      pid: server.child.pid,
      project: 'test',
      profile: 'default',
      mode: 'readwrite',
      debug: false,
      generation: 1,
      ready: true,
      problems: [],
      active_calls: 0,
      reload: {
        in_progress: false,
        draining: false,
        active_requests: 0,
        last_reload: null,
        last_reload_status: null,
        last_reload_error: null,
      },
      admin_socket: { path: expect.stringMatching(/\.sock$/) },
    },
  });
});

test('a call through the server is made for whoever the options say', async () => {
  const caller = ['-u', '{"username": "ada"}', '--request-headers', '{"X-Team": "ops"}'];
  expect(await ask('run', 'tool', 'who', ...caller)).toEqual({ exitCode: 0, status: 'ok', result: ['ada', 'ops'] });
  expect(await ask('run', 'tool', 'who')).toEqual({ exitCode: 0, status: 'ok', result: [null, null] });
});

test('return types are inferred in the database of the server', async () => {
  const { result } = await ask('validate', '--infer', 'open');
  expect(result.inferred).toEqual([
    {
      path: 'tools/open.yml',
      kind: 'tool',
      name: 'open',
      return: { type: 'array', items: { type: 'object', properties: { one: { type: 'integer' } } } },
      reason: null,
    },
  ]);
});

test('a reload that finds errors leaves what is served as it was; one that finds none replaces it', async () => {
  writeFileSync(tool, greet.replace("'Hello, '", "nothing || 'Hello, '"));
  const refused = await ask('reload');
  expect([refused.exitCode, refused.status, refused.code]).toEqual([1, 'error', 'reload-failed']);
  expect(refused.diagnostics).toContainEqual(
    expect.objectContaining({ code: 'plan/sql-unknown-column', path: 'tools/greet.yml', line: 8 }),
  );
  expect((await ask('run', 'tool', 'who')).exitCode).toBe(0);
  writeFileSync(tool, greet.replace('Hello', 'Good day'));
  expect((await ask('reload')).exitCode).toBe(0);
  expect(await ask('run', 'tool', 'greet', '-p', 'name=Ada')).toMatchObject({ result: 'Good day, Ada!' });
  expect((await ask('status')).result.reload).toMatchObject({ last_reload_status: 'success', last_reload_error: null });
});

test('--watch reloads by itself and keeps the types up to date that are there', async () => {
  await runProgram(['types', '-C', folder]);
  const types = join(folder, 'mxcp-types.d.ts');
  expect(readFileSync(types, 'utf8')).not.toContain('how: string');
  writeFileSync(
    join(folder, 'tools/who.yml'),
    'mxcp: 1\ntool: { name: who, parameters: [{ name: how, type: string, default: "" }], source: { file: ../who.ts } }\n',
  );
  await vi.waitFor(() => expect(readFileSync(types, 'utf8')).toContain('how: string'), {
    timeout: 15_000,
    interval: 100,
  });
});
