import {
  DuckDBDateValue,
  DuckDBIntervalValue,
  DuckDBTimeNSValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  DuckDBTimeTZValue,
  DuckDBTimeValue,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import {
  dateText,
  intervalText,
  offsetText,
  timeNanosText,
  timestampNanosText,
  timestampText,
  timeText,
} from './render-temporal.ts';

const temporalTypes: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.DATE,
  DuckDBTypeId.TIME,
  DuckDBTypeId.TIME_NS,
  DuckDBTypeId.TIME_TZ,
  DuckDBTypeId.TIMESTAMP,
  DuckDBTypeId.TIMESTAMP_S,
  DuckDBTypeId.TIMESTAMP_MS,
  DuckDBTypeId.TIMESTAMP_NS,
  DuckDBTypeId.TIMESTAMP_TZ,
  DuckDBTypeId.INTERVAL,
]);

/** How dates, times and intervals are written, as JSON text; undefined for every other type. */
export function temporalRenderer(typeId: DuckDBTypeId): ((value: DuckDBValue) => string) | undefined {
  return temporalTypes.has(typeId) ? value => `"${temporalText(value)}"` : undefined;
}

function temporalText(value: DuckDBValue): string {
  if (value instanceof DuckDBDateValue) {
    if (value.days === DuckDBDateValue.PosInf.days) return 'infinity';
    return value.days === DuckDBDateValue.NegInf.days ? '-infinity' : dateText(value.days);
  }
  if (value instanceof DuckDBTimeValue) return timeText(value.micros);
  if (value instanceof DuckDBTimeNSValue) return timeNanosText(value.nanos);
  if (value instanceof DuckDBTimeTZValue) return timeText(value.micros) + offsetText(value.offset);
  if (value instanceof DuckDBIntervalValue) return intervalText(value.months, value.days, value.micros);
  return momentText(value);
}

function momentText(value: DuckDBValue): string {
  if (value instanceof DuckDBTimestampSecondsValue)
    return finite(value, value.seconds, s => timestampText(s * 1_000_000n));
  if (value instanceof DuckDBTimestampMillisecondsValue)
    return finite(value, value.millis, ms => timestampText(ms * 1000n));
  if (value instanceof DuckDBTimestampNanosecondsValue) return finite(value, value.nanos, timestampNanosText);
  if (value instanceof DuckDBTimestampTZValue)
    return finite(value, value.micros, micros => `${timestampText(micros)}+00:00`);
  if (value instanceof DuckDBTimestampValue) return finite(value, value.micros, timestampText);
  return String(value);
}

function finite(value: { readonly isFinite: boolean }, amount: bigint, text: (amount: bigint) => string): string {
  if (value.isFinite) return text(amount);
  return amount > 0n ? 'infinity' : '-infinity';
}
