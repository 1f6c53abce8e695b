import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { CLIENT_CAPABILITIES_META_KEY } from '@modelcontextprotocol/server';
import type { HandlerResult } from '@mxcp-ts/engine';
import { afterEach, expect, test } from 'vitest';
import type { McpServeOptions } from '../../src/index.ts';
import { accept, ended, form } from '../support/asking-endpoints.ts';
import { ok, openRuntime, type TestEndpoint, tool } from '../support/flights-runtime.ts';
import { legacyRequest, modernRequest, openSession, send } from '../support/raw-http.ts';
import { type HttpUnderTest, serveOverHttp } from '../support/serve-over-http.ts';

let served: HttpUnderTest;
afterEach(() => served.close());

const died: HandlerResult = { kind: 'unavailable', reason: 'The Python process ended.', retryAfterMs: 1 };

/** Long tools: each waits until the test lets it go on, or for its signal. */
function longEndpoints() {
  const gates = new Map<string, () => void>();
  const gate = (name: string) => new Promise<void>(resolve => gates.set(name, resolve));
  let aborted = 0;
  let runs = 0;
  const endpoints: readonly TestEndpoint[] = [
    tool('load', { task: 'optional', parameters: [{ name: 'rows', type: 'integer' }] }, async ({ args, client }) => {
      client.progress(1, 2, 'half');
      await gate('load');
      return ok(`${args['rows']} rows`);
    }),
    tool('always', { task: 'required' }, async () => ok('done')),
    tool('refuse', { task: 'optional' }, async () => ({
      kind: 'failed',
      error: { type: 'UserError', message: 'x', stack: undefined, userMessage: 'There are no rows.' },
    })),
    tool('folders', { task: 'optional' }, async ({ ask }) => ended(ask('roots', { method: 'roots/list' }), ok)),
    tool('wait', { task: 'optional' }, async ({ signal }) => {
      await once(signal, 'abort');
      aborted += 1;
      return ok('too late');
    }),
    tool('confirm', { task: 'optional' }, async ({ ask }) => {
      const name = ask('name', form('Who?', { name: { type: 'string' } }));
      const seat = ask('seat', form('Where?', { seat: { type: 'string' } }));
      return ended(name, first => ended(seat, second => ok(`${first['name']} in ${second['seat']}`)));
    }),
    tool('fragile', { task: 'optional' }, async () => died),
    tool('sturdy', { task: 'optional', annotations: { readOnlyHint: true } }, async () => {
      runs += 1;
      return runs < 3 ? died : ok(`${runs} runs`);
    }),
  ];
  return { endpoints, open: (name: string) => gates.get(name)?.(), aborted: () => aborted };
}

async function serve(endpoints: readonly TestEndpoint[], options: Partial<McpServeOptions> = {}) {
  served = await serveOverHttp(await openRuntime(endpoints), options);
}

const knowsTasks = {
  [CLIENT_CAPABILITIES_META_KEY]: { elicitation: {}, extensions: { 'io.modelcontextprotocol/tasks': {} } },
};

async function ask(method: string, params: Record<string, unknown>, meta: object = knowsTasks) {
  const request = modernRequest(method, { ...params, _meta: meta });
  const headers = { ...request.headers, ...('taskId' in params && { 'mcp-name': String(params['taskId']) }) };
  const { status, body } = await send(served.url, { ...request, headers });
  return { status, ...JSON.parse(body) };
}

const start = async (name: string, args: object = {}) =>
  (await ask('tools/call', { name, arguments: args })).result as Record<string, string>;

async function settle(taskId: string | undefined, wanted = ['completed', 'failed', 'cancelled']) {
  for (;;) {
    const { result } = await ask('tasks/get', { taskId });
    if (wanted.includes(result.status)) return result;
    await setTimeout(10);
  }
}

const time = expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/);

test('a long call becomes a task; its client sees it work and then fetches the result', async () => {
  const { endpoints, open } = longEndpoints();
  await serve(endpoints);
  const created = await start('load', { rows: 7 });
  expect(created).toMatchObject({ resultType: 'task', createdAt: time, ttlMs: 3_600_000, pollIntervalMs: 1_000 });
  const working = await settle(created['taskId'], ['working']);
  expect(working).toMatchObject({ resultType: 'complete', status: 'working', statusMessage: 'half (1 of 2)' });
  open('load');
  const { result, ...task } = await settle(created['taskId']);
  expect(result).toEqual({ content: [{ type: 'text', text: '7 rows' }] });
  expect(Object.keys(task).sort()).toEqual(
    ['_meta', 'createdAt', 'lastUpdatedAt', 'pollIntervalMs', 'resultType', 'status', 'taskId', 'ttlMs'].sort(),
  );
});

test('arguments that are wrong are answered at once, and make no task', async () => {
  await serve(longEndpoints().endpoints);
  expect(await start('load', { rows: 'many' })).toMatchObject({
    isError: true,
    content: [{ type: 'text', text: expect.stringContaining('/rows') }],
  });
});

test('an error of the tool is a result, an error of the protocol is a failed task', async () => {
  await serve(longEndpoints().endpoints);
  const refused = await settle((await start('refuse'))['taskId']);
  expect(refused).toMatchObject({
    status: 'completed',
    result: { isError: true, content: [{ type: 'text', text: 'There are no rows.' }] },
  });
  const broken = await settle((await start('folders'))['taskId']);
  expect(broken).toMatchObject({
    status: 'failed',
    error: { code: -32_021, data: { requiredCapabilities: { roots: {} } } },
  });
  expect(broken).not.toHaveProperty('result');
});

