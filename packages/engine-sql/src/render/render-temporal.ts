const dayMicros = 86_400_000_000n;

/** Days since 1970-01-01 as `2024-01-02`; years outside 0-9999 with a sign and six digits, as ISO 8601 expands them. */
export function dateText(days: number): string {
  const { year, month, day } = civilFromDays(days);
  return `${yearText(year)}-${two(month)}-${two(day)}`;
}

/** Microseconds since midnight as `01:02:03`, with six digits of fraction when it is not zero. */
export function timeText(micros: bigint): string {
  return clockText(micros / 1_000_000n, micros % 1_000_000n, 6);
}

/** Nanoseconds since midnight; nine digits of fraction only when six do not do. */
export function timeNanosText(nanos: bigint): string {
  const fraction = nanos % 1_000_000_000n;
  if (fraction % 1000n === 0n) return timeText(nanos / 1000n);
  return clockText(nanos / 1_000_000_000n, fraction, 9);
}

/** Microseconds since 1970 as `2024-01-02T03:04:05`, with six digits of fraction when it is not zero. */
export function timestampText(micros: bigint): string {
  const days = floorDivide(micros, dayMicros);
  return `${dateText(Number(days))}T${timeText(micros - days * dayMicros)}`;
}

/** Nanoseconds since 1970; nine digits of fraction only when six do not do. */
export function timestampNanosText(nanos: bigint): string {
  const days = floorDivide(nanos, dayMicros * 1000n);
  return `${dateText(Number(days))}T${timeNanosText(nanos - days * dayMicros * 1000n)}`;
}

/** Seconds east of UTC as `+05:30`; seconds are written only when there are any. */
export function offsetText(offsetSeconds: number): string {
  const size = Math.abs(offsetSeconds);
  const seconds = size % 60 === 0 ? '' : `:${two(size % 60)}`;
  return `${offsetSeconds < 0 ? '-' : '+'}${two(Math.trunc(size / 3600))}:${two(Math.trunc((size % 3600) / 60))}${seconds}`;
}

/** An ISO 8601 duration: `P1Y2M3DT4H5M6.5S`; nothing at all is `PT0S`. Each part keeps its own sign. */
export function intervalText(months: number, days: number, micros: bigint): string {
  const date = part(Math.trunc(months / 12), 'Y') + part(months % 12, 'M') + part(days, 'D');
  const seconds = micros / 1_000_000n;
  const time = part(Number(seconds / 3600n), 'H') + part(Number((seconds % 3600n) / 60n), 'M') + secondsPart(micros);
  if (date === '' && time === '') return 'PT0S';
  return `P${date}${time === '' ? '' : `T${time}`}`;
}

function part(amount: number, unit: string): string {
  return amount === 0 ? '' : `${amount}${unit}`;
}

function secondsPart(micros: bigint): string {
  const rest = micros % 60_000_000n;
  if (rest === 0n) return '';
  const size = rest < 0n ? -rest : rest;
  const fraction = (size % 1_000_000n).toString().padStart(6, '0').replace(/0+$/, '');
  return `${rest < 0n ? '-' : ''}${size / 1_000_000n}${fraction === '' ? '' : `.${fraction}`}S`;
}

function clockText(seconds: bigint, fraction: bigint, digits: number): string {
  const total = Number(seconds);
  const clock = `${two(Math.trunc(total / 3600))}:${two(Math.trunc((total % 3600) / 60))}:${two(total % 60)}`;
  return fraction === 0n ? clock : `${clock}.${fraction.toString().padStart(digits, '0')}`;
}

// Howard Hinnant's "days to civil": exact for every day DuckDB has, where JavaScript's Date ends at the year 275760.
function civilFromDays(days: number): { year: number; month: number; day: number } {
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.trunc(
    (dayOfEra - Math.trunc(dayOfEra / 1460) + Math.trunc(dayOfEra / 36_524) - Math.trunc(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.trunc(yearOfEra / 4) - Math.trunc(yearOfEra / 100));
  const shiftedMonth = Math.trunc((5 * dayOfYear + 2) / 153);
  const month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  return { year, month, day: dayOfYear - Math.trunc((153 * shiftedMonth + 2) / 5) + 1 };
}

function yearText(year: number): string {
  if (year >= 0 && year <= 9999) return String(year).padStart(4, '0');
  return `${year < 0 ? '-' : '+'}${String(Math.abs(year)).padStart(6, '0')}`;
}

function floorDivide(a: bigint, b: bigint): bigint {
  return a >= 0n ? a / b : -((b - 1n - a) / b);
}

function two(value: number): string {
  return String(value).padStart(2, '0');
}
