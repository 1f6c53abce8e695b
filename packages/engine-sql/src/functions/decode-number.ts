import { type DuckDBDecimalType, DuckDBDecimalValue, DuckDBTypeId } from '@duckdb/node-api';
import type { ValueDecoder } from './decode-value.ts';

/** Bits and sign of the types that the driver takes as numbers. */
const small: ReadonlyMap<DuckDBTypeId, readonly [least: number, greatest: number]> = new Map([
  [DuckDBTypeId.TINYINT, [-128, 127]],
  [DuckDBTypeId.SMALLINT, [-32_768, 32_767]],
  [DuckDBTypeId.INTEGER, [-2_147_483_648, 2_147_483_647]],
  [DuckDBTypeId.UTINYINT, [0, 255]],
  [DuckDBTypeId.USMALLINT, [0, 65_535]],
  [DuckDBTypeId.UINTEGER, [0, 4_294_967_295]],
]);

/** The same for those that it takes as big integers. */
const large: ReadonlyMap<DuckDBTypeId, readonly [least: bigint, greatest: bigint]> = new Map([
  [DuckDBTypeId.BIGINT, [-(2n ** 63n), 2n ** 63n - 1n]],
  [DuckDBTypeId.UBIGINT, [0n, 2n ** 64n - 1n]],
  [DuckDBTypeId.HUGEINT, [-(2n ** 127n), 2n ** 127n - 1n]],
  [DuckDBTypeId.UHUGEINT, [0n, 2n ** 128n - 1n]],
]);

/** How whole numbers of a type are read, from a number or from text with all digits; undefined for other types. */
export function integerDecoder(typeId: DuckDBTypeId): ValueDecoder | undefined {
  const range = small.get(typeId);
  if (range !== undefined) {
    const [least, greatest] = range;
    return value =>
      typeof value === 'number' && Number.isInteger(value) && value >= least && value <= greatest ? value : undefined;
  }
  const largeRange = large.get(typeId);
  if (largeRange === undefined) return undefined;
  const [least, greatest] = largeRange;
  return value => {
    const whole = bigintOf(value);
    return whole !== undefined && whole >= least && whole <= greatest ? whole : undefined;
  };
}

function bigintOf(value: unknown): bigint | undefined {
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : undefined;
  return typeof value === 'string' && /^[+-]?\d+$/.test(value) ? BigInt(value) : undefined;
}

const decimal = /^([+-]?)(\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,4}))?$/;

/** How decimals are read, from a number or from text; digits beyond the scale are rounded, half away from zero. */
export function decimalDecoder({ width, scale }: DuckDBDecimalType): ValueDecoder {
  const limit = 10n ** BigInt(width);
  return value => {
    if (typeof value !== 'number' && typeof value !== 'string') return undefined;
    const scaled = scaledOf(String(value), scale);
    if (scaled === undefined || scaled >= limit || scaled <= -limit) return undefined;
    return new DuckDBDecimalValue(scaled, width, scale);
  };
}

function scaledOf(text: string, scale: number): bigint | undefined {
  const [, sign, whole = '', fraction = '', exponent = '0'] = decimal.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '') return undefined;
  const digits = BigInt(whole + fraction);
  const shift = scale - fraction.length + Number(exponent);
  const size = shift >= 0 ? digits * 10n ** BigInt(shift) : divideRounded(digits, 10n ** BigInt(-shift));
  return sign === '-' ? -size : size;
}

function divideRounded(size: bigint, by: bigint): bigint {
  return (size + by / 2n) / by;
}
