/** A finite decimal number, exactly: `digits` × 10^`exponent`. Zero is 0 × 10^0; no other value ends in a zero digit. */
export interface Decimal {
  readonly digits: bigint;
  readonly exponent: number;
}

const decimalText = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d+))?$/;

/** Reads `-12`, `0.50`, `1e3`; undefined for anything else, and for exponents no double reaches. */
export function parseDecimal(text: string): Decimal | undefined {
  const match = decimalText.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', fraction = '', exponentText = '0'] = match;
  const all = `${whole}${fraction}`;
  if (all === '') return undefined;
  const significant = all.replace(/^0+/, '').replace(/0+$/, '');
  if (significant === '') return { digits: 0n, exponent: 0 };
  const trailingZeros = all.length - all.replace(/0+$/, '').length;
  const exponent = Number(exponentText) - fraction.length + trailingZeros;
  if (Math.abs(exponent) > 10_000 || significant.length > 10_000) return undefined;
  return { digits: BigInt(`${sign === '-' ? '-' : ''}${significant}`), exponent };
}

export function isSameDecimal(a: Decimal, b: Decimal): boolean {
  return a.digits === b.digits && a.exponent === b.exponent;
}

/** Decimal, as people reckon: 0.3 is a multiple of 0.1. `divisor` is greater than 0. */
export function isMultipleOf(value: number, divisor: number): boolean {
  if (Number.isSafeInteger(value) && Number.isSafeInteger(divisor)) return value % divisor === 0;
  const dividend = parseDecimal(String(value));
  const by = parseDecimal(String(divisor));
  if (dividend === undefined || by === undefined || by.digits === 0n) return false;
  const scale = Math.min(dividend.exponent, by.exponent);
  return scaled(dividend, scale) % scaled(by, scale) === 0n;
}

function scaled({ digits, exponent }: Decimal, scale: number): bigint {
  return digits * 10n ** BigInt(exponent - scale);
}
