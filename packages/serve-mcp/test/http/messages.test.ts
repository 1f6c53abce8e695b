import { once } from 'node:events';
import { request } from 'node:http';
import { setImmediate } from 'node:timers/promises';
import { LOG_LEVEL_META_KEY } from '@modelcontextprotocol/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { tool as endpoint, ok, openRuntime } from '../support/flights-runtime.ts';
import { legacyRequest, modernRequest, openSession, type RawRequest, send } from '../support/raw-http.ts';
import { type HttpUnderTest, serveOverHttp } from '../support/serve-over-http.ts';
import { talkingEndpoints } from '../support/talking-endpoints.ts';

let served: HttpUnderTest;
const serve = async (isStateless: boolean) => {
  served = await serveOverHttp(await openRuntime(talkingEndpoints()), { isStateless });
};
beforeEach(() => serve(false));
afterEach(() => served.close());

const tool = (name: string, meta?: Readonly<Record<string, unknown>>) => ({
  name,
  arguments: {},
  ...(meta !== undefined && { _meta: meta }),
});

/** The type of an answer and all its messages, results without what the SDK adds for itself. */
async function messagesOf(sent: RawRequest): Promise<readonly unknown[]> {
  const { headers, body } = await send(served.url, sent);
  const isStream = headers['content-type'] === 'text/event-stream';
  const texts = isStream ? [...body.matchAll(/^data: (.+)$/gm)].map(([, data]) => String(data)) : [body];
  return [isStream ? 'stream' : 'json', ...texts.map(text => essence(JSON.parse(text)))];
}

function essence({ method, params, result, id }: Record<string, unknown>): unknown {
  if (method !== undefined) return { [String(method).replace('notifications/', '')]: params };
  const { content } = result as { content: readonly { text: string }[] };
  return { id, text: content[0]?.text };
}

const counted = [
  { progress: { progressToken: 'p', progress: 1, total: 4, message: 'first' } },
  { progress: { progressToken: 'p', progress: 3.5, total: 4, message: 'last' } },
  { id: 7, text: 'counted' },
];
const info = { message: { level: 'info', data: { rows: 3 }, logger: 'loader' } };
const error = { message: { level: 'error', data: 'loud' } };
const debug = { message: { level: 'debug', data: 'quiet' } };
const spoken = { id: 7, text: 'spoken' };

test('a request of 2026 gets a stream only when it asks for something to stream', async () => {
  const answers = [
    tool('count', { progressToken: 'p' }),
    tool('count'),
    tool('speak', { [LOG_LEVEL_META_KEY]: 'error' }),
    tool('speak'),
  ].map(params => messagesOf(modernRequest('tools/call', params)));
  expect(await Promise.all(answers)).toEqual([
    ['stream', ...counted],
    ['json', { id: 7, text: 'counted' }],
    ['stream', error, spoken],
    ['json', spoken],
  ]);
});

test('a session of 2025 gets progress when it asks, and log messages from its level on, or all of them', async () => {
  const session = await openSession(served.url);
  const call = (name: string, meta?: Readonly<Record<string, unknown>>) =>
    messagesOf(legacyRequest('tools/call', tool(name, meta), session));
  expect(await call('count', { progressToken: 'p' })).toEqual(['stream', ...counted]);
  expect(await call('count')).toEqual(['stream', { id: 7, text: 'counted' }]);
  expect(await call('speak')).toEqual(['stream', debug, info, error, spoken]);
  await send(served.url, legacyRequest('logging/setLevel', { level: 'warning' }, session));
  expect(await call('speak')).toEqual(['stream', error, spoken]);
});

test('without sessions a client of 2025 gets progress when it asks, and no log messages', async () => {
  await served.close();
  await serve(true);
  const call = (name: string, meta?: Readonly<Record<string, unknown>>) =>
    messagesOf(legacyRequest('tools/call', tool(name, meta)));
  expect(await call('count', { progressToken: 'p' })).toEqual(['stream', ...counted]);
  expect(await call('count')).toEqual(['json', { id: 7, text: 'counted' }]);
  expect(await call('speak', { progressToken: 'p' })).toEqual(['stream', spoken]);
});

test.each([
  ['2026', false, () => modernRequest('tools/call', tool('wait', { progressToken: 'p' }))],
  ['2025 without a session', true, () => legacyRequest('tools/call', tool('wait', { progressToken: 'p' }))],
])('a client of %s that hangs up on its stream cancels the call', async (_era, isStateless, waiting) => {
  await served.close();
  await serve(isStateless);
  const { headers, body } = waiting();
  const sent = request(served.url, { method: 'POST', headers: { ...headers }, agent: false });
  sent.on('error', () => {});
  sent.end(body);
  const [answer] = await once(sent, 'response');
  const [first] = await once(answer, 'data');
  expect(String(first)).toContain('"progress":1');
  answer.on('error', () => {});
  sent.destroy();
  await expect
    .poll(async () => (await messagesOf(modernRequest('tools/call', tool('was_cancelled'))))[1], { timeout: 10_000 })
    .toEqual({ id: 7, text: 'true' });
  await expect.poll(() => served.handler.activeCalls, { timeout: 10_000 }).toBe(0);
});

test('a client that does not read misses messages, but not the answer', async () => {
  await served.close();
  const loud = endpoint('shout', {}, async ({ client }) => {
    for (let line = 0; line < 2_000; line += 1) {
      client.log('info', 'x'.repeat(20_000), undefined);
      if (line % 100 === 0) await setImmediate();
    }
    return ok('shouted');
  });
  served = await serveOverHttp(await openRuntime([loud]));
  const { headers, body } = modernRequest('tools/call', tool('shout', { [LOG_LEVEL_META_KEY]: 'info' }));
  const sent = request(served.url, { method: 'POST', headers, agent: false });
  sent.end(body);
  const [answer] = await once(sent, 'response');
  answer.pause();
  await expect.poll(() => served.handler.activeCalls, { timeout: 10_000 }).toBe(0);
  let bytes = 0;
  let last = '';
  for await (const chunk of answer) {
    bytes += chunk.length;
    last = chunk.toString().slice(-2_000);
  }
  expect(last).toContain('shouted');
  // Forty million were said. The rest is what the sockets of both ends hold.
  expect(bytes).toBeLessThan(20_000_000);
});
