import { type Client as AnyVersion, Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { CLIENT_CAPABILITIES_META_KEY } from '@modelcontextprotocol/server';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { accept, askingEndpoints } from '../support/asking-endpoints.ts';
import { openRuntime } from '../support/flights-runtime.ts';
import { modernRequest, send } from '../support/raw-http.ts';
import { type HttpUnderTest, serveOverHttp } from '../support/serve-over-http.ts';

let served: HttpUnderTest;
beforeEach(async () => {
  served = await serveOverHttp(await openRuntime(askingEndpoints()), { stateSecret: 'a secret of all the replicas' });
});
afterEach(() => served.close());

const abilities = { elicitation: { form: {} }, sampling: {}, roots: {} };

async function connect(mode: 'legacy' | { pin: string }, capabilities: object = abilities): Promise<AnyVersion> {
  const client = new Client({ name: 'test', version: '1.0.0' }, { capabilities, versionNegotiation: { mode } });
  if ('elicitation' in capabilities) {
    client.setRequestHandler('elicitation/create', ({ params }) => {
      const { properties = {} } = 'requestedSchema' in params ? params.requestedSchema : {};
      return { action: 'accept', content: 'seat' in properties ? { seat: '12B' } : { name: 'Ada' } };
    });
    client.setRequestHandler('sampling/createMessage', () => ({
      role: 'assistant',
      content: { type: 'text', text: 'Ahoy' },
      model: 'test',
    }));
    client.setRequestHandler('roots/list', () => ({ roots: [{ uri: 'file:///work', name: 'work' }] }));
  }
  await client.connect(new StreamableHTTPClientTransport(served.url));
  return client;
}

const textOf = ({ content }: { content?: unknown }) => (content as readonly { text: string }[])[0]?.text;

test.each([
  ['2026-07-28', { pin: '2026-07-28' }],
  ['2025-11-25', 'legacy'],
] as const)('a client of %s is asked, several rounds and several questions at once', async (_revision, mode) => {
  const client = await connect(mode);
  expect(textOf(await client.callTool({ name: 'greet', arguments: {} }))).toBe('Hello Ada');
  expect(textOf(await client.callTool({ name: 'book', arguments: { flight: 'LX1' } }))).toBe('LX1: Ada in 12B, 3 runs');
  expect(JSON.parse(textOf(await client.callTool({ name: 'everything', arguments: {} })) ?? '')).toEqual([
    { action: 'accept', content: { name: 'Ada' } },
    { role: 'assistant', content: { type: 'text', text: 'Ahoy' }, model: 'test' },
    { roots: [{ uri: 'file:///work', name: 'work' }] },
  ]);
  const { messages } = await client.getPrompt({ name: 'welcome' });
  expect(messages).toEqual([{ role: 'user', content: { type: 'text', text: 'Welcome Ada.' } }]);
  const { contents } = await client.readResource({ uri: 'flights://mine' });
  expect(contents).toEqual([{ uri: 'flights://mine', mimeType: 'text/plain', text: 'of Ada' }]);
  await client.close();
});

test('a client that cannot be asked is told what it lacks, unless the handler can do without', async () => {
  const modern = await connect({ pin: '2026-07-28' }, {});
  const refused = modern.callTool({ name: 'greet', arguments: {} });
  await expect(refused).rejects.toMatchObject({
    code: -32_021,
    data: { requiredCapabilities: { elicitation: { form: {} } } },
  });
  expect(textOf(await modern.callTool({ name: 'perhaps', arguments: {} }))).toBe('no matter');
  const legacy = await connect('legacy', {});
  await expect(legacy.callTool({ name: 'greet', arguments: {} })).rejects.toMatchObject({
    code: -32_602,
    message: expect.stringContaining('The call needs a client that can ask its user (elicitation).'),
  });
  await Promise.all([modern.close(), legacy.close()]);
});

const capable = { [CLIENT_CAPABILITIES_META_KEY]: abilities };

async function call(name: string, more: object = {}, args: object = {}) {
  const { status, body } = await send(
    served.url,
    modernRequest('tools/call', { name, arguments: args, _meta: capable, ...more }),
  );
  return { status, ...JSON.parse(body) };
}

test('what comes back from the client is used only as far as it fits', async () => {
  const first = await call('greet');
  expect(first.result).toMatchObject({
    resultType: 'input_required',
    inputRequests: {
      name: {
        method: 'elicitation/create',
        params: {
          mode: 'form',
          message: 'What is your name?',
          requestedSchema: { type: 'object', properties: { name: { type: 'string' } }, required: ['name'] },
        },
      },
    },
    requestState: expect.stringMatching(/^[\w-]{60,}$/),
  });
  const { requestState } = first.result;
  for (const answer of [{}, accept({}), accept({ name: 7 }), { action: 'what' }]) {
    const again = await call('greet', { requestState, inputResponses: { name: answer } });
    expect(Object.keys(again.result.inputRequests)).toEqual(['name']);
  }
  const answered = await call('greet', { requestState, inputResponses: { name: accept({ name: 'Bo' }), other: {} } });
  expect(textOf(answered.result)).toBe('Hello Bo');
  const declined = await call('greet', { requestState, inputResponses: { name: { action: 'decline' } } });
  expect(textOf(declined.result)).toBe('The user said decline.');
});

test('a state is good for the same call only, also on another replica, and holds nothing that can be read', async () => {
  const first = await call('book', {}, { flight: 'LX1' });
  const responses = { inputResponses: { name: accept({ name: 'Secret Agent' }) } };
  const second = await call('book', { ...responses, requestState: first.result.requestState }, { flight: 'LX1' });
  const { requestState } = second.result;
  expect(Object.keys(second.result.inputRequests)).toEqual(['seat']);
  expect(Buffer.from(requestState, 'base64url').toString('latin1')).not.toContain('Secret');
  const last = { inputResponses: { seat: accept({ seat: '12A' }) } };
  const refusal = { status: 200, error: { code: -32_602, data: { reason: 'invalid_request_state' } } };
  expect(await call('book', { ...last, requestState }, { flight: 'LX2' })).toMatchObject(refusal);
  expect(await call('greet', { ...last, requestState })).toMatchObject(refusal);
  const tampered = `${requestState.slice(0, 40)}${requestState[40] === 'A' ? 'B' : 'A'}${requestState.slice(41)}`;
  expect(await call('book', { ...last, requestState: tampered }, { flight: 'LX1' })).toMatchObject(refusal);
  for (const odd of ['x', `${requestState}==`, `${requestState}.`, `!${requestState}`])
    expect(await call('book', { ...last, requestState: odd }, { flight: 'LX1' })).toMatchObject(refusal);

  await served.close();
  served = await serveOverHttp(await openRuntime(askingEndpoints()), { stateSecret: 'a secret of all the replicas' });
  expect(textOf((await call('book', { ...last, requestState }, { flight: 'LX1' })).result)).toBe(
    'LX1: Secret Agent in 12A, 1 runs',
  );
  await served.close();
  served = await serveOverHttp(await openRuntime(askingEndpoints()), { stateSecret: 'some other secret' });
  expect(await call('book', { ...last, requestState }, { flight: 'LX1' })).toMatchObject(refusal);
});

test('without sessions a client of 2025 is told why it is not asked', async () => {
  await served.close();
  served = await serveOverHttp(await openRuntime(askingEndpoints()), { isStateless: true });
  const client = await connect('legacy');
  await expect(client.callTool({ name: 'greet', arguments: {} })).rejects.toMatchObject({
    message: expect.stringContaining('This server runs without sessions, so it cannot ask clients of 2025 anything.'),
  });
  await client.close();
});

test('lists are never answered with a question', async () => {
  for (const method of ['tools/list', 'prompts/list', 'resources/list', 'resources/templates/list']) {
    const { body } = await send(served.url, modernRequest(method, { _meta: capable }));
    expect(JSON.parse(body).result.resultType).toBe('complete');
  }
});

test('the progress of a client that waits while it is asked goes on from where it was', async () => {
  await served.close();
  served = await serveOverHttp(await openRuntime(askingEndpoints()));
  const client = await connect('legacy');
  const seen: number[] = [];
  const onprogress = ({ progress }: { progress: number }) => void seen.push(progress);
  expect(textOf(await client.callTool({ name: 'count_and_ask', arguments: {} }, { onprogress }))).toBe('Ada, 12B');
  expect(seen).toEqual([1, 2, 3]);
  await client.close();
});

test('arguments in another order are the same arguments, an array is not an object', async () => {
  const withList = (x: unknown) => ({ flight: 'LX1', x });
  const { requestState } = (await call('open', {}, withList({ a: 1, b: 2 }))).result;
  const answer = { inputResponses: { name: accept({ name: 'Bo' }) }, requestState };
  expect((await call('open', answer, withList({ b: 2, a: 1 }))).result.resultType).toBe('complete');
  expect(
    await call(
      'open',
      answer,
      withList([
        ['a', 1],
        ['b', 2],
      ]),
    ),
  ).toMatchObject({ error: { code: -32_602 } });
});