test('a task that is cancelled stops its handler, and stays cancelled', async () => {
  const { endpoints, aborted } = longEndpoints();
  await serve(endpoints);
  const { taskId } = await start('wait');
  for (let times = 0; times < 2; times += 1) {
    const { result } = await ask('tasks/cancel', { taskId });
    expect(result).toEqual({ resultType: 'complete', _meta: expect.anything() });
  }
  expect(await settle(taskId)).toMatchObject({ status: 'cancelled' });
  expect(aborted()).toBe(1);
});

test('a task asks for input, takes answers one by one and asks again for one that does not fit', async () => {
  await serve(longEndpoints().endpoints);
  const { taskId } = await start('confirm');
  const answer = (inputResponses: object) => ask('tasks/update', { taskId, inputResponses });
  const asked = async () => Object.keys((await settle(taskId, ['input_required'])).inputRequests);
  expect(await asked()).toEqual(['name', 'seat']);
  await answer({ name: accept({ name: 'Ada' }), unknown: {} });
  expect(await asked()).toEqual(['seat']);
  await answer({ name: accept({ name: 'Eve' }), seat: accept({ seat: 12 }) });
  await expect.poll(asked).toEqual(['seat#2']);
  expect((await answer({ 'seat#2': accept({ seat: '12A' }) })).result.resultType).toBe('complete');
  expect((await settle(taskId)).result.content).toEqual([{ type: 'text', text: 'Ada in 12A' }]);
});

test('a run that is lost with its guest is repeated only when that can do no harm', async () => {
  await serve(longEndpoints().endpoints);
  expect((await settle((await start('sturdy'))['taskId'])).result.content).toEqual([{ type: 'text', text: '3 runs' }]);
  expect((await settle((await start('fragile'))['taskId'])).result).toEqual({
    isError: true,
    content: [{ type: 'text', text: 'The Python process ended. Try again in 1 s.' }],
  });
});

test('a client that knows no tasks gets the result itself, or is told that it cannot', async () => {
  await serve(longEndpoints().endpoints);
  const plain = { [CLIENT_CAPABILITIES_META_KEY]: {} };
  expect((await ask('tools/call', { name: 'refuse', arguments: {} }, plain)).result.isError).toBe(true);
  const lacking = {
    status: 400,
    error: { code: -32_021, data: { requiredCapabilities: { extensions: { 'io.modelcontextprotocol/tasks': {} } } } },
  };
  expect(await ask('tools/call', { name: 'always', arguments: {} }, plain)).toMatchObject(lacking);
  for (const method of ['tasks/get', 'tasks/update', 'tasks/cancel'])
    expect(await ask(method, { taskId: 'x', inputResponses: {} }, plain)).toMatchObject(lacking);
  const session = await openSession(served.url);
  const old = async (method: string, params: object) => {
    const { body } = await send(served.url, legacyRequest(method, { ...params }, session));
    return JSON.parse(/^data: (.+)$/m.exec(body)?.[1] ?? body);
  };
  expect(await old('tasks/get', { taskId: 'x' })).toMatchObject({ error: { code: -32_601 } });
  expect(await old('tools/call', { name: 'always', arguments: {} })).toMatchObject({
    error: { code: -32_602, message: expect.stringContaining('The tool always runs as a task only') },
  });
});

test('a task is gone after its time; until then a new one is refused when there are too many', async () => {
  await serve(longEndpoints().endpoints, { tasks: { ttlMs: 300, maxTasks: 2, pollIntervalMs: 50 } });
  const first = await start('refuse');
  await settle(first['taskId']);
  const { taskId } = await start('wait');
  expect(await start('wait')).toMatchObject({
    isError: true,
    content: [{ text: 'The server keeps as many tasks as it may. Try again later.' }],
  });
  expect(await settle(first['taskId'])).toMatchObject({ status: 'completed' });
  const unknown = { error: { code: -32_602, message: expect.stringContaining('There is no task') } };
  await expect.poll(() => ask('tasks/get', { taskId: first['taskId'] })).toMatchObject(unknown);
  await expect.poll(() => ask('tasks/get', { taskId })).toMatchObject(unknown);
  expect(await start('wait')).toMatchObject({ resultType: 'task' });
});

test('results that hold too much together leave no room for further tasks', async () => {
  const limits = { ttlMs: 60_000, maxTasks: 10, maxResultChars: 50, pollIntervalMs: 50 };
  await serve(longEndpoints().endpoints, { tasks: limits });
  await settle((await start('refuse'))['taskId']);
  expect(await start('refuse')).toMatchObject({ isError: true });
});

test('the id of a task stands in the Mcp-Name header too', async () => {
  await serve(longEndpoints().endpoints);
  const request = modernRequest('tasks/get', { taskId: 'a', _meta: knowsTasks });
  const mismatch = { status: 400, body: expect.stringContaining('-32020') };
  expect(await send(served.url, request)).toMatchObject(mismatch);
  const named = (name: string) => send(served.url, { ...request, headers: { ...request.headers, 'mcp-name': name } });
  for (const known of ['a', '=?base64?YQ==?=']) expect((await named(known)).body).toContain('There is no task');
  expect(await send(served.url, { ...request, headers: { ...request.headers, 'mcp-name': 'b' } })).toMatchObject(
    mismatch,
  );
});
