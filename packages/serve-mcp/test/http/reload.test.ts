import { afterEach, beforeEach, expect, test } from 'vitest';
import { ok, openRuntime, type ReloadableRuntime, tool } from '../support/flights-runtime.ts';
import { legacyRequest, messageOf, modernRequest, openSession, send } from '../support/raw-http.ts';
import { type HttpUnderTest, serveOverHttp } from '../support/serve-over-http.ts';

let runtime: ReloadableRuntime;
let served: HttpUnderTest;
const saying = (answer: string, names: readonly string[]) => names.map(name => tool(name, {}, async () => ok(answer)));

beforeEach(async () => {
  runtime = await openRuntime(saying('old', ['a', 'b']));
  served = await serveOverHttp(runtime, { pageSize: 1 });
});
afterEach(() => served.close());

const ask = async (method: string, params: Readonly<Record<string, unknown>>) =>
  messageOf(await send(served.url, modernRequest(method, params)));

test('a session sees the plan that is current, and cursors of an earlier one are refused', async () => {
  const session = await openSession(served.url);
  const inSession = async (method: string, params: Readonly<Record<string, unknown>>) =>
    messageOf(await send(served.url, legacyRequest(method, params, session)));
  const { result } = (await inSession('tools/list', {})) as { result: { nextCursor: string } };
  runtime.reload(saying('new', ['a', 'c']));
  expect(await inSession('tools/list', { cursor: result.nextCursor })).toMatchObject({ error: { code: -32602 } });
  expect(await inSession('tools/call', { name: 'c' })).toMatchObject({ result: { content: [{ text: 'new' }] } });
  expect(await inSession('tools/call', { name: 'b' })).toMatchObject({ error: { code: -32602 } });
});

test('ordinary calls follow the plan too', async () => {
  expect(await ask('tools/call', { name: 'a' })).toMatchObject({ result: { content: [{ text: 'old' }] } });
  const integers = { returns: { type: 'array', items: { type: 'integer' } } } as const;
  runtime.reload([tool('a', integers, async () => ok([1])), ...saying('new', ['c'])]);
  expect(await ask('tools/call', { name: 'a' })).toMatchObject({ result: { structuredContent: [1] } });
  expect(await ask('tools/call', { name: 'c' })).toMatchObject({ result: { content: [{ text: 'new' }] } });
  expect(await ask('tools/call', { name: 'b' })).toMatchObject({ error: { code: -32602 } });
});

test('a parameter that a reload puts into a header has to be repeated there from then on', async () => {
  const region = { name: 'region', type: 'string' } as const;
  const call = modernRequest('tools/call', { name: 'a', arguments: { region: 'eu' } });
  const statusOf = async (header?: string) =>
    (
      await send(served.url, {
        ...call,
        headers: { ...call.headers, ...(header !== undefined && { 'mcp-param-region': header }) },
      })
    ).status;
  runtime.reload([tool('a', { parameters: [region] }, async () => ok(1))]);
  expect(await statusOf()).toBe(200);
  runtime.reload([tool('a', { parameters: [{ ...region, 'x-mcp-header': 'Region' }] }, async () => ok(1))]);
  expect([await statusOf(), await statusOf('us'), await statusOf('eu')]).toEqual([400, 400, 200]);
});

test('a call that runs during a reload ends as it began', async () => {
  let finish: (value: string) => void = () => {};
  const started = new Promise<void>(resolve => {
    runtime.reload([
      tool('slow', {}, async () => {
        resolve();
        return ok(
          await new Promise<string>(done => {
            finish = done;
          }),
        );
      }),
    ]);
  });
  const running = ask('tools/call', { name: 'slow' });
  await started;
  runtime.reload(saying('new', ['a']));
  finish('from before');
  expect(await running).toMatchObject({ result: { content: [{ text: 'from before' }] } });
});

test('a closed server listens to reloads no more', async () => {
  await openSession(served.url);
  await served.handler.close();
  expect(runtime.listenerCount()).toBe(0);
});
