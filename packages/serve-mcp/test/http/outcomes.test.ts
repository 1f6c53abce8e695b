import { setTimeout } from 'node:timers/promises';
import type { Log } from '@mxcp-ts/engine';
import type { Outcome, ServedRuntime } from '@mxcp-ts/runtime';
import type { JsonValue } from '@mxcp-ts/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { flightsEndpoints, ok, openRuntime, resource, tool } from '../support/flights-runtime.ts';
import { initialize, messageOf, modernRequest, send } from '../support/raw-http.ts';
import { type HttpUnderTest, serveOverHttp } from '../support/serve-over-http.ts';

const logged: string[] = [];
const log: Log = (level, message) => void logged.push(`${level} ${message}`);
let served: HttpUnderTest;

beforeAll(async () => {
  const runtime = await openRuntime([
    ...flightsEndpoints(),
    tool('slow', { timeoutMs: 50 }, () => new Promise(() => {})),
    tool('number', { returns: { type: 'integer' } }, async () => ok('many')),
    tool('away', {}, async () => ({ kind: 'unavailable', reason: 'Python is being restarted.', retryAfterMs: 1_500 })),
    tool('refuse', {}, async () => ({
      kind: 'failed',
      error: { message: 'x', type: 'UserError', stack: undefined, userMessage: 'There is no such flight.' },
    })),
    resource('flights://broken', {}, async () => ({
      kind: 'failed',
      error: { message: 'password=hunter2', type: 'Error', stack: undefined, userMessage: undefined },
    })),
  ]);
  served = await serveOverHttp(runtime, { log });
});
afterAll(() => served.close());

async function ask(method: string, params: Readonly<Record<string, unknown>>) {
  const answer = messageOf(await send(served.url, modernRequest(method, params))) as {
    result?: { content: unknown; isError: unknown };
    error?: unknown;
  };
  const { result, error } = JSON.parse(JSON.stringify(answer).replace(/incident [0-9a-f]{8}/g, 'incident ID'));
  return error === undefined ? { content: result.content, isError: result.isError } : { error };
}

const errorResult = (text: string) => ({ content: [{ type: 'text', text }], isError: true });

test.each([
  ['find_airport', { code: 'Z' }, errorResult('The arguments are not valid.\n- /code must have at least 3 characters')],
  ['fail', {}, errorResult('The tool fail failed (incident ID).')],
  ['refuse', {}, errorResult('There is no such flight.')],
  ['slow', {}, errorResult('The call took longer than its limit of 0.05 s and was stopped. Try a smaller request.')],
  ['away', {}, errorResult('Python is being restarted. Try again in 2 s.')],
  ['nothing', {}, { error: { code: -32602, message: 'There is no tool named "nothing".' } }],
])('tools/call of %s with %j gives the documented answer', async (name, args, expected) => {
  expect(await ask('tools/call', { name, arguments: args })).toEqual(expected);
});

