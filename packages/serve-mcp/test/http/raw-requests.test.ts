import { afterAll, beforeAll, expect, test } from 'vitest';
import { flightsEndpoints, openRuntime } from '../support/flights-runtime.ts';
import { jsonHeaders, legacyRequest, messageOf, modernRequest, type RawRequest, send } from '../support/raw-http.ts';
import { type HttpUnderTest, serveOverHttp } from '../support/serve-over-http.ts';

let served: HttpUnderTest;

beforeAll(async () => {
  served = await serveOverHttp(await openRuntime(flightsEndpoints()), { maxBodyBytes: 1024 * 1024 });
});
afterAll(() => served.close());

const ping = { jsonrpc: '2.0', id: 1, method: 'ping' };
const megabytes = (count: number) => JSON.stringify({ ...ping, params: { text: 'x'.repeat(count * 1024 * 1024) } });

test.each<[string, RawRequest, number, number, string]>([
  ['malformed JSON', { headers: jsonHeaders, body: '{"jsonrpc":' }, 400, -32700, 'The body is not valid JSON.'],
  ['an empty body', { headers: jsonHeaders, body: '' }, 400, -32700, 'The body is not valid JSON.'],
  [
    'another content type',
    { headers: { ...jsonHeaders, 'content-type': 'text/plain' }, body: '{}' },
    415,
    -32000,
    'The Content-Type must be application/json.',
  ],
  [
    'a body over the limit',
    { headers: jsonHeaders, body: megabytes(2) },
    413,
    -32000,
    'The body is larger than 1048576 bytes.',
  ],
  [
    'a request of 2025 without a session',
    legacyRequest('tools/list'),
    400,
    -32000,
    'The Mcp-Session-Id header is missing. Initialize first.',
  ],
  [
    'an unknown session',
    legacyRequest('tools/list', {}, 'nonsense'),
    404,
    -32001,
    'This session does not exist (any more). Initialize again.',
  ],
])('%s is refused', async (_what, request, status, code, message) => {
  const answer = await send(served.url, request);
  expect(answer.status).toBe(status);
  expect(messageOf(answer)).toEqual({
    jsonrpc: '2.0',
    id: request.headers?.['mcp-protocol-version'] === undefined ? null : 7,
    error: { code, message },
  });
});

test('a body that goes on without end is cut off', async () => {
  const endless = send(served.url, { headers: jsonHeaders, body: megabytes(16) });
  // Depending on who is faster the client sees the answer or only that the connection is gone.
  const status = await endless.then(
    answer => answer.status,
    () => 'cut off',
  );
  expect([413, 'cut off']).toContain(status);
});

test('an unknown revision in the envelope is refused with the ones that are known', async () => {
  const request = modernRequest('tools/list');
  const answer = await send(served.url, {
    headers: { ...request.headers, 'mcp-protocol-version': '2099-01-01' },
    body: String(request.body).replace('2026-07-28', '2099-01-01'),
  });
  expect(answer.status).toBe(400);
  expect(messageOf(answer)).toMatchObject({
    id: 7,
    error: { code: -32022, data: { supported: ['2026-07-28'], requested: '2099-01-01' } },
  });
});

test.each([
  ['2024-10-07', '2024-10-07'],
  ['2024-11-05', '2024-11-05'],
  ['2025-03-26', '2025-03-26'],
  ['2025-06-18', '2025-06-18'],
  ['2025-11-25', '2025-11-25'],
  ['1999-01-01', '2025-11-25'],
])('initialize with %s is answered with %s', async (requested, agreed) => {
  const params = { protocolVersion: requested, capabilities: {}, clientInfo: { name: 'test', version: '1' } };
  const answer = await send(served.url, legacyRequest('initialize', params));
  expect(messageOf(answer)).toEqual({
    jsonrpc: '2.0',
    id: 7,
    result: {
      protocolVersion: agreed,
      capabilities: {
        tools: { listChanged: true },
        resources: { listChanged: true, subscribe: true },
        prompts: { listChanged: true },
        completions: {},
        logging: {},
      },
      serverInfo: { name: 'flights', version: '1.2.3' },
    },
  });
});

test('an unknown revision in the header of a session is refused', async () => {
  const { headers } = await send(served.url, legacyRequest('initialize', initializeParams));
  const request = legacyRequest('tools/list', {}, String(headers['mcp-session-id']));
  const answer = await send(served.url, {
    ...request,
    headers: { ...request.headers, 'mcp-protocol-version': '1999-01-01' },
  });
  expect(answer.status).toBe(400);
});

const initializeParams = {
  protocolVersion: '2025-03-26',
  capabilities: {},
  clientInfo: { name: 'test', version: '1' },
};

test('a batch of a 2025 client is answered as a whole', async () => {
  const { headers } = await send(served.url, legacyRequest('initialize', initializeParams));
  const answer = await send(served.url, {
    headers: { ...jsonHeaders, 'mcp-session-id': String(headers['mcp-session-id']) },
    body: JSON.stringify([
      { ...ping, id: 1 },
      { ...ping, id: 2 },
    ]),
  });
  const messages = [...answer.body.matchAll(/^data: (.+)$/gm)].map(([, data]) => JSON.parse(String(data)));
  expect(messages).toEqual([
    { jsonrpc: '2.0', id: 1, result: {} },
    { jsonrpc: '2.0', id: 2, result: {} },
  ]);
});

test('a header that contradicts the body is refused', async () => {
  const request = modernRequest('tools/call', { name: 'greet' });
  const answer = await send(served.url, { ...request, headers: { ...request.headers, 'mcp-name': 'fail' } });
  expect(answer.status).toBe(400);
  expect(messageOf(answer)).toMatchObject({ error: { code: -32020 } });
});

test('an unknown method is not found', async () => {
  const answer = await send(served.url, modernRequest('tools/destroy'));
  expect(answer.status).toBe(404);
  expect(messageOf(answer)).toMatchObject({ id: 7, error: { code: -32601 } });
});

test('answers are sent whole, with their length', async () => {
  const answer = await send(served.url, modernRequest('tools/call', { name: 'greet', arguments: { name: 'Zoë' } }));
  expect(answer.headers['content-type']).toBe('application/json');
  expect(Number(answer.headers['content-length'])).toBe(Buffer.byteLength(answer.body));
});
