import fc from 'fast-check';
import { expect, test } from 'vitest';
import { isMultipleOf, parseDecimal } from '../../src/number/decimal.ts';

test.each([
  ['12', { digits: 12n, exponent: 0 }],
  ['-0.50', { digits: -5n, exponent: -1 }],
  ['1200', { digits: 12n, exponent: 2 }],
  ['1.2e3', { digits: 12n, exponent: 2 }],
  ['000.000', { digits: 0n, exponent: 0 }],
  ['+7.', { digits: 7n, exponent: 0 }],
  ['', undefined],
  ['.', undefined],
  ['1_0', undefined],
  ['NaN', undefined],
  ['Infinity', undefined],
  ['1e99999', undefined],
])('reads "%s" as %o', (text, expected) => {
  expect(parseDecimal(text)).toEqual(expected);
});

test('every number of cents is a multiple of a cent', () => {
  fc.assert(
    fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), cents =>
      isMultipleOf(Number(`${cents}e-2`), 0.01),
    ),
  );
});

test('a number between two multiples is none', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000_000 }), tenths => !isMultipleOf(Number(`${tenths}.5e-1`), 0.1)),
  );
});
