import { expect, test } from 'vitest';
import { coerceScalar } from '../../src/shape/coerce-scalar.ts';

test.each([
  ['string', 'x', 'x'],
  ['string', 123, 123],
  ['string', true, true],
  ['integer', 5, 5],
  ['integer', 1.5, 1.5],
  ['integer', true, 1],
  ['integer', '9000', 9000],
  ['integer', ' 5 ', 5],
  ['integer', '1.0', 1],
  ['integer', '1.5', '1.5'],
  ['integer', '0x10', '0x10'],
  ['integer', '', ''],
  ['integer', '99999999999999999999', '99999999999999999999'],
  ['number', '1.5', 1.5],
  ['number', '-1e3', -1000],
  ['number', 'nan', 'nan'],
  ['number', 'x', 'x'],
  ['boolean', true, true],
  ['boolean', 0, false],
  ['boolean', 1, true],
  ['boolean', 2, 2],
  ['boolean', 'YES', true],
  ['boolean', 'off', false],
  ['boolean', 't', true],
  ['boolean', 'N', false],
  ['boolean', '1', true],
  ['boolean', 'maybe', 'maybe'],
])('takes for %s the value %j as %j', (type, value, result) => {
  expect(coerceScalar(value, [type])).toBe(result);
});

test('leaves values alone where anything is allowed', () => {
  expect(['yes', '5', true].map(value => coerceScalar(value, []))).toEqual(['yes', '5', true]);
});
