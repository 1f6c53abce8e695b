import type { TypeDefinition } from '@mxcp-ts/schemas';
import { fullFormats } from 'ajv-formats/dist/formats.js';

export type FormatName = NonNullable<TypeDefinition['format']>;

export interface TextFormat {
  readonly test: (text: string) => boolean;
  /** Ends the sentence "must be …". */
  readonly noun: string;
}

const daysOfMonth = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const timePattern = /^([01]\d|2[0-3]):[0-5]\d:[0-5]\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3])(:?[0-5]\d)?)?$/i;
const clockPattern = /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d(\.\d{1,9})?)?(Z|[+-]([01]\d|2[0-3])(:?[0-5]\d)?)?$/i;
const durationPattern =
  /^[+-]?P(?=[+-]?\d|T)([+-]?\d+([.,]\d+)?Y)?([+-]?\d+([.,]\d+)?M)?([+-]?\d+([.,]\d+)?W)?([+-]?\d+([.,]\d+)?D)?(T(?=[+-]?\d)([+-]?\d+([.,]\d+)?H)?([+-]?\d+([.,]\d+)?M)?([+-]?\d+([.,]\d+)?S)?)?$/;
const numberPattern = /^\s*[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d+)?\s*$/;

/**
 * Every `format` a type may have. `email` and `uri` are those of ajv-formats, which clients use too, so that we never
 * let pass what they refuse.
 */
export const textFormats: Readonly<Record<FormatName, TextFormat>> = {
  date: { test: isDate, noun: 'a date like 2025-01-31' },
  time: { test: text => timePattern.test(text), noun: 'a time like 13:05:00' },
  'date-time': { test: isDateTime, noun: 'a date and time like 2025-01-31T13:05:00Z' },
  timestamp: { test: isNumberText, noun: 'a number of seconds since 1970, like 1735689600' },
  duration: { test: isDuration, noun: 'an ISO 8601 duration like P1DT2H' },
  email: { test: isEmail, noun: 'an email address' },
  uri: { test: text => matches(fullFormats.uri, text), noun: 'a URI with a scheme, like https://example.com/' },
};

/** Decimal or exponent notation, surrounding space allowed; what stands for infinity or no number is not one. */
export function isNumberText(text: string): boolean {
  return numberPattern.test(text) && Number.isFinite(Number(text));
}

function isDate(text: string): boolean {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (match === null) return false;
  const [year, month, day] = match.slice(1).map(Number) as [number, number, number];
  if (month === 2 && day === 29) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day >= 1 && day <= (daysOfMonth[month - 1] ?? 0);
}

function isDateTime(text: string): boolean {
  if (!isDate(text.slice(0, 10))) return false;
  return text.length === 10 || (/^[T ]$/i.test(text.charAt(10)) && clockPattern.test(text.slice(11)));
}

function isDuration(text: string): boolean {
  // Only the last part of a duration may have a fraction.
  return durationPattern.test(text) && !/[.,]\d+[A-Z]./.test(text);
}

function isEmail(text: string): boolean {
  // The pattern takes quadratic time; RFC 5321 allows no longer address anyway.
  return text.length <= 320 && matches(fullFormats.email, text);
}

function matches(format: unknown, text: string): boolean {
  if (format instanceof RegExp) return format.test(text);
  return typeof format === 'function' && format(text) === true;
}
