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
import { daysOfDate, nanosOfMoment, partsOfInterval, readClock } from './decode-temporal.ts';
import type { ValueDecoder } from './decode-value.ts';

type TextDecoder = (text: string) => DuckDBValue | undefined;

/** How dates, times and intervals are read from ISO 8601 text; undefined for every other type. */
export function momentDecoder(typeId: DuckDBTypeId): ValueDecoder | undefined {
  const decode = decoders.get(typeId);
  return decode && (value => (typeof value === 'string' ? decode(value) : undefined));
}

const decoders: ReadonlyMap<DuckDBTypeId, TextDecoder> = new Map([
  [DuckDBTypeId.DATE, infinite(DuckDBDateValue, dateOf)],
  [DuckDBTypeId.TIME, timeOf],
  [DuckDBTypeId.TIME_NS, timeNanosOf],
  [DuckDBTypeId.TIME_TZ, timeTzOf],
  [
    DuckDBTypeId.TIMESTAMP,
    infinite(
      DuckDBTimestampValue,
      micros(value => new DuckDBTimestampValue(value)),
    ),
  ],
  [
    DuckDBTypeId.TIMESTAMP_TZ,
    infinite(
      DuckDBTimestampTZValue,
      micros(value => new DuckDBTimestampTZValue(value)),
    ),
  ],
  [
    DuckDBTypeId.TIMESTAMP_S,
    infinite(
      DuckDBTimestampSecondsValue,
      units(1_000_000_000n, value => new DuckDBTimestampSecondsValue(value)),
    ),
  ],
  [
    DuckDBTypeId.TIMESTAMP_MS,
    infinite(
      DuckDBTimestampMillisecondsValue,
      units(1_000_000n, value => new DuckDBTimestampMillisecondsValue(value)),
    ),
  ],
  [
    DuckDBTypeId.TIMESTAMP_NS,
    infinite(
      DuckDBTimestampNanosecondsValue,
      units(1n, value => new DuckDBTimestampNanosecondsValue(value)),
    ),
  ],
  [DuckDBTypeId.INTERVAL, intervalOf],
]);

interface Infinities {
  readonly PosInf: DuckDBValue;
  readonly NegInf: DuckDBValue;
}

function infinite({ PosInf, NegInf }: Infinities, decode: TextDecoder): TextDecoder {
  return text => {
    if (text === 'infinity') return PosInf;
    return text === '-infinity' ? NegInf : decode(text);
  };
}

function micros(make: (micros: bigint) => DuckDBValue): TextDecoder {
  return units(1000n, make);
}

/** Finer digits than the type has are cut off. */
function units(nanosPerUnit: bigint, make: (units: bigint) => DuckDBValue): TextDecoder {
  return text => {
    const nanos = nanosOfMoment(text);
    if (nanos === undefined) return undefined;
    const rest = ((nanos % nanosPerUnit) + nanosPerUnit) % nanosPerUnit;
    const whole = (nanos - rest) / nanosPerUnit;
    return BigInt.asIntN(64, whole) === whole ? make(whole) : undefined;
  };
}

function dateOf(text: string): DuckDBValue | undefined {
  const days = daysOfDate(text);
  return days === undefined ? undefined : new DuckDBDateValue(days);
}

function timeOf(text: string): DuckDBValue | undefined {
  const clock = readClock(text);
  if (clock === undefined || clock.offsetSeconds !== undefined) return undefined;
  return new DuckDBTimeValue(clock.nanos / 1000n);
}

function timeNanosOf(text: string): DuckDBValue | undefined {
  const clock = readClock(text);
  return clock === undefined || clock.offsetSeconds !== undefined ? undefined : new DuckDBTimeNSValue(clock.nanos);
}

function timeTzOf(text: string): DuckDBValue | undefined {
  const clock = readClock(text);
  return clock && DuckDBTimeTZValue.fromMicrosAndOffset(clock.nanos / 1000n, clock.offsetSeconds ?? 0);
}

function intervalOf(text: string): DuckDBValue | undefined {
  const parts = partsOfInterval(text);
  if (parts === undefined || Math.abs(parts.months) >= 2 ** 31 || Math.abs(parts.days) >= 2 ** 31) return undefined;
  return BigInt.asIntN(64, parts.micros) === parts.micros
    ? new DuckDBIntervalValue(parts.months, parts.days, parts.micros)
    : undefined;
}
