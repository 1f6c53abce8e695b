import fc from 'fast-check';
import type { Json } from './json-text.ts';

/** What a client asks for, without what its revision puts around it. */
export interface Call {
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

/** Of a client of 2026. */
export const modernCall: fc.Arbitrary<Call> = fc.oneof(
  { weight: 10, arbitrary: ofBoth },
  { weight: 1, arbitrary: fc.constant<Call>({ method: 'server/discover' }) },
  { weight: 1, arbitrary: subscription },
);

/** Of a client of 2025. */
export const legacyCall: fc.Arbitrary<Call> = fc.oneof(
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