test('a result that does not fit its type is an error result that names the place and not the value', async () => {
  const { content, isError } = await ask('tools/call', { name: 'number', arguments: {} });
  expect(isError).toBe(true);
  expect(JSON.stringify(content)).toMatch(
    /^\[\{"type":"text","text":"The result does not fit its declared type \(incident ID\)/,
  );
  expect(JSON.stringify(content)).not.toContain('many');
});

test.each([
  [
    'flights://nowhere',
    { code: -32602, message: 'Resource not found: flights://nowhere', data: { uri: 'flights://nowhere' } },
  ],
  [
    'flights://airports/{code}x/y',
    expect.objectContaining({ code: -32602, data: { uri: 'flights://airports/{code}x/y' } }),
  ],
  ['flights://airports/XYZ', expect.objectContaining({ code: -32602, message: expect.stringContaining('- /code ') })],
  ['flights://broken', { code: -32603, message: 'The resource flights://broken failed (incident ID).' }],
])('resources/read of %s is a protocol error', async (uri, error) => {
  expect(await ask('resources/read', { uri })).toEqual({ error });
});

test.each([
  [{ name: 'nothing' }, { code: -32602, message: 'There is no prompt named "nothing".' }],
  [
    { name: 'briefing', arguments: {} },
    expect.objectContaining({ code: -32602, message: expect.stringContaining('/airport') }),
  ],
])('prompts/get of %j is a protocol error', async (params, error) => {
  expect(await ask('prompts/get', params)).toEqual({ error });
});

test('a cursor that the server did not give is refused', async () => {
  expect(await ask('tools/list', { cursor: 'abc' })).toEqual({
    error: { code: -32602, message: 'The cursor is not valid (any more). List again from the start.' },
  });
});

test('completing under an unknown name is refused', async () => {
  const params = { ref: { type: 'ref/prompt', name: 'nothing' }, argument: { name: 'a', value: '' } };
  expect(await ask('completion/complete', params)).toEqual({
    error: { code: -32602, message: 'There is nothing to complete under this name.' },
  });
});

const cyclic: Record<string, unknown> = {};
cyclic['self'] = cyclic;

test.each([
  ['a BigInt', { n: 1n }],
  ['a cycle', cyclic],
])('a value with %s, which no engine may give, is an internal error and not silence', async (_what, value) => {
  const runtime = await openRuntime([tool('odd', { returns: { type: 'object' } }, async () => ok(null))]);
  const breached: ServedRuntime = {
    plan: runtime.plan,
    readiness: () => runtime.readiness(),
    endSession: () => {},
    onReload: () => () => {},
    onChange: () => () => {},
    invoke: async () => ({ kind: 'ok', value: value as unknown as JsonValue }),
  };
  logged.length = 0;
  const other = await serveOverHttp(breached, { log });
  const answer = messageOf(await send(other.url, modernRequest('tools/call', { name: 'odd', arguments: {} })));
  expect(answer).toEqual({
    jsonrpc: '2.0',
    id: 7,
    error: { code: -32603, message: expect.stringMatching(/^Internal error \(incident [0-9a-f]{8}\)\.$/) },
  });
  expect(logged.join()).toContain('error Internal error (incident');
  await other.close();
});

test('a call without an outcome after its deadline and the grace is an internal error', async () => {
  const runtime = await openRuntime([tool('stuck', { timeoutMs: 10 }, async () => ok(1))]);
  const stuck: ServedRuntime = {
    plan: runtime.plan,
    readiness: () => runtime.readiness(),
    endSession: () => {},
    onReload: () => () => {},
    onChange: () => () => {},
    invoke: () => new Promise(() => {}),
  };
  const other = await serveOverHttp(stuck, { log, answerGraceMs: 20 });
  const answer = messageOf(await send(other.url, modernRequest('tools/call', { name: 'stuck', arguments: {} })));
  expect(answer).toEqual({
    jsonrpc: '2.0',
    id: 7,
    error: { code: -32603, message: expect.stringMatching(/^Internal error \(incident [0-9a-f]{8}\)\.$/) },
  });
  await other.close();
});

test('lists are cut into pages, in order and without gaps', async () => {
  const names = ['a', 'b', 'c', 'd', 'e'];
  const runtime = await openRuntime(names.map(name => tool(name, {}, async () => ok(1))));
  const other = await serveOverHttp(runtime, { pageSize: 2 });
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const params = cursor === undefined ? {} : { cursor };
    const { result } = messageOf(await send(other.url, modernRequest('tools/list', params))) as {
      result: { tools: { name: string }[]; nextCursor?: string };
    };
    pages.push(result.tools.map(({ name }) => name));
    cursor = result.nextCursor;
  } while (cursor !== undefined);
  expect(pages).toEqual([['a', 'b'], ['c', 'd'], ['e']]);
  await other.close();
});

test('a call that a reload held back for longer than its limit is answered all the same', async () => {
  const runtime = await openRuntime([tool('held', { timeoutMs: 10 }, async () => ok(1))]);
  let isReloading = true;
  let release: (outcome: Outcome) => void = () => {};
  const held: ServedRuntime = {
    plan: runtime.plan,
    readiness: () => ({ ...runtime.readiness(), ready: !isReloading }),
    endSession: () => {},
    onReload: () => () => {},
    onChange: () => () => {},
    invoke: () =>
      new Promise(resolve => {
        release = resolve;
      }),
  };
  const other = await serveOverHttp(held, { log, answerGraceMs: 20 });
  const answer = send(other.url, modernRequest('tools/call', { name: 'held', arguments: {} }));
  await setTimeout(150);
  isReloading = false;
  release({ kind: 'ok', value: 'late' });
  expect(messageOf(await answer)).toMatchObject({ result: { content: [{ text: 'late' }] } });
  await other.close();
});

test('a project claims every list, for a reload may fill one that is empty now', async () => {
  const other = await serveOverHttp(await openRuntime([tool('only', {}, async () => ok(1))]));
  const { result } = messageOf(await send(other.url, modernRequest('server/discover'))) as {
    result: { capabilities: unknown; supportedVersions: unknown };
  };
  const list = { listChanged: true };
  expect(result.capabilities).toEqual({
    tools: list,
    resources: { ...list, subscribe: true },
    prompts: list,
    completions: {},
    logging: {},
    extensions: { 'io.modelcontextprotocol/tasks': {} },
  });
  expect(result.supportedVersions).toEqual(['2026-07-28']);
  expect(messageOf(await send(other.url, modernRequest('prompts/list')))).toMatchObject({ result: { prompts: [] } });
  await other.close();
});

test('without sessions a client of 2025 is promised nothing that needs one', async () => {
  const other = await serveOverHttp(await openRuntime(flightsEndpoints()), { isStateless: true });
  const { result } = messageOf(await send(other.url, initialize)) as { result: { capabilities: unknown } };
  expect(result.capabilities).toEqual({ tools: {}, resources: {}, prompts: {}, completions: {} });
  await other.close();
});

test('a parameter that its schema puts into a header has to be repeated there', async () => {
  const region = { name: 'region', type: 'string', 'x-mcp-header': 'Region' } as const;
  const runtime = await openRuntime([tool('sales', { parameters: [region] }, async ({ args }) => ok(args))]);
  const other = await serveOverHttp(runtime);
  const request = modernRequest('tools/call', { name: 'sales', arguments: { region: 'eu' } });
  const withRegion = (value: string) =>
    send(other.url, { ...request, headers: { ...request.headers, 'mcp-param-region': value } });
  const refused = await withRegion('us');
  expect([refused.status, messageOf(refused)]).toMatchObject([400, { error: { code: -32020 } }]);
  expect(messageOf(await withRegion('eu'))).toMatchObject({ result: { content: [{ text: '{"region":"eu"}' }] } });
  await other.close();
});
