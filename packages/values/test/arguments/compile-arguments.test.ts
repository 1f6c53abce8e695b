import { compileArguments } from '@mxcp-ts/values';
import { expect, test } from 'vitest';

const read = compileArguments([
  { name: 'region', type: 'string', minLength: 2, enum: ['north', 'south'] },
  { name: 'limit', type: 'integer', minimum: 1, maximum: 100, default: 10 },
  {
    name: 'window',
    type: 'object',
    properties: {
      from: { type: 'integer' },
      to: { type: 'integer', default: 7 },
      days: { type: 'array', items: { type: 'string', format: 'date' } },
    },
    required: ['from'],
    additionalProperties: false,
    default: { from: 1 },
  },
]);

test('applies defaults, also those of nested properties', () => {
  expect(read({ region: 'north' })).toEqual({
    ok: true,
    value: { region: 'north', limit: 10, window: { from: 1, to: 7 } },
  });
});

test('takes no arguments at all as an empty object', () => {
  const missing = { ok: false, problems: [{ pointer: '/region', message: 'is required' }] };
  expect(read(undefined)).toEqual(missing);
  expect(read(null)).toEqual(missing);
  expect(compileArguments([])(undefined)).toEqual({ ok: true, value: {} });
});

test.each([5, 'text', true, [1], '{"region":"north"}'])('refuses %j in place of the arguments', raw => {
  expect(read(raw)).toEqual({
    ok: false,
    problems: [{ pointer: '', message: 'must be an object that holds the arguments by name' }],
  });
});

test('reports every problem of a call, each once, at its place', () => {
  expect(
    read({ regoin: 'x', limit: 500, window: { fromm: 1, to: 'x', days: ['2025-01-01', '2025-02-30', 5] } }),
  ).toEqual({
    ok: false,
    problems: [
      { pointer: '/region', message: 'is required' },
      { pointer: '/window/to', message: 'must be an integer' },
      { pointer: '/regoin', message: 'is not a declared argument; did you mean "region"?' },
      { pointer: '/limit', message: 'must be at most 100' },
      { pointer: '/window/from', message: 'is required' },
      { pointer: '/window/fromm', message: 'is not a declared property; did you mean "from"?' },
      { pointer: '/window/days/1', message: 'must be a date like 2025-01-31' },
      { pointer: '/window/days/2', message: 'must be a date like 2025-01-31' },
    ],
  });
});

test('never changes what it is given', () => {
  const raw = { region: 'north', limit: '5', window: { from: '1', days: ['2025-01-01'] } };
  const before = structuredClone(raw);
  expect(read(raw)).toEqual({
    ok: true,
    value: { region: 'north', limit: 5, window: { from: 1, to: 7, days: ['2025-01-01'] } },
  });
  expect(raw).toEqual(before);
});

test('takes names that objects inherit for what they are: unknown, or absent', () => {
  const raw: unknown = JSON.parse('{"region":"north","__proto__":{"limit":1},"constructor":1,"toString":2}');
  expect(read(raw)).toEqual({
    ok: false,
    problems: [
      { pointer: '/__proto__', message: 'is not a declared argument' },
      { pointer: '/constructor', message: 'is not a declared argument' },
      { pointer: '/toString', message: 'is not a declared argument' },
    ],
  });
  const integer = { type: 'integer' } as const;
  const declared = compileArguments([
    { name: 'constructor', type: 'string', default: 'a' },
    { name: 'box', type: 'object', properties: Object.fromEntries([['valueOf', integer]]), default: {} },
  ]);
  expect(declared({})).toEqual({ ok: true, value: { constructor: 'a', box: {} } });
});

test('keeps a nested __proto__ as a plain property, without giving it to the object', () => {
  const reader = compileArguments([
    { name: 'box', type: 'object', properties: { a: { type: 'integer' }, b: { type: 'integer', default: 2 } } },
  ]);
  const result = reader(JSON.parse('{"box":{"__proto__":{"polluted":true},"a":"1"}}'));
  expect(JSON.stringify(result)).toBe('{"ok":true,"value":{"box":{"__proto__":{"polluted":true},"a":1,"b":2}}}');
  const box = result.ok && (result.value['box'] as object);
  expect(Object.getPrototypeOf(box)).toBe(Object.prototype);
});

