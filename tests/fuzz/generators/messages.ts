import fc from 'fast-check';
import { type Json, RawJson } from './json-text.ts';

export type Era = '2025' | '2026';

/** A message as a well-behaved client would send it. */
export interface Message {
  readonly era: Era;
  readonly method: string;
  /** What the revision of 2026 repeats in `Mcp-Name`. */
  readonly name: string | undefined;
  readonly document: { readonly [key: string]: Json };
}

interface Call {
  readonly method: string;
  readonly params?: { readonly [key: string]: Json };
}

const text = fc.oneof(
  fc.constantFrom('', 'lamp', 'Tür', '𝕌', '{{ name }}', '@@session@@'),
  fc.string({ maxLength: 12 }),
);

const toolArguments: Readonly<Record<string, fc.Arbitrary<{ readonly [key: string]: Json }>>> = {
  sql_find: fc.record(
    { name: text, least: fc.float({ noNaN: true, noDefaultInfinity: true }), limit: fc.integer() },
    { requiredKeys: [] },
  ),
  sql_broken: fc.record({ text }),
  ts_echo: fc.record(
    {
      text,
      items: fc.array(fc.maxSafeInteger(), { maxLength: 5 }),
      extra: fc.constantFrom({}, { a: [1, { b: null }] }),
    },
    { requiredKeys: [] },
  ),
  ts_typed: fc.record(
    {
      small: fc.integer({ min: -6, max: 6 }),
      ratio: fc.double({ noNaN: true, noDefaultInfinity: true }),
      flag: fc.boolean(),
      color: fc.constantFrom('red', 'blue', 'mauve'),
      code: fc.constantFrom('AB', 'abc', 'ABCDEF'),
      moment: fc.constantFrom('2026-01-01T00:00:00Z', '2026-01-01', 'now'),
      tags: fc.array(text, { maxLength: 6 }),
      place: fc.constantFrom(null, { city: 'X', zip: '12345' }, { zip: '1' }, { city: 1 }),
    },
    { requiredKeys: ['small'] },
  ),
  ts_broken: fc.record({ text }),
  ts_tells: fc.record({ steps: fc.integer({ min: -1, max: 21 }) }),
  ts_waits: fc.record({ ms: fc.constantFrom(0, 1, 20, 60_000) }),
  py_echo: fc.record({ text, number: fc.double({ noNaN: true, noDefaultInfinity: true }) }, { requiredKeys: [] }),
  py_broken: fc.record({ text }),
  py_session: fc.constant({}),
  sql_asks: fc.record({ text }),
  ts_asks: fc.constant({}),
  py_asks: fc.constant({}),
  ts_task: fc.record({ ms: fc.constantFrom(0, 10, 100) }),
  py_task: fc.record({ ms: fc.constantFrom(0, 10, 100) }),
  ts_header: fc.record({ region: text, level: fc.integer({ min: -1, max: 3 }) }),
  'no such tool': fc.constant({}),
};

const toolCall = fc
  .constantFrom(...Object.keys(toolArguments), 'ts_echo', 'py_echo')
  .chain(name =>
    (toolArguments[name] ?? fc.constant({})).map(
      (args): Call => ({ method: 'tools/call', params: { name, arguments: args } }),
    ),
  );

const uri = fc.constantFrom(
  'fuzz://static',
  'fuzz://items/lamp',
  'fuzz://items/T%C3%BCr',
  'fuzz://items/sofa',
  'fuzz://numbered/1',
  'fuzz://numbered/one',
  'fuzz://search?text=a&limit=2',
  'fuzz://search',
  'fuzz://files/a/b%20c',
  'fuzz://lost',
  'fuzz://items/{id}',
  'fuzz://nowhere',
  'not a uri',
);

const cursor = fc.constantFrom('@@cursor@@', 'MTowAA', 'MToxMDAw', '');

const completion = fc
  .record({
    ref: fc.constantFrom<{ readonly [key: string]: Json }>(
      { type: 'ref/prompt', name: 'greet' },
      { type: 'ref/resource', uri: 'fuzz://items/{id}' },
      { type: 'ref/prompt', name: 'nothing' },
      { type: 'ref/tool', name: 'ts_typed' },
    ),
    argument: fc.record({
      name: fc.constantFrom('tone', 'id', 'nothing'),
      value: fc.constantFrom('', 'w', 'T', 'zzz'),
    }),
  })
  .map((params): Call => ({ method: 'completion/complete', params }));

