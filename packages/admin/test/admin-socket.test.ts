import { spawn } from 'node:child_process';
import { existsSync, realpathSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, request } from 'node:http';
import { join } from 'node:path';
import { MxcpError } from '@mxcp-ts/diagnostics';
import { afterEach, expect, test, vi } from 'vitest';
import { makeFolder } from '../../../tests/support/make-project.ts';
import { type AdminHandlers, type AdminServer, type AdminStatus, connectAdmin, openAdminSocket } from '../src/index.ts';

const open: { close(): unknown }[] = [];
afterEach(async () => {
  for (const server of open.splice(0)) await server.close();
});

const status: AdminStatus = {
  status: 'ok',
  version: '0.0.0',
  uptime: '0h0m0s',
  uptime_seconds: 0,
  pid: 1,
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
  admin_socket: { path: '/tmp/admin.sock' },
};

const handlers: AdminHandlers = {
  'GET /': async () => ({ service: 'mxcp-admin', version: '0.0.0', docs: null, openapi: null }),
  'GET /health': async () => ({ status: 'ok', timestamp: '2026-01-01T00:00:00Z' }),
  'GET /config': () => Promise.reject(new Error('no config')),
  'GET /status': async () => status,
  'GET /endpoints': async () => ({ endpoints: [] }),
  'POST /reload': async () => ({
    status: 'reload_finished',
    result: { ok: true, generation: 2, changed: false },
  }),
  'POST /infer': async () => ({ inferred: [] }),
  'POST /invoke': async ({ endpoint, args, context }) => ({
    kind: 'ok',
    value: { endpoint, args, ...(context !== undefined && { caller: JSON.stringify(context) }) },
  }),
  'POST /query': async ({ sql }) => ({ ok: true, rows: [{ sql }] }),
  'POST /validate': () => Promise.reject(new Error('boom')),
};

async function serve(path: string, more: Partial<AdminHandlers> = {}) {
  const lines: string[] = [];
  const server = await openAdminSocket(path, { ...handlers, ...more }, (_level, message) => void lines.push(message));
  open.push(server);
  return { server, lines };
}

const refusal = (opening: Promise<AdminServer>) =>
  opening.then(
    () => expect.unreachable(),
    (error: unknown) => error,
  );

test('the socket has mode 0600, in a folder of mode 0700, and is gone after closing', async () => {
  const path = join(makeFolder(), 'deep/admin.sock');
  const { server } = await serve(path);
  expect((statSync(path).mode & 0o777).toString(8)).toBe('600');
  expect((statSync(join(path, '..')).mode & 0o777).toString(8)).toBe('700');
  await server.close();
  expect(existsSync(path)).toBe(false);
});

test('a client gets what the handlers answer, and the status from the start', async () => {
  const path = join(makeFolder(), 'admin.sock');
  await serve(path);
  const client = await connectAdmin(path);
  expect(client?.status).toEqual(status);
  expect(await client?.call('POST /invoke', { endpoint: 'tool:a', args: { text: 'ü' } })).toEqual({
    kind: 'ok',
    value: { endpoint: 'tool:a', args: { text: 'ü' } },
  });
  expect(await client?.call('POST /query', { sql: 'SELECT 1', params: {} })).toEqual({
    ok: true,
    rows: [{ sql: 'SELECT 1' }],
  });
});

test('a handler that fails is logged and answered without details', async () => {
  const path = join(makeFolder(), 'admin.sock');
  const { lines } = await serve(path);
  const client = await connectAdmin(path);
  await expect(client?.call('POST /validate', undefined)).rejects.toEqual(
    new MxcpError(
      'unreadable',
      'The running server answered 500: {"detail":"The request failed; see the log of the server."}',
    ),
  );
  expect(lines).toEqual(['Admin request POST /validate failed. Error: boom']);
});

test('unknown routes and bodies that are not JSON are refused', async () => {
  const path = join(makeFolder(), 'admin.sock');
  await serve(path);
  expect(await send(path, 'GET', '/nothing', '')).toEqual([404, '{"detail":"Not Found"}']);
  expect(await send(path, 'POST', '/toString', '')).toEqual([404, '{"detail":"Not Found"}']);
  expect(await send(path, 'POST', '/query', '{')).toEqual([422, '{"detail":"The body is not JSON."}']);
});

test('a call comes with its whole caller, and one that cannot be read does not come at all', async () => {
  const path = join(makeFolder(), 'admin.sock');
  await serve(path);
  const invoke = (context: unknown) =>
    send(path, 'POST', '/invoke', JSON.stringify({ endpoint: 'tool:a', args: {}, context }));
  const [status, text] = await invoke({ headers: { 'X-Team': 'ops' } });
  expect([status, JSON.parse(text)]).toEqual([
    200,
    { kind: 'ok', value: { endpoint: 'tool:a', args: {}, caller: '{"headers":{"x-team":"ops"}}' } },
  ]);
  expect(await invoke({ user: 'ada' })).toEqual([
    422,
    '{"detail":"The user context must be an object, such as {\\"username\\": \\"ada\\"}."}',
  ]);
});