test('explains the branch of a union that the value was meant for', () => {
  const shape = compileArguments([
    {
      name: 'shape',
      oneOf: [
        {
          type: 'object',
          properties: { kind: { const: 'circle' }, radius: { type: 'number', minimum: 0 } },
          required: ['kind', 'radius'],
        },
        {
          type: 'object',
          properties: { kind: { const: 'square' }, side: { type: 'number' } },
          required: ['kind', 'side'],
        },
      ],
    },
  ]);
  expect(shape({ shape: { kind: 'circle', radius: -1 } })).toEqual({
    ok: false,
    problems: [{ pointer: '/shape/radius', message: 'must be at least 0' }],
  });
  expect(shape({ shape: { kind: 'line' } })).toEqual({
    ok: false,
    problems: [{ pointer: '/shape', message: 'must be one of the declared alternatives' }],
  });
});

test('names fixed values that are alternatives', () => {
  const reader = compileArguments([{ name: 'size', oneOf: [{ const: 's', title: 'Small' }, { const: 'l' }] }]);
  expect(reader({ size: 'xl' })).toEqual({
    ok: false,
    problems: [{ pointer: '/size', message: 'must be one of "s", "l"' }],
  });
});

test('says when a value fits several branches of which only one may', () => {
  const reader = compileArguments([{ name: 'n', oneOf: [{ type: 'integer' }, { type: 'number', minimum: 3 }] }]);
  expect(reader({ n: 5 })).toEqual({
    ok: false,
    problems: [{ pointer: '/n', message: 'must fit exactly one of the alternatives, and fits several' }],
  });
});

test('explains the type itself when it is nullable and fixed', () => {
  const reader = compileArguments([{ name: 'unit', type: 'string', enum: ['kg', 'lb'], nullable: true }]);
  expect(reader({ unit: 'g' })).toEqual({
    ok: false,
    problems: [{ pointer: '/unit', message: 'must be one of "kg", "lb"' }],
  });
});

test('names no property of a sensitive value', () => {
  const reader = compileArguments([
    {
      name: 'keys',
      type: 'object',
      sensitive: true,
      properties: { inner: { type: 'object', additionalProperties: false } },
      additionalProperties: false,
    },
  ]);
  expect(reader({ keys: { inner: { 's3cret-a': 1 }, 's3cret-b': 2 } })).toEqual({
    ok: false,
    problems: [
      { pointer: '/keys', message: 'has a property that is not declared' },
      { pointer: '/keys/inner', message: 'has a property that is not declared' },
    ],
  });
});

test('shows a hundred problems and counts the rest', () => {
  const reader = compileArguments([{ name: 'ids', type: 'array', items: { type: 'integer', minimum: 1 } }]);
  const result = reader({ ids: Array.from({ length: 5000 }, () => 0) });
  expect(result.ok).toBe(false);
  const problems = result.ok ? [] : result.problems;
  expect(problems).toHaveLength(101);
  expect(problems.at(-2)).toEqual({ pointer: '/ids/99', message: 'must be at least 1' });
  expect(problems.at(-1)).toEqual({ pointer: '', message: 'has 4900 more problems' });
});

test('answers a value nested deeper than the stack instead of failing', () => {
  const reader = compileArguments([{ name: 'list', type: 'array', uniqueItems: true }]);
  const deep: unknown = JSON.parse(`${'['.repeat(200_000)}${']'.repeat(200_000)}`);
  expect(reader({ list: [deep, deep] })).toEqual({
    ok: false,
    problems: [{ pointer: '', message: 'is nested too deeply' }],
  });
});

test('escapes names in pointers', () => {
  expect(compileArguments([])({ 'a/b~c': 1 })).toEqual({
    ok: false,
    problems: [{ pointer: '/a~1b~0c', message: 'is not a declared argument' }],
  });
});
