import { renderNumberText } from '@mxcp-ts/values';
import fc from 'fast-check';
import { expect, test } from 'vitest';

const lost = { ok: false };
const as = (value: number | string) => ({ ok: true, value });

test.each([
  ['5', as('5'), as(5), as(5), as(5)],
  ['-0', as('-0'), as(0), as(0), as(0)],
  ['9007199254740991', as('9007199254740991'), as(9007199254740991), as(9007199254740991), as(9007199254740991)],
  ['9007199254740992', as('9007199254740992'), lost, as(9007199254740992), as('9007199254740992')],
  ['9007199254740993', as('9007199254740993'), lost, lost, as('9007199254740993')],
  ['12345678901234567890', as('12345678901234567890'), lost, lost, as('12345678901234567890')],
  ['1234.5600', as('1234.5600'), as(1234.56), as(1234.56), as(1234.56)],
  ['3.0000', as('3.0000'), as(3), as(3), as(3)],
  ['0.1', as('0.1'), as(0.1), as(0.1), as(0.1)],
  ['1234567890123456.7891', as('1234567890123456.7891'), lost, lost, as('1234567890123456.7891')],
  ['1e3', as('1e3'), as(1000), as(1000), as(1000)],
  ['1e400', as('1e400'), lost, lost, as('1e400')],
  ['NaN', as('NaN'), lost, lost, as('NaN')],
])('renders %s as string, integer, number and undeclared', (text, string, integer, number, undeclared) => {
  expect([
    renderNumberText(text, 'string'),
    renderNumberText(text, 'integer'),
    renderNumberText(text, 'number'),
    renderNumberText(text, undefined),
  ]).toEqual([string, integer, number, undeclared]);
});

test('a bigint that becomes a number is the same number', () => {
  fc.assert(
    fc.property(fc.bigInt({ min: -(2n ** 70n), max: 2n ** 70n }), exact => {
      const rendered = renderNumberText(String(exact), 'integer');
      const isSafe = exact >= BigInt(Number.MIN_SAFE_INTEGER) && exact <= BigInt(Number.MAX_SAFE_INTEGER);
      expect(rendered).toEqual(isSafe ? as(Number(exact)) : lost);
    }),
  );
});

test('every double is rendered from the text it prints as', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
      expect(renderNumberText(String(value), 'number')).toEqual(as(value + 0));
    }),
  );
});
