import { coerceArguments } from '@mxcp-ts/values';
import { expect, test } from 'vitest';

test('reads texts as their types, and leaves alone what cannot be read or is not declared', () => {
  const parameters = [
    { name: 'limit', type: 'integer' },
    { name: 'deep', type: 'object', properties: { on: { type: 'boolean' } } },
    { name: 'text', type: 'string' },
    { name: 'any' },
  ] as const;
  const args = { limit: '5', deep: '{"on":"true"}', text: '5', any: '5', other: '5' };
  expect(coerceArguments(parameters, args)).toEqual({
    limit: 5,
    deep: { on: true },
    text: '5',
    any: '5',
    other: '5',
  });
  expect(coerceArguments(parameters, { limit: 'many', deep: '[' })).toEqual({ limit: 'many', deep: '[' });
});

test('JSON where an array or object may stand is read, whatever is inside', () => {
  const parameters: Parameters<typeof coerceArguments>[0] = [
    { name: 'items', type: 'array', items: { type: 'object', properties: { n: { type: 'integer' } } } },
    { name: 'one', anyOf: [{ type: 'string' }, { type: 'object' }] },
    { name: 'text', anyOf: [{ type: 'string' }, { type: 'integer' }] },
    { name: 'any' },
  ];
  const args = { items: '[{"n":"1"},{"n":"x"},7]', one: '{"a":1}', text: '[1]', any: '[1]' };
  expect(coerceArguments(parameters, args)).toEqual({
    items: [{ n: 1 }, { n: 'x' }, 7],
    one: { a: 1 },
    text: '[1]',
    any: [1],
  });
});
