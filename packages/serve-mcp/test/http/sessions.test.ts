import type { IncomingMessage } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { McpServeOptions } from '../../src/index.ts';
import { flightsEndpoints, openRuntime } from '../support/flights-runtime.ts';
import {
  initialize,
  jsonHeaders,
  legacyRequest,
  messageOf,
  openSession,
  type RawRequest,
  send,
} from '../support/raw-http.ts';
import { type HttpUnderTest, serveOverHttp } from '../support/serve-over-http.ts';

let served: HttpUnderTest | undefined;
// The clock is the test's: only the date, as timers and sockets must run on.
beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }));
afterEach(async () => {
  vi.useRealTimers();
  await served?.close();
});

/** Lets the server see that the connections of earlier requests are closed, then moves the clock. */
async function pass(ms: number): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await setImmediate();
  vi.setSystemTime(Date.now() + ms);
}

async function serve(options: Partial<McpServeOptions>): Promise<URL> {
  served = await serveOverHttp(await openRuntime(flightsEndpoints()), options);
  return served.url;
}

const list = (session: string) => legacyRequest('tools/list', {}, session);

test('a deleted session is gone', async () => {
  const url = await serve({});
  const session = await openSession(url);
  expect((await send(url, list(session))).status).toBe(200);
  const headers = { 'mcp-session-id': session, 'mcp-protocol-version': '2025-11-25' };
  expect((await send(url, { method: 'DELETE', headers })).status).toBe(200);
  expect((await send(url, list(session))).status).toBe(404);
});

test('a session that was idle for too long is gone, another is not', async () => {
  const url = await serve({ sessionIdleTimeoutMs: 60_000 });
  const idle = await openSession(url);
  const busy = await openSession(url);
  await pass(40_000);
  await send(url, list(busy));
  await pass(30_000);
  expect((await send(url, list(busy))).status).toBe(200);
  expect((await send(url, list(idle))).status).toBe(404);
});

test('a session with an open stream is not idle', async () => {
  const url = await serve({ sessionIdleTimeoutMs: 60_000 });
  const session = await openSession(url);
  const stream = new AbortController();
  const response = await fetch(url, {
    headers: { accept: 'text/event-stream', 'mcp-session-id': session },
    signal: stream.signal,
  });
  expect(response.headers.get('content-type')).toBe('text/event-stream');
  await pass(600_000);
  expect((await send(url, list(session))).status).toBe(200);
  stream.abort();
});

test('a client beyond the cap is told to come back, as long as the others were used just now', async () => {
  const url = await serve({ maxSessions: 2, evictableAfterMs: 60_000 });
  const first = await openSession(url);
  await openSession(url);
  const refused = await send(url, initialize);
  expect(refused.status).toBe(503);
  expect(refused.headers['retry-after']).toBe('60');
  expect(messageOf(refused)).toEqual({
    jsonrpc: '2.0',
    id: 7,
    error: { code: -32000, message: 'All 2 sessions are in use. Try again later.' },
  });
  expect((await send(url, list(first))).status).toBe(200);
});

test('at the cap the session that was unused for longest makes room', async () => {
  const url = await serve({ maxSessions: 2, evictableAfterMs: 0 });
  const first = await openSession(url);
  const second = await openSession(url);
  await send(url, list(first));
  const third = await openSession(url);
  expect((await send(url, list(first))).status).toBe(200);
  expect((await send(url, list(second))).status).toBe(404);
  expect((await send(url, list(third))).status).toBe(200);
});

test('a refused initialization takes no session', async () => {
  const url = await serve({ maxSessions: 1, evictableAfterMs: 60_000 });
  const refused = await send(url, { ...initialize, headers: { ...jsonHeaders, accept: 'text/html' } });
  expect(refused.status).toBe(406);
  expect((await send(url, initialize)).status).toBe(200);
});

test('without sessions there is no stream to open and nothing to delete', async () => {
  const url = await serve({ isStateless: true });
  const answer = await send(url, { method: 'GET', headers: { accept: 'text/event-stream' } });
  expect([answer.status, answer.headers['allow']]).toEqual([405, 'POST']);
  expect((await send(url, { method: 'DELETE', headers: { 'mcp-session-id': 'x' } })).status).toBe(405);
});

test('without sessions a 2025 client is answered in JSON and gets no session id', async () => {
  const url = await serve({ isStateless: true });
  const opened = await send(url, initialize);
  expect([opened.status, opened.headers['content-type'], opened.headers['mcp-session-id']]).toEqual([
    200,
    'application/json',
    undefined,
  ]);
  const called = await send(url, legacyRequest('tools/call', { name: 'greet', arguments: {} }));
  expect(messageOf(called)).toEqual({
    jsonrpc: '2.0',
    id: 7,
    result: { content: [{ type: 'text', text: 'Hello you' }] },
  });
});

test('a session is of whom it was opened by; for anybody else there is no such session', async () => {
  const identify = ({ headers }: IncomingMessage) => headers['x-user']?.toString();
  const url = await serve({ identify });
  const as = ({ headers, ...rest }: RawRequest, user: string) => ({ ...rest, headers: { ...headers, 'x-user': user } });
  const opened = await send(url, as(initialize, 'ada'));
  const session = String(opened.headers['mcp-session-id']);
  const unknown = await send(url, as(list('no-such-session'), 'bob'));
  expect(unknown.status).toBe(404);
  const stream = { method: 'GET', headers: { accept: 'text/event-stream', 'mcp-session-id': session } };
  const end = { method: 'DELETE', headers: { 'mcp-session-id': session } };
  for (const request of [as(list(session), 'bob'), list(session)])
    expect(await send(url, request)).toMatchObject({ status: 404, body: unknown.body });
  for (const request of [as(stream, 'bob'), as(end, 'bob'), stream, end])
    expect((await send(url, request)).status).toBe(404);
  expect((await send(url, as(list(session), 'ada'))).status).toBe(200);
});

test('when a session ends, what handlers keep for it is forgotten', async () => {
  const runtime = await openRuntime(flightsEndpoints());
  served = await serveOverHttp(runtime, { maxSessions: 2, evictableAfterMs: 0, sessionIdleTimeoutMs: 60_000 });
  const { url } = served;
  const evicted = await openSession(url);
  const deleted = await openSession(url);
  await pass(1);
  const idle = await openSession(url);
  expect(runtime.ended).toEqual([evicted]);
  await send(url, { method: 'DELETE', headers: { 'mcp-session-id': deleted } });
  expect(runtime.ended).toEqual([evicted, deleted]);
  await pass(70_000);
  const last = await openSession(url);
  await send(url, list(last));
  expect(runtime.ended).toEqual([evicted, deleted, idle]);
  await served.close();
  served = undefined;
  expect(runtime.ended).toEqual([evicted, deleted, idle, last]);
});
