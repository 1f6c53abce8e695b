import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hasRepeatedItem } from '../../src/check/has-repeated-item.ts';

test.each([
  [[], false],
  [[1, 2], false],
  [[1, 1], true],
  [[1, '1', true, null], false],
  [[null, null], true],
  [['[1]', [1]], false],
  [
    [
      [1, 2],
      [2, 1],
    ],
    false,
  ],
  [[{ a: [{ b: 1, c: 2 }] }, { a: [{ c: 2, b: 1 }] }], true],
  [[{ a: 1 }, { a: '1' }], false],
])('%j: %j', (items, expected) => {
  expect(hasRepeatedItem(items)).toBe(expected);
});

test('finds a copy of any item wherever it stands', () => {
  fc.assert(
    fc.property(fc.array(fc.jsonValue()), fc.jsonValue(), (items, extra) =>
      hasRepeatedItem([extra, ...items, JSON.parse(JSON.stringify(extra))]),
    ),
  );
});
