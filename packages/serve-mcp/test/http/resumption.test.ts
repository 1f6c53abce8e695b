import { request } from 'node:http';
import { afterEach, expect, test } from 'vitest';
import type { McpServeOptions } from '../../src/index.ts';
import { ok, openRuntime, tool } from '../support/flights-runtime.ts';
import { legacyRequest, openSession, type RawRequest, send } from '../support/raw-http.ts';
import { type HttpUnderTest, serveOverHttp } from '../support/serve-over-http.ts';

let served: HttpUnderTest;
afterEach(() => served.close());

/** A tool that reports three times, each time when it is let. */
async function serveSteps(options: Partial<McpServeOptions> = {}) {
  let goOn: () => void = () => {};
  const steps = tool('steps', {}, async ({ client }) => {
    for (const step of [1, 2, 3]) {
      client.progress(step, 3, undefined);
      await new Promise<void>(resolve => {
        goOn = resolve;
      });
    }
    return ok('done');
  });
  served = await serveOverHttp(await openRuntime([steps]), { retryIntervalMs: 250, ...options });
  const session = await openSession(served.url);
  return { url: served.url, session, goOn: () => goOn() };
}

const callSteps = (session: string) =>
  legacyRequest('tools/call', { name: 'steps', arguments: {}, _meta: { progressToken: 'p' } }, session);

const resume = (session: string, lastEventId: string): RawRequest => ({
  method: 'GET',
  headers: {
    accept: 'text/event-stream',
    'mcp-protocol-version': '2025-11-25',
    'mcp-session-id': session,
    'last-event-id': lastEventId,
  },
});

/** Sends a request and cuts the connection when so many events have come. */
function cutAfter(url: URL, { headers, body, method = 'POST' }: RawRequest, events: number): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method, headers, agent: false }, answer => {
      let text = '';
      answer.on('error', reject);
      answer.on('data', (chunk: Buffer) => {
        text += chunk;
        if (text.split('\n\n').length <= events) return;
        sent.destroy();
        resolve(text);
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const eventsOf = (text: string) =>
  text
    .split('\n\n')
    .filter(block => /^data:/m.test(block))
    .map(block => ({
      id: /^id: (.*)$/m.exec(block)?.[1] ?? '',
      retry: /^retry: (.*)$/m.exec(block)?.[1],
      data: /^data: ?(.*)$/m.exec(block)?.[1] ?? '',
    }));
const progressOf = (text: string) =>
  eventsOf(text).map(({ data }) => JSON.parse(data).params?.progress ?? JSON.parse(data));

const done = { content: [{ type: 'text', text: 'done' }] };

test('a client whose connection breaks in the middle of a call gets the rest of it', async () => {
  const { url, session, goOn } = await serveSteps();
  const [opening, first] = eventsOf(await cutAfter(url, callSteps(session), 2));
  expect(opening).toEqual({ id: expect.stringMatching(/^\d+:./), retry: '250', data: '' });
  expect(JSON.parse(first?.data ?? '').params).toMatchObject({ progress: 1 });
  goOn();
  const second = await cutAfter(url, resume(session, first?.id ?? ''), 1);
  expect(progressOf(second)).toEqual([2]);
  goOn();
  const rest = send(url, resume(session, eventsOf(second)[0]?.id ?? ''));
  const letting = setInterval(goOn, 5);
  const text = (await rest).body;
  clearInterval(letting);
  expect(progressOf(text)).toEqual([3, { jsonrpc: '2.0', id: 7, result: done }]);
});

test('an answer that nobody heard can be fetched after the call', async () => {
  const { url, session, goOn } = await serveSteps();
  const [opening] = eventsOf(await cutAfter(url, callSteps(session), 2));
  const letting = setInterval(goOn, 5);
  await expect.poll(() => served.handler.activeCalls).toBe(0);
  clearInterval(letting);
  const { status, body } = await send(url, resume(session, opening?.id ?? ''));
  const [first, ...others] = progressOf(body);
  // Reports that follow each other at once are sent as one.
  expect([status, first, ...others.slice(-2)]).toEqual([200, 1, 3, { jsonrpc: '2.0', id: 7, result: done }]);
});

test('a client that missed what is not kept any more is told so', async () => {
  const { url, session, goOn } = await serveSteps({ maxReplayEvents: 2 });
  const [opening] = eventsOf(await cutAfter(url, callSteps(session), 2));
  const letting = setInterval(goOn, 5);
  await expect.poll(() => served.handler.activeCalls).toBe(0);
  clearInterval(letting);
  const { status, body } = await send(url, resume(session, opening?.id ?? ''));
  const message = 'What was sent after this event is not kept any more. Send the request again.';
  expect([status, JSON.parse(body)]).toEqual([410, { jsonrpc: '2.0', error: { code: -32_000, message }, id: null }]);
});

test('an event of nobody, or of another session, is refused', async () => {
  const { url, session, goOn } = await serveSteps();
  const [opening] = eventsOf(await cutAfter(url, callSteps(session), 2));
  const other = await openSession(url);
  for (const [owner, id] of [
    [session, 'nothing'],
    [other, opening?.id ?? ''],
  ] as const) {
    const { status, body } = await send(url, resume(owner, id));
    expect([status, JSON.parse(body).error.message]).toEqual([400, 'Last-Event-ID names no event of this session.']);
  }
  const letting = setInterval(goOn, 5);
  await expect.poll(() => served.handler.activeCalls).toBe(0);
  clearInterval(letting);
});
