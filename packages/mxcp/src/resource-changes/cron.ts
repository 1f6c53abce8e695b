/** When a schedule is due, by the clock of the machine. */
export interface CronSchedule {
  /** @param minute - any moment within it */
  isDue(minute: Date): boolean;
}

interface CronField {
  readonly least: number;
  readonly most: number;
  readonly names: readonly string[];
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ');
const weekdays = 'sun mon tue wed thu fri sat'.split(' ');

const minuteField: CronField = { least: 0, most: 59, names: [] };
const hourField: CronField = { least: 0, most: 23, names: [] };
const dayField: CronField = { least: 1, most: 31, names: [] };
const monthField: CronField = { least: 1, most: 12, names: months };
const weekdayField: CronField = { least: 0, most: 7, names: weekdays };

/**
 * Reads the five fields of a crontab: minute, hour, day of the month, month, day of the week. Each is `*` or a list of
 * numbers, ranges and steps (`1,10-20,30-59/5`); months and weekdays may be names of three letters, and Sunday is 0 and 7.
 *
 * @returns undefined when the text is anything else
 */
export function parseCron(expression: string): CronSchedule | undefined {
  const texts = expression.trim().toLowerCase().split(/\s+/);
  if (texts.length !== 5) return undefined;
  const [minutes, hours, days, monthsOfYear, daysOfWeek] = [
    parseField(texts[0], minuteField),
    parseField(texts[1], hourField),
    parseField(texts[2], dayField),
    parseField(texts[3], monthField),
    parseField(texts[4], weekdayField),
  ];
  if (!minutes || !hours || !days || !monthsOfYear || !daysOfWeek) return undefined;
  // As cron has it: a day counts when either field names it, unless one of them says nothing.
  const isEither = !isOpen(texts[2]) && !isOpen(texts[4]);
  return {
    isDue(at) {
      if (!minutes.has(at.getMinutes()) || !hours.has(at.getHours()) || !monthsOfYear.has(at.getMonth() + 1))
        return false;
      const [isDay, isWeekday] = [days.has(at.getDate()), isOnWeekday(daysOfWeek, at.getDay())];
      return isEither ? isDay || isWeekday : isDay && isWeekday;
    },
  };
}

function isOpen(text: string | undefined): boolean {
  return text?.startsWith('*') === true;
}

function isOnWeekday(weekdaysDue: ReadonlySet<number>, weekday: number): boolean {
  return weekdaysDue.has(weekday) || (weekday === 0 && weekdaysDue.has(7));
}

function parseField(text: string | undefined, field: CronField): ReadonlySet<number> | undefined {
  const values = new Set<number>();
  for (const part of (text ?? '').split(',')) {
    const range = parsePart(part, field);
    if (range === undefined) return undefined;
    for (let value = range.from; value <= range.to; value += range.step) values.add(value);
  }
  return values;
}

/** One of `*`, `5` and `10-20`; the first and the last with or without a step. */
function parsePart(part: string, field: CronField) {
  const match = /^(?:(\*)|(\w+)(?:-(\w+))?)(?:\/([1-9]\d?))?$/.exec(part);
  if (match === null) return undefined;
  const [, star, first, last, stepText] = match;
  const step = Number(stepText ?? 1);
  if (star !== undefined) return { from: field.least, to: field.most, step };
  const from = numberFor(first, field);
  const to = last === undefined ? from : numberFor(last, field);
  if (from === undefined || to === undefined || from > to) return undefined;
  return last === undefined && stepText !== undefined ? undefined : { from, to, step };
}

function numberFor(text = '', { least, most, names }: CronField): number | undefined {
  const named = names.indexOf(text);
  const value = named === -1 ? (/^\d{1,2}$/.test(text) ? Number(text) : -1) : named + least;
  return value >= least && value <= most ? value : undefined;
}
