/** What is wrong with a cron expression of five fields; undefined when nothing is. Names of months and days are allowed. */
export function findCronProblem(expression: string): string | undefined {
  const fields = expression.trim().split(/\s+/);
  if (fields.length !== cronFields.length) {
    const count = `${fields.length} field${fields.length === 1 ? '' : 's'}`;
    return `A time has five fields, not ${count}: minute, hour, day of the month, month, day of the week.`;
  }
  for (const [index, field] of cronFields.entries()) {
    const written = fields[index] ?? '';
    if (!written.split(',').every(part => isPart(part, field))) {
      return `"${written}" is not a value of the ${field.name}, which goes from ${field.least} to ${field.most}.`;
    }
  }
  return undefined;
}

interface CronField {
  readonly name: string;
  readonly least: number;
  readonly most: number;
  readonly words: readonly string[];
}

const cronFields: readonly CronField[] = [
  { name: 'minute', least: 0, most: 59, words: [] },
  { name: 'hour', least: 0, most: 23, words: [] },
  { name: 'day of the month', least: 1, most: 31, words: [] },
  {
    name: 'month',
    least: 1,
    most: 12,
    words: ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'],
  },
  { name: 'day of the week', least: 0, most: 7, words: ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'] },
];

/** `*`, `5`, `1-5`; behind `*` and a range also a step, as in every fifth: `1-30/5`. */
function isPart(part: string, field: CronField): boolean {
  const [range = '', step, ...more] = part.split('/');
  if (more.length > 0 || (step !== undefined && !(/^\d{1,2}$/.test(step) && Number(step) > 0))) return false;
  if (range === '*') return true;
  const ends = range.split('-').map(end => numberOf(end, field));
  const [first = Number.NaN, last = first] = ends;
  if (ends.length > 2 || (step !== undefined && ends.length === 1)) return false;
  return first >= field.least && last <= field.most && first <= last;
}

function numberOf(text: string, { words, least }: CronField): number {
  const word = words.indexOf(text.toUpperCase());
  if (word !== -1) return word + least;
  return /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
}
