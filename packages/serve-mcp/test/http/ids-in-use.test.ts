import { afterEach, expect, test } from 'vitest';
import { ok, openRuntime, tool } from '../support/flights-runtime.ts';
import { jsonHeaders, legacyRequest, messageOf, openSession, type RawRequest, send } from '../support/raw-http.ts';
import { type HttpUnderTest, serveOverHttp } from '../support/serve-over-http.ts';

let served: HttpUnderTest;
afterEach(() => served.close());

/** A tool that answers when it is let, in a session. */
async function serveWaiting(): Promise<{ readonly session: string; readonly started: Promise<void>; answer(): void }> {
  let start: () => void = () => {};
  let answer: () => void = () => {};
  const started = new Promise<void>(resolve => {
    start = resolve;
  });
  const wait = tool('wait', {}, () => {
    start();
    return new Promise(resolve => {
      answer = () => resolve(ok('done'));
    });
  });
  served = await serveOverHttp(await openRuntime([wait]));
  return { session: await openSession(served.url), started, answer: () => answer() };
}

const inUse = {
  jsonrpc: '2.0',
  error: {
    code: -32_600,
    message: 'A request of this session with the same id has not been answered yet. Use another id.',
  },
  id: 7,
};

test('a second request with an id that waits for its answer is refused; the first is answered, then the id is free', async () => {
  const { session, started, answer } = await serveWaiting();
  const first = send(served.url, legacyRequest('tools/call', { name: 'wait', arguments: {} }, session));
  await started;
  const second = await send(served.url, legacyRequest('ping', {}, session));
  expect([second.status, JSON.parse(second.body)]).toEqual([400, inUse]);
  answer();
  expect(messageOf(await first)).toMatchObject({ id: 7, result: { content: [{ type: 'text', text: 'done' }] } });
  expect(messageOf(await send(served.url, legacyRequest('ping', {}, session)))).toEqual({
    jsonrpc: '2.0',
    id: 7,
    result: {},
  });
});

test('an id that stands twice in a batch is refused', async () => {
  const { session } = await serveWaiting();
  const ping = { jsonrpc: '2.0', id: 7, method: 'ping' };
  const headers = { ...jsonHeaders, 'mcp-session-id': session, 'mcp-protocol-version': '2025-03-26' };
  const batch: RawRequest = { headers, body: JSON.stringify([ping, { ...ping, id: '7' }, ping]) };
  expect(JSON.parse((await send(served.url, batch)).body)).toEqual(inUse);
});
