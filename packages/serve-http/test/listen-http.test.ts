import { createServer, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { connect } from 'node:net';
import { MxcpError } from '@mxcp-ts/diagnostics';
import { afterEach, expect, test } from 'vitest';
import { type ListeningHttp, type ListenOptions, listenHttp } from '../src/index.ts';

let listening: ListeningHttp | undefined;
afterEach(() => listening?.close({ deadlineMs: 0 }));

async function listen(options: Partial<ListenOptions> = {}): Promise<ListeningHttp> {
  listening = await listenHttp({
    host: '127.0.0.1',
    port: 0,
    project: 'flights',
    readiness: () => ({ ready: true, generation: 3, problems: [] }),
    allowedHosts: [],
    allowedOrigins: [],
    log: () => {},
    mcp: {
      handle: async (req, res) => {
        res.end(`mcp ${req.method} ${req.url}`);
      },
    },
    ...options,
  });
  return listening;
}

interface Sent {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** One request with exactly these headers, Host included. */
function send(port: number, path: string, { method = 'GET', headers = {} }: Sent = {}) {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: string }>((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers, agent: false }, answer => {
      let body = '';
      answer.on('data', chunk => (body += chunk));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

test.each([
  ['/mcp', 'mcp GET /mcp'],
  ['/mcp/', 'mcp GET /mcp/'],
  ['/mcp?x=1', 'mcp GET /mcp?x=1'],
])('%s is the MCP endpoint', async (path, body) => {
  const { port } = await listen();
  expect(await send(port, path)).toMatchObject({ status: 200, body });
});

test.each([
  ['/', 200, { project: 'flights', mcp: '/mcp', health: '/health' }],
  ['/health', 200, { status: 'ok', project: 'flights', generation: 3, problems: [] }],
  ['/health/live', 200, { status: 'ok', project: 'flights' }],
  ['/health/ready', 200, { status: 'ready', project: 'flights', generation: 3, problems: [] }],
  ['/mcpx', 404, { error: 'There is nothing at this path. MCP clients connect to /mcp.' }],
  ['/health/other', 404, { error: 'There is nothing at this path. MCP clients connect to /mcp.' }],
])('%s answers %i', async (path, status, value) => {
  const { port } = await listen();
  const answer = await send(port, path);
  expect({ status: answer.status, value: JSON.parse(answer.body) }).toEqual({ status, value });
});

test('a server that is not ready says so, and why', async () => {
  const { port } = await listen({ readiness: () => ({ ready: false, generation: 1, problems: ['on_init failed.'] }) });
  const answers = await Promise.all(['/health', '/health/live', '/health/ready'].map(path => send(port, path)));
  expect(answers.map(({ status, body }) => [status, JSON.parse(body).status])).toEqual([
    [200, 'degraded'],
    [200, 'ok'],
    [503, 'not-ready'],
  ]);
  expect(JSON.parse(String(answers[2]?.body)).problems).toEqual(['on_init failed.']);
});

test('a server whose reload failed stays ready on what it had, and says why', async () => {
  const problems = ['The project could not be reloaded: 2 errors.'];
  const { port } = await listen({ readiness: () => ({ ready: true, generation: 4, problems }) });
  const answers = await Promise.all(['/health', '/health/ready'].map(path => send(port, path)));
  expect(answers.map(({ status, body }) => [status, JSON.parse(body)])).toEqual([
    [200, { status: 'degraded', project: 'flights', generation: 4, problems }],
    [200, { status: 'ready', project: 'flights', generation: 4, problems }],
  ]);
});

test('an extra route answers its path and everything below it', async () => {
  const api = {
    path: '/api',
    handle: async (_req: unknown, res: { end(text: string): unknown }) => void res.end('api'),
  };
  const { port } = await listen({ extraRoutes: [api] });
  const bodies = await Promise.all(['/api', '/api/tools', '/apix'].map(path => send(port, path)));
  expect(bodies.map(({ status }) => status)).toEqual([200, 200, 404]);
});

test('a foreign Host and a foreign Origin are refused before anything else looks at the request', async () => {
  const { port } = await listen();
  const host = await send(port, '/mcp', { headers: { host: `evil.example:${port}` } });
  expect([host.status, JSON.parse(host.body)]).toEqual([
    421,
    { error: 'This server is not known by the name in the Host header.' },
  ]);
  for (const origin of ['https://evil.example', 'null']) {
    const answer = await send(port, '/mcp', { method: 'POST', headers: { origin } });
    expect([answer.status, JSON.parse(answer.body), answer.headers['access-control-allow-origin']]).toEqual([
      403,
      { error: 'Web pages of this origin may not call this server.' },
      undefined,
    ]);
  }
});

test('a request with two Host headers is refused, even if the first one is known', async () => {
  const { port } = await listen();
  const answer = await new Promise<string>((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    socket.on('error', reject);
    socket.once('data', data => resolve(String(data).split('\r\n')[0] ?? ''));
    socket.end('GET /health HTTP/1.1\r\nHost: localhost\r\nHost: evil.example\r\n\r\n');
  });
  expect(answer).toBe('HTTP/1.1 421 Misdirected Request');
});

test('the page of an allowed origin may ask, and read the answer', async () => {
  const { port } = await listen({ allowedOrigins: ['https://app.example.com'] });
  const origin = 'https://app.example.com';
  const asked = await send(port, '/mcp', {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'content-type, mcp-param-region, x-other',
    },
  });
  expect(asked.status).toBe(204);
  expect(asked.headers).toMatchObject({
    'access-control-allow-origin': origin,
    'access-control-allow-methods': 'GET, POST, DELETE, OPTIONS',
    'access-control-allow-headers':
      'Accept, Authorization, Content-Type, Last-Event-ID, MCP-Protocol-Version, Mcp-Method, Mcp-Name, Mcp-Session-Id, mcp-param-region',
    vary: 'Origin',
  });
  const called = await send(port, '/mcp', { method: 'POST', headers: { origin } });
  expect(called).toMatchObject({
    status: 200,
    headers: {
      'access-control-allow-origin': origin,
      'access-control-expose-headers': 'Mcp-Session-Id, MCP-Protocol-Version, Retry-After',
    },
  });
});

test('localhost is one port on every loopback address the machine has', async () => {
  const { port, url } = await listen({ host: 'localhost' });
  expect(url).toBe(`http://127.0.0.1:${port}`);
  expect((await fetch(`http://127.0.0.1:${port}/health/live`)).status).toBe(200);
  expect((await fetch(`http://localhost:${port}/health/live`)).status).toBe(200);
});

test('a taken port is one clear sentence with a way out', async () => {
  const other = createServer();
  await new Promise<void>(resolve => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as AddressInfo;
  const error = await listen({ port }).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(MxcpError);
  expect(error).toMatchObject({
    code: 'port-taken',
    message: `Port ${port} of 127.0.0.1 is in use by another program.`,
    hint: 'Choose another with --port, or stop the other program.',
  });
  other.close();
});

test('an address that the machine does not have is a usage error', async () => {
  await expect(listen({ host: '192.0.2.1' })).rejects.toMatchObject({
    code: 'usage',
    message: 'This machine has no address 192.0.2.1 to listen on.',
  });
});

test('a handler that throws costs its own request only', async () => {
  const logged: string[] = [];
  const { port } = await listen({
    log: (level, message) => void logged.push(`${level} ${message.split('\n')[0]}`),
    mcp: { handle: () => Promise.reject(new Error('bug')) },
  });
  const answer = await send(port, '/mcp');
  expect([answer.status, JSON.parse(answer.body)]).toEqual([500, { error: 'Internal server error.' }]);
  expect(logged).toEqual(['error HTTP: Error: bug']);
});

/** A listener whose MCP handler leaves its request open. */
async function listenAndHold() {
  let started: (res: ServerResponse) => void = () => {};
  const called = new Promise<ServerResponse>(resolve => {
    started = resolve;
  });
  const { port, close } = await listen({ mcp: { handle: async (_req, res) => started(res) } });
  const running = send(port, '/mcp').then(
    ({ body }) => body,
    (error: NodeJS.ErrnoException) => error.code,
  );
  return { port, close, running, res: await called };
}

test('close lets a running request end and takes no further connection', async () => {
  const { port, close, running, res } = await listenAndHold();
  const closed = close({ deadlineMs: 10_000 });
  await expect(send(port, '/health')).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  res.end('done');
  expect(await running).toBe('done');
  await closed;
});

test('close cuts what still runs at its deadline', async () => {
  const { close, running } = await listenAndHold();
  await close({ deadlineMs: 50 });
  expect(await running).toBe('ECONNRESET');
});

test('close does not wait for a connection on which nothing was asked yet', async () => {
  const { port, close } = await listen();
  const socket = connect(port, '127.0.0.1');
  const closed = new Promise(resolve => socket.once('close', resolve));
  await send(port, '/health');
  await close({ deadlineMs: 600_000 });
  await closed;
});