const prompt = fc
  .record({
    name: fc.constantFrom('greet', 'plain', 'fails', 'asks', 'nothing'),
    arguments: fc.record(
      { name: text, tone: fc.constantFrom('warm', 'cold'), times: fc.constantFrom('1', '5', 'many') },
      { requiredKeys: [] },
    ),
  })
  .map((params): Call => ({ method: 'prompts/get', params }));

const list = fc
  .tuple(
    fc.constantFrom('tools/list', 'prompts/list', 'resources/list', 'resources/templates/list'),
    fc.option(cursor, { freq: 3 }),
  )
  .map(([method, at]): Call => (at === null ? { method } : { method, params: { cursor: at } }));

const task = fc
  .tuple(
    fc.constantFrom('tasks/get', 'tasks/update', 'tasks/cancel', 'tasks/list', 'tasks/result'),
    fc.constantFrom<{ readonly [key: string]: Json }>(
      {},
      { inputResponses: { answer: { action: 'accept', content: { ok: true } } } },
      { inputResponses: [] },
    ),
  )
  .map(([method, rest]): Call => ({ method, params: { taskId: '@@task@@', ...rest } }));

const level = fc.constantFrom('debug', 'info', 'warning', 'emergency', 'loud');

const ofBoth: fc.Arbitrary<Call> = fc.oneof(
  { weight: 12, arbitrary: toolCall },
  { weight: 4, arbitrary: list },
  { weight: 4, arbitrary: uri.map((where): Call => ({ method: 'resources/read', params: { uri: where } })) },
  { weight: 3, arbitrary: prompt },
  { weight: 3, arbitrary: completion },
  { weight: 2, arbitrary: task },
  {
    weight: 1,
    arbitrary: fc.constantFrom<Call>(
      { method: 'ping' },
      { method: 'rpc.discover' },
      { method: 'tools/destroy', params: {} },
      { method: '' },
    ),
  },
);

const subscription = fc
  .record(
    {
      toolsListChanged: fc.boolean(),
      promptsListChanged: fc.boolean(),
      resourcesListChanged: fc.boolean(),
      resourceSubscriptions: fc.array(uri, { maxLength: 3 }),
    },
    { requiredKeys: [] },
  )
  .map((notifications): Call => ({ method: 'subscriptions/listen', params: { notifications } }));

const ofModern: fc.Arbitrary<Call> = fc.oneof(
  { weight: 10, arbitrary: ofBoth },
  { weight: 1, arbitrary: fc.constant<Call>({ method: 'server/discover' }) },
  { weight: 1, arbitrary: subscription },
);

const ofLegacy: fc.Arbitrary<Call> = fc.oneof(
  { weight: 10, arbitrary: ofBoth },
  { weight: 2, arbitrary: level.map((name): Call => ({ method: 'logging/setLevel', params: { level: name } })) },
  {
    weight: 2,
    arbitrary: fc
      .tuple(fc.constantFrom('resources/subscribe', 'resources/unsubscribe'), uri)
      .map(([method, where]): Call => ({ method, params: { uri: where } })),
  },
  { weight: 1, arbitrary: fc.constant<Call>({ method: 'server/discover' }) },
);

const id = fc.oneof(fc.nat(1_000), fc.constantFrom<Json>('a', '', '7', -1, 2 ** 53, 'ü'), fc.uuid());

const protocolMeta = {
  'io.modelcontextprotocol/protocolVersion': '2026-07-28',
  'io.modelcontextprotocol/clientInfo': { name: 'fuzz', version: '1' },
};

const capabilities = fc.constantFrom<{ readonly [key: string]: Json }>(
  {},
  { elicitation: { form: {}, url: {} }, sampling: {}, roots: {} },
  { extensions: { 'io.modelcontextprotocol/tasks': {} } },
  { elicitation: {}, extensions: { 'io.modelcontextprotocol/tasks': {} } },
);

const wish = fc.constantFrom<{ readonly [key: string]: Json }>(
  {},
  {},
  {},
  { progressToken: 'p' },
  { progressToken: 1, 'io.modelcontextprotocol/logLevel': 'debug' },
  { traceparent: '00-0-0-00' },
);

