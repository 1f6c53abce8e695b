import type { HandlerResult } from '@mxcp-ts/engine';
import { afterEach, expect, test } from 'vitest';
import { ok, openRuntime, prompt, resource, type TestEndpoint, tool } from '../support/flights-runtime.ts';
import { legacyRequest, messageOf, modernRequest, openSession, send } from '../support/raw-http.ts';
import { type HttpUnderTest, serveOverHttp } from '../support/serve-over-http.ts';

let served: HttpUnderTest;
afterEach(() => served.close());

const serverInfoKey = 'io.modelcontextprotocol/serverInfo';
const png = { type: 'string', contentMediaType: 'image/png', contentEncoding: 'base64' } as const;
const blocks: HandlerResult = {
  kind: 'ok',
  value: undefined,
  content: [
    { type: 'text', text: 'a map', annotations: { audience: ['user'], priority: 0.5 } },
    { type: 'image', data: 'aW1n', mimeType: 'image/png', _meta: { 'example.com/zoom': 3 } },
    { type: 'audio', data: 'c291bmQ=', mimeType: 'audio/wav' },
    { type: 'resource', resource: { uri: 'flights://log', mimeType: 'text/plain', text: 'log' } },
    { type: 'resource_link', uri: 'flights://airports', name: 'airports', size: 12 },
  ],
  meta: { 'example.com/took': 5 },
};
const { content } = blocks;

async function serve(...endpoints: readonly TestEndpoint[]) {
  served = await serveOverHttp(await openRuntime(endpoints));
}

async function ask(
  method: string,
  params: Record<string, unknown>,
  revision = '2026-07-28',
): Promise<Record<string, unknown>> {
  const request =
    revision === '2026-07-28'
      ? modernRequest(method, params)
      : legacyRequest(method, params, await openSession(served.url));
  const message = messageOf(await send(served.url, request)) as { result: Record<string, unknown>; error: unknown };
  const { _meta: meta, resultType: _, ttlMs: __, cacheScope: ___, ...result } = message.result ?? {};
  const { 'io.modelcontextprotocol/serverInfo': ____, ...own } = (meta ?? {}) as Record<string, unknown>;
  return {
    ...(message.error !== undefined && { error: message.error }),
    ...result,
    ...(Object.keys(own).length > 0 && { _meta: own }),
  };
}

const call = (name: string, revision?: string) => ask('tools/call', { name, arguments: {} }, revision);

test.each(['2026-07-28', '2025-11-25'])(
  'content blocks of every kind reach a client of %s as they are',
  async revision => {
    await serve(tool('draw', {}, async () => blocks));
    expect(await call('draw', revision)).toEqual({ content, _meta: blocks.meta });
  },
);

test('a value with blocks beside it is text, then the blocks, and data where a type is declared', async () => {
  const map = {
    kind: 'ok',
    value: { zoom: 3 },
    content: [{ type: 'image', data: 'aW1n', mimeType: 'image/png' }],
  } as const;
  const returns = { type: 'object', properties: { zoom: { type: 'integer' } } } as const;
  await serve(
    tool('plain', {}, async () => map),
    tool('typed', { returns }, async () => map),
  );
  const shown = [{ type: 'text', text: '{"zoom":3}' }, ...map.content];
  expect(await call('plain')).toEqual({ content: shown });
  expect(await call('typed')).toEqual({ content: shown, structuredContent: { zoom: 3 } });
});

test.each([
  ['2026-07-28', 'Hi'],
  ['2025-11-25', { result: 'Hi' }],
])('a text is text for the model, and data for a client of %s', async (revision, structuredContent) => {
  await serve(tool('greet', { returns: { type: 'string' } }, async () => ok('Hi')));
  expect(await call('greet', revision)).toEqual({ content: [{ type: 'text', text: 'Hi' }], structuredContent });
});

test('a tool that declares a type and gives blocks alone has not kept its promise', async () => {
  await serve(tool('typed', { returns: { type: 'object' } }, async () => blocks));
  expect(await call('typed')).toMatchObject({
    isError: true,
    content: [{ text: expect.stringContaining('content.result(value, blocks)') }],
  });
});

