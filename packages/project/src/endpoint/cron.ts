import { Cron } from 'croner';

export interface CronProblem {
  /** A sentence with a full stop. */
  readonly message: string;
  readonly hint: string;
}

/** What is wrong with a cron expression of five fields; undefined when nothing is. Names of months and days are allowed. */
export function findCronProblem(expression: string): CronProblem | undefined {
  if (isTime(expression)) return isEverDue(expression) ? undefined : neverDue(expression);
  const fields = expression.split(/\s+/);
  const index = fields.length === kinds.length ? fields.findIndex((field, at) => !isField(field, at)) : -1;
  const kind = kinds[index];
  if (kind !== undefined) {
    const hint = `${kind.range}; also *, 1,3 for several, 1-3 for a range that goes up, */2 for every second one.`;
    return { message: `"${fields[index]}" is not ${kind.name}.`, hint };
  }
  const reason =
    fields.length === kinds.length
      ? 'is not a time'
      : 'is not a time: five fields, for minute, hour, day of the month, month, day of the week';
  const hint = 'Every day at six is `0 6 * * *`, every quarter of an hour `*/15 * * * *`.';
  return { message: `"${expression}" ${reason}.`, hint };
}

const kinds: readonly { readonly name: string; readonly range: string }[] = [
  { name: 'a minute', range: 'Minutes are 0 to 59' },
  { name: 'an hour', range: 'Hours are 0 to 23' },
  { name: 'a day of the month', range: 'Days of the month are 1 to 31' },
  { name: 'a month', range: 'Months are 1 to 12, or JAN to DEC' },
  { name: 'a day of the week', range: 'Days of the week are 0 to 7, from Sunday on, or SUN to SAT' },
];

function isField(field: string, index: number): boolean {
  return isTime(kinds.map((_, at) => (at === index ? field : '*')).join(' '));
}

function neverDue(expression: string): CronProblem {
  return { message: `"${expression}" never comes.`, hint: 'No month that it names has such a day.' };
}

function isEverDue(expression: string): boolean {
  return new Cron(expression, { mode: '5-part', paused: true }).nextRun() !== null;
}

function isTime(expression: string): boolean {
  // Croner takes a single date too.
  if (!expression.startsWith('@') && expression.split(/\s+/).length !== kinds.length) return false;
  try {
    // Paused: it would run from here on.
    new Cron(expression, { mode: '5-part', paused: true });
    return true;
  } catch {
    return false;
  }
}