/** What a client of 2026 adds to a call that it makes again. */
const again = fc.constantFrom<{ readonly [key: string]: Json }>(
  {},
  {},
  {},
  {},
  { inputResponses: { answer: { action: 'accept', content: { ok: true } } }, requestState: '@@state@@' },
  { inputResponses: { answer: { action: 'decline' } }, requestState: '@@state-tampered@@' },
  { inputResponses: { __proto__x: null, answer: 7 } },
  {
    inputResponses: {
      answer: { action: 'accept', content: { ok: true } },
      model: { role: 'assistant', content: { type: 'text', text: 'Hello.' }, model: 'm' },
      folders: { roots: [{ uri: 'file:///a' }] },
    },
    requestState: '@@state@@',
  },
  { requestState: 'e30.e30' },
);

const modernRequest = fc
  .tuple(ofModern, id, capabilities, wish, again)
  .map(([{ method, params }, requestId, clientCapabilities, meta, retry]): Message => {
    const name = params?.['name'] ?? params?.['uri'];
    const _meta = { ...protocolMeta, 'io.modelcontextprotocol/clientCapabilities': clientCapabilities, ...meta };
    return {
      era: '2026',
      method,
      name: typeof name === 'string' ? name : undefined,
      document: { jsonrpc: '2.0', id: requestId, method, params: { ...params, ...retry, _meta } },
    };
  });

const legacyRequest = fc.tuple(ofLegacy, id, wish).map(([{ method, params }, requestId, meta]): Message => {
  const withMeta = { ...params, ...(Object.keys(meta).length > 0 && { _meta: meta }) };
  return {
    era: '2025',
    method,
    name: undefined,
    document: { jsonrpc: '2.0', id: requestId, method, params: withMeta },
  };
});

const notification = fc
  .tuple(
    fc.constantFrom<Era>('2025', '2026'),
    fc.constantFrom<Call>(
      { method: 'notifications/initialized' },
      { method: 'notifications/cancelled', params: { requestId: 1, reason: 'enough' } },
      { method: 'notifications/cancelled', params: { requestId: 'a' } },
      { method: 'notifications/progress', params: { progressToken: 'p', progress: 1 } },
      { method: 'notifications/roots/list_changed' },
      { method: 'notifications/unknown', params: {} },
    ),
  )
  .map(
    ([era, { method, params }]): Message => ({
      era,
      method,
      name: undefined,
      document: { jsonrpc: '2.0', method, params: { ...params, ...(era === '2026' && { _meta: protocolMeta }) } },
    }),
  );

/** What a client of 2025 answers when it is asked something, whether it was or not. */
const response = fc
  .oneof({ weight: 3, arbitrary: fc.constant(new RawJson('@@asked@@')) }, { weight: 1, arbitrary: id })
  .chain(requestId =>
    fc
      .constantFrom<{ readonly [key: string]: Json }>(
        { result: {} },
        { result: { action: 'accept', content: { ok: true } } },
        { result: { action: 'accept', content: { ok: 'no', days: 1e9, __proto__x: 1 } } },
        { result: { action: 'decline' } },
        { result: { action: 'shrug' } },
        { result: { role: 'assistant', content: { type: 'text', text: 'Hello.' }, model: 'm' } },
        { result: { role: 'assistant', content: [{ type: 'image' }], model: 1 } },
        { result: { roots: [{ uri: 'x' }] } },
        { result: { roots: [{ uri: 'file:///a', name: 'a' }] } },
        { error: { code: -1, message: 'no' } },
        { error: { code: 'x' } },
        { result: 1, error: 1 },
      )
      .map(
        (rest): Message => ({
          era: '2025',
          method: '',
          name: undefined,
          document: { jsonrpc: '2.0', id: requestId, ...rest },
        }),
      ),
  );

/** The first message of a client of 2025. */
export const initialize: fc.Arbitrary<Message> = fc
  .tuple(
    fc.constantFrom('2025-11-25', '2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05', '2026-07-28', 'junk'),
    capabilities,
  )
  .map(
    ([protocolVersion, abilities]): Message => ({
      era: '2025',
      method: 'initialize',
      name: undefined,
      document: {
        jsonrpc: '2.0',
        id: 0,
        method: 'initialize',
        params: { protocolVersion, capabilities: abilities, clientInfo: { name: 'fuzz', version: '1' } },
      },
    }),
  );

/** Valid messages of every method of one era. */
export function messagesOf(era: Era): fc.Arbitrary<Message> {
  if (era === '2026') return fc.oneof({ weight: 12, arbitrary: modernRequest }, { weight: 1, arbitrary: notification });
  return fc.oneof(
    { weight: 16, arbitrary: legacyRequest },
    { weight: 1, arbitrary: initialize },
    { weight: 2, arbitrary: notification },
    { weight: 1, arbitrary: response },
  );
}
