import { afterAll, beforeAll, expect, test } from 'vitest';
import { openRuntime } from '../support/flights-runtime.ts';
import { legacyRequest, messageOf, modernRequest, openSession, type RawRequest, send } from '../support/raw-http.ts';
import { type HttpUnderTest, serveOverHttp } from '../support/serve-over-http.ts';
import { talkingEndpoints } from '../support/talking-endpoints.ts';

let served: HttpUnderTest;
beforeAll(async () => {
  served = await serveOverHttp(await openRuntime(talkingEndpoints()));
});
afterAll(() => served.close());

/** What the handler of this call knew. */
async function factsOf({ headers, body }: RawRequest, agent: string, id: string | number = 7): Promise<unknown> {
  const message = JSON.stringify({ ...JSON.parse(String(body)), id });
  const answer = await send(served.url, { headers: { ...headers, 'X-Agent': agent }, body: message });
  const { result } = messageOf(answer) as { result: { content: readonly [{ text: string }] } };
  return JSON.parse(result.content[0].text);
}

const who = { name: 'who', arguments: {} };
const anonymous = { transport: 'http', user: null, session: null };

test('each call of a session has the headers of its own request', async () => {
  const session = await openSession(served.url);
  const call = legacyRequest('tools/call', who, session);
  expect(await factsOf(call, 'first')).toEqual({ ...anonymous, requestId: '7', agent: 'first', session });
  expect(await factsOf(call, 'second', 'id as text')).toEqual({
    ...anonymous,
    requestId: 'id as text',
    agent: 'second',
    session,
  });
});

test('clients that call at the same time under one id are told apart', async () => {
  const agents = Array.from({ length: 20 }, (_, number) => `agent ${number}`);
  const facts = await Promise.all(agents.map(agent => factsOf(modernRequest('tools/call', who), agent, 'x')));
  expect(facts).toEqual(agents.map(agent => ({ ...anonymous, requestId: 'x', agent })));
});

test('a call that streams knows the same', async () => {
  const call = modernRequest('tools/call', { ...who, _meta: { progressToken: 1 } });
  expect(await factsOf(call, 'streaming', 9)).toEqual({ ...anonymous, requestId: '9', agent: 'streaming' });
});

test('a session that a client merely claims over 2026 is none', async () => {
  const session = await openSession(served.url);
  const call = modernRequest('tools/call', who);
  const claiming = { ...call, headers: { ...call.headers, 'mcp-session-id': session } };
  expect(await factsOf(claiming, 'claiming')).toEqual({ ...anonymous, requestId: '7', agent: 'claiming' });
});