test('a result that is declared as one medium is a block of its kind, and no data', async () => {
  const media = { png, wav: 'audio/wav', pdf: 'application/pdf', csv: 'text/csv' };
  await serve(
    tool('png', { returns: png }, async () => ok('aW1n')),
    tool('wav', { returns: { ...png, contentMediaType: media.wav } }, async () => ok('c291bmQ=')),
    tool('pdf', { returns: { ...png, contentMediaType: media.pdf } }, async () => ok('cGRm')),
    tool('csv', { returns: { type: 'string', contentMediaType: media.csv } }, async () => ok('a,b')),
    tool('none', { returns: { ...png, nullable: true } }, async () => ok(null)),
  );
  expect(await call('png')).toEqual({ content: [{ type: 'image', data: 'aW1n', mimeType: 'image/png' }] });
  expect(await call('wav')).toEqual({ content: [{ type: 'audio', data: 'c291bmQ=', mimeType: 'audio/wav' }] });
  expect(await call('pdf')).toEqual({
    content: [{ type: 'resource', resource: { uri: 'mxcp://tools/pdf/result', mimeType: media.pdf, blob: 'cGRm' } }],
  });
  expect(await call('csv')).toEqual({
    content: [{ type: 'resource', resource: { uri: 'mxcp://tools/csv/result', mimeType: media.csv, text: 'a,b' } }],
  });
  expect(await call('none')).toEqual({ content: [{ type: 'text', text: 'null' }] });
  const { tools } = await ask('tools/list', {});
  for (const listed of tools as object[]) expect(listed).not.toHaveProperty('outputSchema');
});

test('a medium that is not base64 breaks its promise, and no client gets to see it', async () => {
  await serve(
    tool('png', { returns: png }, async () => ok('not base64 !!')),
    tool('rows', { returns: { type: 'array', items: { type: 'object', properties: { png } } } }, async () =>
      ok([{ png: 'aW1n' }, { png: 'aW1' }]),
    ),
    resource('a:png', { returns: png }, async () => ok('zz!!')),
  );
  const refused = (problem: string) => ({ isError: true, content: [{ text: expect.stringContaining(problem) }] });
  expect(await call('png')).toMatchObject(refused('- the value must be base64'));
  expect(await call('rows')).toMatchObject(refused('- /1/png must be base64'));
  expect(await ask('resources/read', { uri: 'a:png' })).toMatchObject({ error: { code: -32_603 } });
});

test('media inside of rows become blocks, the text says which, the data keeps all', async () => {
  const rows = [
    { name: 'Ada', photo: 'aW1n' },
    { name: 'Bo', photo: null },
    { name: 'Cy', photo: 'aW1nMg==' },
  ];
  const returns = {
    type: 'array',
    items: { type: 'object', properties: { name: { type: 'string' }, photo: { ...png, nullable: true } } },
  } as const;
  await serve(tool('people', { returns }, async () => ok(rows)));
  const text = JSON.stringify([
    { name: 'Ada', photo: '(image/png, block 1)' },
    { name: 'Bo', photo: null },
    { name: 'Cy', photo: '(image/png, block 2)' },
  ]);
  const shown = [
    { type: 'text', text },
    { type: 'image', data: 'aW1n', mimeType: 'image/png' },
    { type: 'image', data: 'aW1nMg==', mimeType: 'image/png' },
  ];
  expect(await call('people')).toEqual({ content: shown, structuredContent: rows });
  expect(await call('people', '2025-11-25')).toEqual({ content: shown, structuredContent: { result: rows } });
});

test('a resource gives text, JSON, bytes, media or blocks', async () => {
  await serve(
    resource('a:text', { mimeType: 'text/markdown' }, async () => ok('# Hi')),
    resource('a:json', {}, async () => ok([1])),
    resource('a:bytes', {}, async () => ({ kind: 'ok', value: 'aW1n', isBytes: true })),
    resource('a:png', { returns: png }, async () => ok('aW1n')),
    resource('a:blocks', {}, async () => blocks),
  );
  const read = async (uri: string) => (await ask('resources/read', { uri }))['contents' as never];
  expect(await read('a:text')).toEqual([{ uri: 'a:text', mimeType: 'text/markdown', text: '# Hi' }]);
  expect(await read('a:json')).toEqual([{ uri: 'a:json', mimeType: 'application/json', text: '[1]' }]);
  expect(await read('a:bytes')).toEqual([{ uri: 'a:bytes', mimeType: 'application/octet-stream', blob: 'aW1n' }]);
  expect(await read('a:png')).toEqual([{ uri: 'a:png', mimeType: 'image/png', blob: 'aW1n' }]);
  expect(await read('a:blocks')).toEqual([
    { uri: 'a:blocks', mimeType: 'text/plain', text: 'a map' },
    { uri: 'a:blocks', mimeType: 'image/png', blob: 'aW1n', _meta: { 'example.com/zoom': 3 } },
    { uri: 'a:blocks', mimeType: 'audio/wav', blob: 'c291bmQ=' },
    { uri: 'flights://log', mimeType: 'text/plain', text: 'log' },
    { uri: 'a:blocks', mimeType: 'text/uri-list', text: 'flights://airports' },
  ]);
});

