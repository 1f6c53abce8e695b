import { afterAll, beforeAll, expect, test } from 'vitest';
import { ok, openRuntime, tool } from '../support/flights-runtime.ts';
import { messageOf, modernRequest, type RawAnswer, type RawRequest, send } from '../support/raw-http.ts';
import { type HttpUnderTest, serveOverHttp } from '../support/serve-over-http.ts';

const text = { name: 'text', type: 'string' } as const;
const echo = tool('echo', { parameters: [text] }, async ({ args }) => ok(args));
const list = tool('list', { returns: { type: 'array', items: { type: 'string' } } }, async () => ok(['ZRH']));
const wrong = tool('wrong', { returns: { type: 'integer' } }, async () => ok('no number'));
const thrower = tool('thrower', {}, async () => {
  throw new Error('A defect of the engine.');
});
const unwritable = tool('unwritable', {}, async () => ({ kind: 'ok', value: 1n as unknown as number }));
const slow = tool('slow', { timeoutMs: 20 }, () => new Promise(() => {}));

let served: HttpUnderTest;

beforeAll(async () => {
  served = await serveOverHttp(await openRuntime([echo, list, wrong, thrower, unwritable, slow]));
});
afterAll(() => served.close());

/** The same call in a form that the channel leaves to the SDK's HTTP entry: its name header is encoded. */
function withEncodedName({ headers, body }: RawRequest): RawRequest {
  const name = `=?base64?${Buffer.from(String(headers?.['mcp-name'])).toString('base64')}?=`;
  return { headers: { ...headers, 'mcp-name': name }, ...(body !== undefined && { body }) };
}

/** What a client sees, without what differs from call to call. */
function seen({ status, headers, body }: RawAnswer) {
  const text = body.replaceAll(/incident [0-9a-f]{8}/g, 'incident *');
  return { status, type: headers['content-type'], message: JSON.parse(text) };
}

test.each([
  ['a result', 'echo', { text: 'Zoë' }],
  ['a declared result', 'list', {}],
  ['arguments that do not fit', 'echo', { text: 5 }],
  ['a result that does not fit', 'wrong', {}],
  ['a handler that throws', 'thrower', {}],
  ['a result that cannot be written', 'unwritable', {}],
  ['a call that takes too long', 'slow', {}],
  ['a tool that does not exist', 'nothing', {}],
])('%s is answered as the SDK answers it', async (_what, name, args) => {
  const request = modernRequest('tools/call', { name, arguments: args });
  const answer = await send(served.url, request);
  expect(seen(answer)).toEqual(seen(await send(served.url, withEncodedName(request))));
  expect(answer.status).toBe(200);
});

test.each([
  ['arguments that are no object', { name: 'echo', arguments: 'text' }],
  ['a broken envelope', { name: 'echo', _meta: { 'io.modelcontextprotocol/protocolVersion': '2026-07-28' } }],
])('%s are refused as the SDK refuses them', async (_what, params) => {
  const { headers } = modernRequest('tools/call', params);
  const envelope = JSON.parse(String(modernRequest('tools/call').body)).params._meta;
  const body = JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'tools/call', params: { _meta: envelope, ...params } });
  const request: RawRequest = { ...(headers !== undefined && { headers }), body };
  const answer = await send(served.url, request);
  expect(seen(answer)).toEqual(seen(await send(served.url, withEncodedName(request))));
  expect(messageOf(answer)).toMatchObject({ id: 7, error: { code: -32602 } });
});

test('clients that use the same ids get their own answers', async () => {
  const texts = Array.from({ length: 50 }, (_, number) => `text ${number}`);
  const answers = await Promise.all(
    texts.map(text => send(served.url, modernRequest('tools/call', { name: 'echo', arguments: { text } }))),
  );
  expect(answers.map(messageOf)).toEqual(
    texts.map(text => expect.objectContaining({ id: 7, result: expect.objectContaining({ content: [textOf(text)] }) })),
  );
});

function textOf(text: string) {
  return { type: 'text', text: JSON.stringify({ text }) };
}
