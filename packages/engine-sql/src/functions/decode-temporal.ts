const dayMicros = 86_400_000_000n;

const date = /^(\d{4}|[+-]\d{4,7})-(\d\d)-(\d\d)$/;
const clock = /^(\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,9}))?)?(Z|[+-]\d\d(?::?\d\d(?::?\d\d)?)?)?$/i;
const interval =
  /^([+-])?P(?:([+-]?\d+)Y)?(?:([+-]?\d+)M)?(?:([+-]?\d+)W)?(?:([+-]?\d+)D)?(?:T(?:([+-]?\d+)H)?(?:([+-]?\d+)M)?(?:([+-]?\d+)(?:\.(\d{1,9}))?S)?)?$/;

/** `2024-01-02`, also with a signed year of up to seven digits, as days since 1970-01-01; undefined for anything else. */
export function daysOfDate(text: string): number | undefined {
  const [, year, month, day] = date.exec(text) ?? [];
  if (year === undefined) return undefined;
  return daysFromCivil(Number(year), Number(month), Number(day));
}

/** `01:02:03.5` with or without an offset; undefined for anything else. */
export function readClock(
  text: string,
): { readonly nanos: bigint; readonly offsetSeconds: number | undefined } | undefined {
  const [, hours, minutes, seconds = '0', fraction = '', offset] = clock.exec(text) ?? [];
  if (hours === undefined) return undefined;
  const whole = Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  if (whole > 86_400 || Number(minutes) > 59 || Number(seconds) > 59) return undefined;
  return {
    nanos: BigInt(whole) * 1_000_000_000n + BigInt(fraction.padEnd(9, '0')),
    offsetSeconds: offset === undefined ? undefined : secondsOfOffset(offset),
  };
}

/** `2024-01-02T03:04:05.678+02:00` as nanoseconds since 1970 in UTC; without an offset it is UTC, without a clock midnight. */
export function nanosOfMoment(text: string): bigint | undefined {
  const at = text.search(/[Tt ]/);
  const days = daysOfDate(at === -1 ? text : text.slice(0, at));
  const time = at === -1 ? { nanos: 0n, offsetSeconds: undefined } : readClock(text.slice(at + 1));
  if (days === undefined || time === undefined) return undefined;
  return BigInt(days) * dayMicros * 1000n + time.nanos - BigInt(time.offsetSeconds ?? 0) * 1_000_000_000n;
}

export interface IntervalParts {
  readonly months: number;
  readonly days: number;
  readonly micros: bigint;
}

/** An ISO 8601 duration, `P1Y2M3DT4H5M6.5S`; undefined for anything else. */
export function partsOfInterval(text: string): IntervalParts | undefined {
  const match = interval.exec(text);
  if (match === null || /[PT]$/.test(text)) return undefined;
  const [, sign, years, months, weeks, days, hours, minutes, seconds = '0', fraction = ''] = match;
  const direction = sign === '-' ? -1 : 1;
  const fractionMicros = BigInt(fraction.padEnd(6, '0').slice(0, 6));
  const micros =
    BigInt(hours ?? 0) * 3_600_000_000n +
    BigInt(minutes ?? 0) * 60_000_000n +
    BigInt(seconds) * 1_000_000n +
    (seconds.startsWith('-') ? -fractionMicros : fractionMicros);
  return {
    months: direction * (Number(years ?? 0) * 12 + Number(months ?? 0)),
    days: direction * (Number(weeks ?? 0) * 7 + Number(days ?? 0)),
    micros: BigInt(direction) * micros,
  };
}

function secondsOfOffset(text: string): number {
  if (/^z$/i.test(text)) return 0;
  const digits = text.slice(1).replaceAll(':', '').padEnd(6, '0');
  const seconds = Number(digits.slice(0, 2)) * 3600 + Number(digits.slice(2, 4)) * 60 + Number(digits.slice(4, 6));
  return text.startsWith('-') ? -seconds : seconds;
}

// The inverse of render-temporal's civilFromDays (Howard Hinnant): JavaScript's Date ends at the year 275760.
function daysFromCivil(year: number, month: number, day: number): number | undefined {
  if (month < 1 || month > 12 || day < 1 || day > daysInMonth(year, month)) return undefined;
  const shifted = month <= 2 ? year - 1 : year;
  const era = Math.floor(shifted / 400);
  const yearOfEra = shifted - era * 400;
  const dayOfYear = Math.trunc((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const dayOfEra = yearOfEra * 365 + Math.trunc(yearOfEra / 4) - Math.trunc(yearOfEra / 100) + dayOfYear;
  return era * 146_097 + dayOfEra - 719_468;
}

function daysInMonth(year: number, month: number): number {
  const isLeap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  if (month === 2) return isLeap ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}
