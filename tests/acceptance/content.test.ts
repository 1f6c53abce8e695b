import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { makeContentProject, png, wav } from './support/content-project.ts';
import { type Revision, startWired, type WireClient, type WiredServer } from './support/wire-client.ts';

const languages = ['ts', 'py'] as const;
const incident = expect.stringMatching(/\(incident [0-9a-f]{8}\)/);
const image = { type: 'image', data: png, mimeType: 'image/png' };
const text = (value: string) => ({ type: 'text', text: value });

const blocks = [
  text('a text'),
  {
    ...text('a marked text'),
    annotations: { audience: ['user'], priority: 0.5, lastModified: '2026-01-02T03:04:05Z' },
  },
  { ...image, _meta: { 'com.example/zoom': 3 } },
  { type: 'audio', data: wav, mimeType: 'audio/wav' },
  { type: 'resource', resource: { uri: 'test://note', mimeType: 'text/plain', text: 'note' } },
  { type: 'resource', resource: { uri: 'test://bytes', blob: 'AQID' } },
  {
    type: 'resource_link',
    uri: 'test://pictures/1',
    name: 'red',
    title: 'Red',
    description: 'A pixel.',
    mimeType: 'image/png',
    size: 70,
  },
  text('{"rest":[1,null]}'),
];

const icon = { src: `data:image/png;base64,${png}`, mimeType: 'image/png' };
const serverInfo = {
  name: 'content',
  version: expect.any(String),
  title: 'Content',
  websiteUrl: 'https://example.com',
  icons: [icon],
};

describe.each([
  ['http', '2026-07-28'],
  ['http', '2025-11-25'],
  ['stdio', '2026-07-28'],
  ['stdio', '2025-11-25'],
] as const)('over %s, %s', (transport, revision) => {
  let server: WiredServer;
  let client: WireClient;
  beforeAll(async () => {
    server = await startWired(transport, makeContentProject());
    client = await server.connect(revision);
  });
  afterAll(() => server.stop());

  const call = async (name: string, args: object = {}) =>
    (await client.request('tools/call', { name, arguments: args })).result;
  const read = async (uri: string) => (await client.request('resources/read', { uri })).result;
  const whole = (result: object, meta: object = {}) => asSent(revision, result, meta);

  test('the server introduces itself', async () => {
    if (revision === '2025-11-25') {
      const shown = { protocolVersion: '2025-11-25', instructions: 'Look.', serverInfo };
      expect(client.introduction).toEqual({ ...shown, capabilities: expect.anything() });
    } else {
      const shown = { supportedVersions: ['2026-07-28'], instructions: 'Look.', ttlMs: 60_000, cacheScope: 'public' };
      const { result } = await client.request('server/discover');
      expect(result).toEqual({ ...whole(shown), capabilities: expect.anything() });
    }
  });

  test('a BLOB or a text with a media type is an image, a sound or a file', async () => {
    expect(await call('sql_picture', { id: 1 })).toEqual(whole({ content: [image] }));
    expect(await call('sql_picture', { id: 2 })).toEqual(whole({ content: [text('null')] }));
    expect(await call('sql_sound')).toEqual(whole({ content: [{ type: 'audio', data: wav, mimeType: 'audio/wav' }] }));
    const resource = { uri: 'mxcp://tools/sql_csv/result', mimeType: 'text/csv', text: '1,red\n2,none\n3,again' };
    expect(await call('sql_csv')).toEqual(whole({ content: [{ type: 'resource', resource }] }));
  });

  test('pictures in rows are blocks after the text; the data has them too', async () => {
    const rows = [
      { title: 'red', picture: png },
      { title: 'none', picture: null },
      { title: 'again', picture: png },
    ];
    const shown = [
      { title: 'red', picture: '(image/png, block 1)' },
      { title: 'none', picture: null },
      { title: 'again', picture: '(image/png, block 2)' },
    ];
    const content = [text(JSON.stringify(shown)), image, image];
    const structuredContent = revision === '2025-11-25' ? { result: rows } : rows;
    expect(await call('sql_gallery')).toEqual(whole({ content, structuredContent }));
  });

  test('a resource gives the bytes of a BLOB', async () => {
    const contents = [{ uri: 'test://pictures/3', mimeType: 'image/png', blob: png }];
    expect(await read('test://pictures/3')).toEqual(cacheable(revision, whole({ contents })));
  });

  describe.each(languages)('%s', language => {
    test('a list of every kind of block, texts and values arrives as it is', async () => {
      expect(await call(`${language}_blocks`)).toEqual(whole({ content: blocks }));
      expect(await call(`${language}_one`)).toEqual(whole({ content: [image] }));
    });

    test('content.result gives data, with blocks beside it', async () => {
      const content = [text('{"title":"red"}'), image, text('seen')];
      expect(await call(`${language}_both`)).toEqual(
        whole({ content, structuredContent: { title: 'red' } }, { 'com.example/took': 5 }),
      );
    });

    test('blocks that are promised as data, or stand inside of it, are an error of the author', async () => {
      expect(await call(`${language}_promised`)).toEqual(whole({ isError: true, content: [text(incident)] }));
      expect(await call(`${language}_misplaced`)).toEqual(whole({ isError: true, content: [text(incident)] }));
    });

    test('a resource gives bytes, or blocks each in its own way', async () => {
      const uri = `test://${language}/bytes`;
      const contents = [{ uri, mimeType: 'image/png', blob: png }];
      expect(await read(uri)).toEqual(cacheable(revision, whole({ contents })));
      expect(await read(`test://${language}/blocks`)).toEqual(
        cacheable(revision, whole({ contents: contentsOf(`test://${language}/blocks`) })),
      );
    });

    test('a prompt gives messages of texts and blocks', async () => {
      const { result } = await client.request('prompts/get', { name: `${language}_messages` });
      const messages = [
        { role: 'user', content: text('Look.') },
        { role: 'assistant', content: image },
        { role: 'user', content: { type: 'resource_link', uri: 'test://pictures/1', name: 'red' } },
      ];
      expect(result).toEqual(whole({ description: 'Test.', messages }));
    });
  });

  test('lists show titles, icons, meta, annotations and schemas as they are written', async () => {
    const { tools } = (await client.request('tools/list')).result;
    const find = (name: string) => tools.find((tool: { name: string }) => tool.name === name);
    expect(find('described')).toEqual(described);
    expect(find('sql_picture')).toEqual({
      name: 'sql_picture',
      description: 'Test.',
      inputSchema: expect.objectContaining({ properties: { id: { type: 'integer' } }, required: ['id'] }),
    });
    const { resourceTemplates } = (await client.request('resources/templates/list')).result;
    expect(resourceTemplates).toEqual([
      {
        uriTemplate: 'test://pictures/{id}',
        name: 'A picture',
        title: 'A picture',
        description: 'Test.',
        mimeType: 'image/png',
        icons: [{ ...icon, sizes: ['1x1'] }],
        _meta: { 'com.example/tier': 3 },
      },
    ]);
  });

  test('arguments declared as JSON Schema are checked by it', async () => {
    const rows = (start: string, finish: string | null) =>
      whole({ content: [text(JSON.stringify([{ start, finish }]))] });
    expect(await call('described', { from: 'ZRH', to: 'GVA' })).toEqual(rows('ZRH', 'GVA'));
    expect(await call('described', { from: 'ZRH' })).toEqual(rows('ZRH', null));
    for (const args of [{ from: 'zrh' }, { to: 'GVA' }, { from: 'ZRH', to: 'x' }, { from: 'ZRH', via: 'LHR' }])
      expect(await call('described', args)).toEqual(
        whole({ isError: true, content: [text(expect.stringContaining('The arguments are not valid.'))] }),
      );
  });

  test('headers of arguments are checked where there are headers, and clients of 2025 need none', async () => {
    const ask = (headers: Readonly<Record<string, string>>, args: object = { region: 'EU' }) =>
      client.request('tools/call', { name: 'headered', arguments: args }, headers);
    const said = (value: string) => whole({ content: [text(value)], ...wrapped(revision, value) });
    if (transport === 'stdio' || revision === '2025-11-25') {
      expect((await ask({})).result).toEqual(said('EU'));
      return;
    }
    expect((await ask({ 'mcp-param-region': 'EU' })).result).toEqual(said('EU'));
    const both = { 'mcp-param-region': 'EU', 'mcp-param-urgent': 'true' };
    expect((await ask(both, { region: 'EU', urgent: true })).result).toEqual(said('EU!'));
    const refused = { status: 400, error: { code: -32_020 } };
    expect(await ask({ 'mcp-param-region': 'US' })).toMatchObject(refused);
    expect(await ask({})).toMatchObject(refused);
    expect(await ask({ ...both, 'mcp-param-urgent': 'false' }, { region: 'EU', urgent: true })).toMatchObject(refused);
  });
});