test('answers are given by key, or refused', async () => {
  const path = join(makeFolder(), 'admin.sock');
  await serve(path, { 'POST /invoke': async ({ answers = null }) => ({ kind: 'ok', value: answers }) });
  const invoke = (body: unknown) => send(path, 'POST', '/invoke', JSON.stringify(body));
  const call = { endpoint: 'tool:a', args: {} };
  expect(await invoke({ ...call, answers: { sure: { action: 'decline' } } })).toEqual([
    200,
    '{"kind":"ok","value":{"sure":{"action":"decline"}}}',
  ]);
  expect(await invoke({ ...call, answers: ['sure'] })).toEqual([
    422,
    '{"detail":"The answers must be an object: what was asked for, by key."}',
  ]);
  expect(await invoke('tool:a')).toEqual([422, '{"detail":"The body must be an object."}']);
});

test('a handler learns that the client went away', async () => {
  const path = join(makeFolder(), 'admin.sock');
  let learn: () => void = () => {};
  const learned = new Promise<void>(resolve => {
    learn = resolve;
  });
  await serve(path, {
    'POST /query': async (_request, signal) => {
      signal.addEventListener('abort', learn);
      return await new Promise(() => {});
    },
  });
  const controller = new AbortController();
  const client = await connectAdmin(path);
  const call = client?.call('POST /query', { sql: '', params: {} }, controller.signal);
  setTimeout(() => controller.abort(), 50);
  await expect(call).rejects.toMatchObject({ name: 'AbortError' });
  await learned;
});

test('a live server keeps its socket', async () => {
  const path = join(makeFolder(), 'admin.sock');
  await serve(path);
  const error = await refusal(openAdminSocket(path, handlers, () => {}));
  expect(error).toMatchObject({
    code: 'socket-taken',
    message: `Another mxcp-ts server of this project already listens at ${path}.`,
  });
  expect((await connectAdmin(path))?.status.pid).toBe(1);
});

test('what a killed server left behind is nobody for a client and is replaced by the next server', async () => {
  const path = await staleSocket();
  expect(await connectAdmin(path)).toBe(undefined);
  await serve(path);
  expect((await connectAdmin(path))?.status).toEqual(status);
});

test('looking at a dead socket leaves links to be resolved as ever', async () => {
  const folder = makeFolder();
  symlinkSync(folder, join(folder, 'link'));
  writeFileSync(join(folder, 'file'), '');
  expect(await connectAdmin(await staleSocket())).toBe(undefined);
  expect(realpathSync(join(folder, 'link/file'))).toBe(join(folder, 'file'));
});

test('a file that is not a socket is left alone', async () => {
  const path = join(makeFolder(), 'notes.txt');
  writeFileSync(path, 'mine');
  expect(await refusal(openAdminSocket(path, handlers, () => {}))).toMatchObject({
    code: 'socket-taken',
    message: `${path} is not a socket, so the admin socket cannot be there.`,
  });
  expect(await connectAdmin(path)).toBe(undefined);
  expect(statSync(path).size).toBe(4);
});

test.each([
  ['nothing is there', 'no.sock'],
  ['its folder is a file', 'file/admin.sock'],
  ['the path is too long for a socket', 'x'.repeat(150)],
])('there is no server when %s', async (_why, name) => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'file'), '');
  expect(await connectAdmin(join(folder, name))).toBe(undefined);
});

test('something that answers otherwise is not taken for a server', async () => {
  const path = join(makeFolder(), 'other.sock');
  const other = createServer((_request, response) => response.writeHead(418).end('teapot'));
  await new Promise<void>(resolve => other.listen(path, resolve));
  open.push(other);
  await expect(connectAdmin(path)).rejects.toMatchObject({
    code: 'unreadable',
    message: `Something holds the admin socket ${path} but does not answer.`,
  });
});

test('a server that goes away during a call is said so', async () => {
  const path = join(makeFolder(), 'admin.sock');
  const { server } = await serve(path, { 'POST /query': () => new Promise(() => {}) });
  const client = await connectAdmin(path);
  const call = client?.call('POST /query', { sql: '', params: {} });
  setTimeout(() => void server.close(), 50);
  await expect(call).rejects.toMatchObject({
    code: 'unreadable',
    message: 'The running server went away before it answered.',
  });
});

/** A socket file on which nobody listens any more, as `kill -9` leaves it. */
async function staleSocket(): Promise<string> {
  const path = join(makeFolder(), 'stale.sock');
  const listen = `require('node:net').createServer().listen(${JSON.stringify(path)})`;
  const child = spawn(process.execPath, ['-e', listen], { stdio: 'ignore' });
  await vi.waitFor(() => expect(existsSync(path)).toBe(true), { timeout: 10_000 });
  child.kill('SIGKILL');
  await new Promise(resolve => child.once('close', resolve));
  return path;
}

function send(socketPath: string, method: string, path: string, body: string): Promise<[number | undefined, string]> {
  return new Promise((resolve, reject) => {
    const outgoing = request({ socketPath, method, path }, incoming => {
      let text = '';
      incoming.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      incoming.on('end', () => resolve([incoming.statusCode, text]));
    });
    outgoing.on('error', reject);
    outgoing.end(body);
  });
}
