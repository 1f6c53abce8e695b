import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askingEndpoints } from '../support/asking-endpoints.ts';
import { flightsEndpoints, ok, openRuntime, tool } from '../support/flights-runtime.ts';
import { messageOf, modernRequest, type RawAnswer, type RawRequest, send } from '../support/raw-http.ts';
import { type HttpUnderTest, serveOverHttp } from '../support/serve-over-http.ts';
import { notTaken, type SharedUnderTest, serveShared } from '../support/serve-shared.ts';
import { talkingEndpoints } from '../support/talking-endpoints.ts';

const oddEndpoints = [
  tool('echo', { parameters: [{ name: 'text', type: 'string' }] }, async ({ args }) => ok(args)),
  tool('wrong', { returns: { type: 'integer' } }, async () => ok('no number')),
  tool('thrower', {}, async () => {
    throw new Error('A defect of the engine.');
  }),
  tool('unwritable', {}, async () => ({ kind: 'ok', value: 1n as unknown as number })),
  tool('slow', { timeoutMs: 20 }, () => new Promise(() => {})),
  tool('task', { task: 'optional' }, async () => ok('done')),
];
const endpoints = [
  ...oddEndpoints,
  ...flightsEndpoints(),
  ...talkingEndpoints(),
  ...askingEndpoints().filter(({ definition }) => definition.name !== 'greet'),
];

let shared: SharedUnderTest;
let whole: HttpUnderTest;

beforeAll(async () => {
  const runtime = await openRuntime(endpoints);
  shared = await serveShared(runtime);
  whole = await serveOverHttp(runtime);
});
afterAll(async () => {
  await shared.close();
  await whole.close();
});

/** The same request in a form that the channel leaves to the SDK's entry, and that means nothing to a handler. */
function unusual({ headers, body }: RawRequest): RawRequest {
  const message = JSON.parse(String(body));
  message.params._meta['io.modelcontextprotocol/related-task'] = { taskId: 'none' };
  return { ...(headers !== undefined && { headers }), body: JSON.stringify(message) };
}

/** What a client sees, without what differs from call to call. */
function seen({ status, headers, body }: RawAnswer) {
  const text = body
    .replaceAll(/incident [0-9a-f]{8}/g, 'incident *')
    .replaceAll(/"(taskId|createdAt|lastUpdatedAt|requestState)":"[^"]*"/g, '"$1":"*"');
  return {
    status,
    type: headers['content-type'],
    cache: headers['cache-control'],
    buffering: headers['x-accel-buffering'],
    text,
  };
}

const capabilities = (declared: object) => ({ _meta: { 'io.modelcontextprotocol/clientCapabilities': declared } });
const tasks = { extensions: { 'io.modelcontextprotocol/tasks': {} } };
const logLevel = { 'io.modelcontextprotocol/logLevel': 'info' };

describe('an ordinary request is answered through the shared server as the SDK answers it through its own', () => {
  test.each<[string, string, Readonly<Record<string, unknown>>?]>([
    ['the list of tools', 'tools/list'],
    ['a cursor of nobody', 'tools/list', { cursor: 'nobody' }],
    ['a result', 'tools/call', { name: 'echo', arguments: { text: 'Zoë' } }],
    ['a declared result', 'tools/call', { name: 'list_airports' }],
    ['arguments that do not fit', 'tools/call', { name: 'echo', arguments: { text: 5 } }],
    ['arguments that are no object', 'tools/call', { name: 'echo', arguments: 'text' }],
    ['a handler that fails', 'tools/call', { name: 'fail' }],
    ['a result that does not fit', 'tools/call', { name: 'wrong' }],
    ['a handler that throws', 'tools/call', { name: 'thrower' }],
    ['a result that cannot be written', 'tools/call', { name: 'unwritable' }],
    ['a call that takes too long', 'tools/call', { name: 'slow' }],
    ['progress that is wanted', 'tools/call', { name: 'count', _meta: { progressToken: 'p' } }],
    ['progress that does not come', 'tools/call', { name: 'list_airports', _meta: { progressToken: 5 } }],
    ['messages that are wanted', 'tools/call', { name: 'speak', _meta: logLevel }],
    ['a failure after progress', 'tools/call', { name: 'thrower', _meta: { progressToken: 1 } }],
    ['a question', 'tools/call', { name: 'book', arguments: { flight: 'LX1' }, ...capabilities({ elicitation: {} }) }],
    ['a question to a client that cannot be asked', 'tools/call', { name: 'book', arguments: { flight: 'LX1' } }],
    [
      'a state that is no state',
      'tools/call',
      { name: 'book', arguments: { flight: 'LX1' }, requestState: 'x', ...capabilities({ elicitation: {} }) },
    ],
    ['a task', 'tools/call', { name: 'task', ...capabilities(tasks) }],
    ['the list of prompts', 'prompts/list'],
    ['a prompt', 'prompts/get', { name: 'briefing', arguments: { airport: 'ZRH' } }],
    ['arguments of a prompt that do not fit', 'prompts/get', { name: 'briefing', arguments: {} }],
    ['a prompt that does not exist', 'prompts/get', { name: 'nothing' }],
    ['a prompt that asks', 'prompts/get', { name: 'welcome', ...capabilities({ elicitation: {} }) }],
    ['the list of resources', 'resources/list'],
    ['the list of templates', 'resources/templates/list'],
    ['a resource', 'resources/read', { uri: 'flights://notes' }],
    ['a resource of a template', 'resources/read', { uri: 'flights://airports/ZRH' }],
    ['a resource that does not exist', 'resources/read', { uri: 'flights://nothing' }],
    ['a resource that asks', 'resources/read', { uri: 'flights://mine', ...capabilities({ elicitation: {} }) }],
    [
      'a completion',
      'completion/complete',
      { ref: { type: 'ref/prompt', name: 'briefing' }, argument: { name: 'airport', value: 'G' } },
    ],
    [
      'a completion of nothing',
      'completion/complete',
      { ref: { type: 'ref/prompt', name: 'nothing' }, argument: { name: 'airport', value: 'G' } },
    ],
    ['a completion without a reference', 'completion/complete', {}],
  ])('%s', async (_what, method, params) => {
    const request = modernRequest(method, params);
    const answer = await send(shared.url, request);
    expect(answer.status).not.toBe(notTaken);
    expect(seen(answer)).toEqual(seen(await send(whole.url, unusual(request))));
  });
});