/** What the revisions add to every result. */
function asSent(revision: Revision, result: object, meta: object): object {
  if (revision === '2025-11-25') return { ...result, ...(Object.keys(meta).length > 0 && { _meta: meta }) };
  // All that the server says of itself stands in the answer to `server/discover` only.
  const info = 'supportedVersions' in result ? serverInfo : { name: 'content', version: expect.any(String) };
  return { ...result, resultType: 'complete', _meta: { ...meta, 'io.modelcontextprotocol/serverInfo': info } };
}

/** How long a client of 2026 may keep what it has read: not at all, unless the resource says so. */
function cacheable(revision: Revision, result: object): object {
  return revision === '2025-11-25' ? result : { ...result, ttlMs: 0, cacheScope: 'private' };
}

function wrapped(revision: Revision, value: unknown): object {
  return { structuredContent: revision === '2025-11-25' ? { result: value } : value };
}

function contentsOf(uri: string): readonly object[] {
  return [
    { uri, mimeType: 'text/plain', text: 'a text' },
    { uri, mimeType: 'text/plain', text: 'a marked text' },
    { uri, mimeType: 'image/png', blob: png, _meta: { 'com.example/zoom': 3 } },
    { uri, mimeType: 'audio/wav', blob: wav },
    { uri: 'test://note', mimeType: 'text/plain', text: 'note' },
    { uri: 'test://bytes', blob: 'AQID' },
    { uri, mimeType: 'text/uri-list', text: 'test://pictures/1' },
    { uri, mimeType: 'text/plain', text: '{"rest":[1,null]}' },
  ];
}

const described = {
  name: 'described',
  title: 'Described',
  description: 'All that can be said of a tool.',
  icons: [
    { ...icon, sizes: ['1x1'], theme: 'dark' },
    { src: 'https://example.com/icon.svg', mimeType: 'image/svg+xml' },
  ],
  inputSchema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    $defs: { code: { $anchor: 'code', type: 'string', pattern: '^[A-Z]{3}$' } },
    properties: { from: { $ref: '#/$defs/code' }, to: { $ref: '#code' } },
    required: ['from'],
    if: { required: ['to'] },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { to: { minLength: 3 } } },
    additionalProperties: false,
  },
  annotations: { title: 'Described', readOnlyHint: true, openWorldHint: false },
  _meta: { 'mxcp/tags': ['art'], 'com.example/tier': 2 },
};