test('a prompt gives texts, messages or blocks; anything else is an error that shows nothing of it', async () => {
  const noParameters = { description: undefined, parameters: [] };
  const image = { type: 'image', data: 'aW1n', mimeType: 'image/png' };
  await serve(
    prompt('text', noParameters, async () => ok('Hi')),
    prompt('list', noParameters, async () =>
      ok([{ role: 'assistant', content: 'Hi' }, { role: 'user', content: image }, 'So']),
    ),
    prompt('blocks', noParameters, async () => blocks),
    prompt('odd', noParameters, async () => ok([{ role: 'system', content: 'secret' }])),
  );
  const get = (name: string) => ask('prompts/get', { name });
  const said = (role: string, text: string) => ({ role, content: { type: 'text', text } });
  expect(await get('text')).toEqual({ messages: [said('user', 'Hi')] });
  expect(await get('list')).toEqual({
    messages: [said('assistant', 'Hi'), { role: 'user', content: image }, said('user', 'So')],
  });
  expect(await get('blocks')).toEqual({
    messages: content?.map(block => ({ role: 'user', content: block })),
    _meta: blocks.meta,
  });
  expect(await get('odd')).toEqual({
    error: {
      code: -32_603,
      message: expect.stringMatching(/\(incident [0-9a-f]{8}\)\.\n- \/0 must have the role "user" or "assistant"$/),
    },
  });
});

test('what the server says of itself comes once, not with every result', async () => {
  const icons = [{ src: 'data:image/png;base64,aW1n' }];
  const serverInfo = { name: 'flights', version: '1.0', title: 'Flights', icons };
  served = await serveOverHttp(await openRuntime([tool('draw', {}, async () => ok('x'))]), { serverInfo });
  const infoOf = async (method: string, params: object) =>
    JSON.parse((await send(served.url, modernRequest(method, { ...params }))).body).result._meta[serverInfoKey];
  expect(await infoOf('server/discover', {})).toEqual(serverInfo);
  expect(await infoOf('tools/call', { name: 'draw', arguments: {} })).toEqual({ name: 'flights', version: '1.0' });
  expect(await infoOf('tools/list', {})).toEqual({ name: 'flights', version: '1.0' });
});

test('lists show titles, icons, annotations and what else the author says', async () => {
  const icons = [
    { src: 'data:image/png;base64,aW1n', mimeType: 'image/png', sizes: ['48x48'], theme: 'dark' },
  ] as const;
  await serve(
    tool('draw', { title: 'Draw', icons, tags: ['art'], meta: { 'example.com/tier': 2 } }, async () => blocks),
    resource(
      'a:text',
      { title: 'Text', annotations: { audience: ['user'], priority: 1 }, cache: { ttlMs: 60_000, scope: 'public' } },
      async () => ok('x'),
    ),
  );
  expect(await ask('tools/list', {})).toMatchObject({
    tools: [{ name: 'draw', title: 'Draw', icons, _meta: { 'mxcp/tags': ['art'], 'example.com/tier': 2 } }],
  });
  expect(await ask('resources/list', {})).toMatchObject({
    resources: [{ uri: 'a:text', title: 'Text', annotations: { audience: ['user'], priority: 1 } }],
  });
  const raw = (method: string, params: object) => send(served.url, modernRequest(method, { ...params }));
  expect(JSON.parse((await raw('resources/read', { uri: 'a:text' })).body).result).toMatchObject({
    ttlMs: 60_000,
    cacheScope: 'public',
  });
  expect(JSON.parse((await raw('tools/list', {})).body).result).toMatchObject({ ttlMs: 60_000, cacheScope: 'public' });
  const session = await openSession(served.url);
  const old = messageOf(await send(served.url, legacyRequest('resources/read', { uri: 'a:text' }, session)));
  expect(old).toEqual({
    jsonrpc: '2.0',
    id: 7,
    result: { contents: [{ uri: 'a:text', mimeType: 'text/plain', text: 'x' }] },
  });
});
