import { once } from 'node:events';
import { request } from 'node:http';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { connectLegacy, connectModern } from '../support/connect-clients.ts';
import { ok, openRuntime, tool } from '../support/flights-runtime.ts';
import { legacyRequest, messageOf, modernRequest, type RawRequest, send } from '../support/raw-http.ts';
import { type HttpUnderTest, serveOverHttp } from '../support/serve-over-http.ts';

let called: Promise<AbortSignal>;
let served: HttpUnderTest;
let answerCall: () => void;

async function serve(isStateless: boolean): Promise<void> {
  let started: (signal: AbortSignal) => void = () => {};
  called = new Promise(resolve => {
    started = resolve;
  });
  const wait = tool('wait', {}, ({ signal }) => {
    started(signal);
    return new Promise(resolve => {
      answerCall = () => resolve(ok('done'));
    });
  });
  served = await serveOverHttp(await openRuntime([wait]), { isStateless });
}

beforeEach(() => serve(false));
afterEach(() => served.close());

const call = { name: 'wait', arguments: {} };

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await once(signal, 'abort');
}

function hangUpDuring({ headers, body }: RawRequest): { hangUp(): void } {
  const sent = request(served.url, { method: 'POST', headers: { ...headers }, agent: false });
  sent.on('error', () => {});
  sent.end(body);
  return { hangUp: () => sent.destroy() };
}

test('a client of 2026 that hangs up cancels its call', async () => {
  const client = hangUpDuring(modernRequest('tools/call', call));
  const signal = await called;
  client.hangUp();
  await aborted(signal);
  await expect.poll(() => served.handler.activeCalls, { timeout: 10_000 }).toBe(0);
});

test('a client of 2025 without a session that hangs up cancels its call', async () => {
  await served.close();
  await serve(true);
  const client = hangUpDuring(legacyRequest('tools/call', call));
  const signal = await called;
  client.hangUp();
  await aborted(signal);
});

test.each([
  ['2026', connectModern],
  ['2025', connectLegacy],
])('a client of %s that aborts its request cancels the call', async (_era, connect) => {
  const client = await connect(new StreamableHTTPClientTransport(served.url));
  const abort = new AbortController();
  const result = client.callTool(call, { signal: abort.signal });
  const signal = await called;
  abort.abort();
  await expect(result).rejects.toThrow();
  await aborted(signal);
  await client.close();
});

test('close lets a running call be answered and refuses new requests meanwhile', async () => {
  const running = send(served.url, modernRequest('tools/call', call));
  await called;
  const closed = served.handler.close({ deadlineMs: 10_000 });
  const refused = await send(served.url, modernRequest('tools/list'));
  expect([refused.status, messageOf(refused)]).toEqual([
    503,
    { jsonrpc: '2.0', id: null, error: { code: -32000, message: 'The server is shutting down.' } },
  ]);
  expect(served.handler.activeCalls).toBe(1);
  answerCall();
  await closed;
  expect(messageOf(await running)).toMatchObject({ result: { content: [{ type: 'text', text: 'done' }] } });
});

test('close ends what still runs at its deadline', async () => {
  const running = send(served.url, modernRequest('tools/call', call)).catch(() => undefined);
  const signal = await called;
  await served.handler.close({ deadlineMs: 20 });
  await aborted(signal);
  await running;
});
