import { isTruthy, numberOf, RenderError, textOf, type Value } from '../value.ts';
import type { FilterDefinition } from './filter-definition.ts';

export const numberFilters: Readonly<Record<string, FilterDefinition>> = Object.freeze({
  abs: { parameters: [], summary: 'without its sign', apply: value => Math.abs(numberOf(value, '"abs"')) },
  filesizeformat: {
    parameters: ['binary'],
    summary: 'bytes as `1.2 MB`, or `1.1 MiB` with `binary`',
    apply: (value, args) => formatBytes(numberOf(value, '"filesizeformat"'), isTruthy(args.get('binary'))),
  },
  float: {
    parameters: ['default'],
    summary: 'a number read from a text, or a default (0)',
    apply: (value, args) => readNumber(value) ?? args.get('default') ?? 0,
  },
  int: {
    parameters: ['default'],
    summary: 'a whole number, the fraction cut off, or a default (0)',
    apply: (value, args) => {
      const number = readNumber(value);
      return number === undefined ? (args.get('default') ?? 0) : Math.trunc(number);
    },
  },
  round: {
    parameters: ['precision', 'method'],
    summary: 'to a number of decimals (0); method `common`, `ceil` or `floor`',
    apply: (value, args) =>
      round(
        numberOf(value, '"round"'),
        numberOf(args.get('precision') ?? 0, '"precision"'),
        args.get('method') ?? 'common',
      ),
  },
} satisfies Record<string, FilterDefinition>);

function readNumber(value: Value): number | undefined {
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
  const text = textOf(value).trim();
  return /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : undefined;
}

function round(value: number, precision: number, method: Value): number {
  const compute = { common: roundHalfAway, ceil: Math.ceil, floor: Math.floor }[textOf(method)];
  if (compute === undefined) throw new RenderError('The method of "round" is common, ceil or floor.');
  if (!Number.isInteger(precision) || Math.abs(precision) > 100)
    throw new RenderError('A precision is a whole number.');
  // Shifting the decimal point in the text avoids 1.005 * 100 = 100.49999999999999.
  const shifted = compute(shift(value, precision));
  return shift(shifted, -precision);
}

function shift(value: number, places: number): number {
  const [mantissa, exponent = '0'] = String(value).split('e');
  return Number(`${mantissa}e${Number(exponent) + places}`);
}

function roundHalfAway(value: number): number {
  return Math.sign(value) * Math.round(Math.abs(value));
}

function formatBytes(bytes: number, isBinary: boolean): string {
  const base = isBinary ? 1024 : 1000;
  const units = isBinary ? ['KiB', 'MiB', 'GiB', 'TiB', 'PiB'] : ['kB', 'MB', 'GB', 'TB', 'PB'];
  if (bytes === 1) return '1 Byte';
  if (bytes < base) return `${Math.trunc(bytes)} Bytes`;
  const power = Math.min(Math.floor(Math.log(bytes) / Math.log(base)), units.length);
  return `${(bytes / base ** power).toFixed(1)} ${units[power - 1]}`;
}
