import {
  DuckDBDateValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeTZValue,
  DuckDBTimeValue,
} from '@duckdb/node-api';

const datePattern = /^(\d{4})-(\d\d)-(\d\d)$/;
const timePattern = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d+))?)?(Z|z|[+-]\d\d(?::?\d\d)?)?$/;

/** `2024-01-02` as a DATE; undefined for anything else. */
export function parseDate(text: string): DuckDBDateValue | undefined {
  const days = daysOf(text);
  return days === undefined ? undefined : new DuckDBDateValue(days);
}

/** `01:02:03.5` as a TIME, with an offset as a TIMETZ; undefined for anything else. */
export function parseTime(text: string): DuckDBTimeValue | DuckDBTimeTZValue | undefined {
  const clock = clockOf(text);
  if (clock === undefined) return undefined;
  return clock.offsetSeconds === undefined
    ? new DuckDBTimeValue(clock.micros)
    : DuckDBTimeTZValue.fromMicrosAndOffset(clock.micros, clock.offsetSeconds);
}

/** `2024-01-02T03:04:05` as a TIMESTAMP, with an offset as a TIMESTAMPTZ; undefined for anything else. */
export function parseDateTime(text: string): DuckDBTimestampValue | DuckDBTimestampTZValue | undefined {
  const days = daysOf(text.slice(0, 10));
  const clock = /^[Tt ]$/.test(text.charAt(10)) ? clockOf(text.slice(11)) : undefined;
  if (days === undefined || clock === undefined) return undefined;
  const micros = BigInt(days) * 86_400_000_000n + clock.micros;
  return clock.offsetSeconds === undefined
    ? new DuckDBTimestampValue(micros)
    : new DuckDBTimestampTZValue(micros - BigInt(clock.offsetSeconds) * 1_000_000n);
}

/** Seconds since 1970 in UTC, as a number or its text, as a TIMESTAMP; undefined for anything else. */
export function parseEpochSeconds(value: number | string): DuckDBTimestampValue | undefined {
  const seconds = typeof value === 'number' ? value : Number(value.trim() === '' ? Number.NaN : value);
  if (!Number.isFinite(seconds)) return undefined;
  return new DuckDBTimestampValue(BigInt(Math.round(seconds * 1_000_000)));
}

function daysOf(text: string): number | undefined {
  const match = datePattern.exec(text);
  if (match === null) return undefined;
  const date = new Date(0);
  // Date.UTC takes years below 100 for 1900 and later; setUTCFullYear does not.
  date.setUTCFullYear(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return date.getTime() / 86_400_000;
}

function clockOf(text: string): { micros: bigint; offsetSeconds: number | undefined } | undefined {
  const match = timePattern.exec(text);
  if (match === null) return undefined;
  const seconds = Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3] ?? 0);
  const micros = BigInt(seconds) * 1_000_000n + BigInt((match[4] ?? '').padEnd(6, '0').slice(0, 6));
  return { micros, offsetSeconds: offsetOf(match[5]) };
}

function offsetOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (text === 'Z' || text === 'z') return 0;
  const digits = text.slice(1).replace(':', '').padEnd(4, '0');
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2)) * 60;
  return text.startsWith('-') ? -seconds : seconds;
}