describe('what the SDK refuses unread is left to it', () => {
  const call = modernRequest('tools/call', { name: 'echo', arguments: { text: 'x' } });
  const message = JSON.parse(String(call.body));
  const withHeaders = (headers: Readonly<Record<string, string>>): RawRequest => ({
    ...call,
    headers: { ...call.headers, ...headers },
  });
  const withParts = (parts: object): RawRequest => ({ ...call, body: JSON.stringify({ ...message, ...parts }) });
  const withMeta = (meta: object): RawRequest =>
    withParts({ params: { ...message.params, _meta: { ...message.params._meta, ...meta } } });

  test.each<[string, RawRequest, number]>([
    ['a method that does not exist', modernRequest('tools/sing'), 404],
    ['a method of 2025', modernRequest('ping'), 404],
    ['the header of another method', withHeaders({ 'mcp-method': 'tools/list' }), 400],
    ['the header of another name', withHeaders({ 'mcp-name': 'slow' }), 400],
    ['the header of another revision', withHeaders({ 'mcp-protocol-version': '2025-11-25' }), 400],
    ['another revision', withMeta({ 'io.modelcontextprotocol/protocolVersion': '2027-01-01' }), 400],
    ['no capabilities', withMeta({ 'io.modelcontextprotocol/clientCapabilities': undefined }), 400],
    ['capabilities that are none', withMeta({ 'io.modelcontextprotocol/clientCapabilities': { roots: 5 } }), 400],
    ['a client without a name', withMeta({ 'io.modelcontextprotocol/clientInfo': {} }), 400],
    ['a token that is none', withMeta({ progressToken: {} }), 400],
    ['a broken number as id', withParts({ id: 1.5 }), 400],
    ['something more in the message', withParts({ more: 1 }), 400],
    ['no parameters', withParts({ params: undefined }), 400],
    ['a list as parameters', withParts({ params: [] }), 400],
    ['another protocol', withParts({ jsonrpc: '1.0' }), 400],
  ])('%s', async (_what, request, status) => {
    expect((await send(shared.url, request)).status).toBe(notTaken);
    const answer = await send(whole.url, request);
    expect(answer.status).toBe(status);
    expect(messageOf(answer)).toMatchObject({ error: { code: expect.any(Number), message: expect.any(String) } });
  });

  test('a tool that does not exist, and one whose name is encoded', async () => {
    expect((await send(shared.url, modernRequest('tools/call', { name: 'nothing' }))).status).toBe(notTaken);
    const name = `=?base64?${Buffer.from('echo').toString('base64')}?=`;
    const request = withHeaders({ 'mcp-name': name });
    expect((await send(shared.url, request)).status).toBe(notTaken);
    expect(messageOf(await send(whole.url, request))).toMatchObject({ result: { content: [textOf('x')] } });
  });
});

test('a task is described without content', async () => {
  const answer = await send(shared.url, modernRequest('tools/call', { name: 'task', ...capabilities(tasks) }));
  expect(messageOf(answer)).toEqual({
    jsonrpc: '2.0',
    id: 7,
    result: {
      resultType: 'task',
      taskId: expect.any(String),
      status: 'working',
      createdAt: expect.any(String),
      lastUpdatedAt: expect.any(String),
      ttlMs: expect.any(Number),
      pollIntervalMs: expect.any(Number),
      _meta: { 'io.modelcontextprotocol/serverInfo': { name: 'flights', version: '1.2.3' } },
    },
  });
});

test('clients that use the same ids get their own answers', async () => {
  const texts = Array.from({ length: 50 }, (_, number) => `text ${number}`);
  const answers = await Promise.all(
    texts.map(text => send(shared.url, modernRequest('tools/call', { name: 'echo', arguments: { text } }))),
  );
  expect(answers.map(messageOf)).toEqual(
    texts.map(text => expect.objectContaining({ id: 7, result: expect.objectContaining({ content: [textOf(text)] }) })),
  );
});

function textOf(text: string) {
  return { type: 'text', text: JSON.stringify({ text }) };
}
