import { Cron } from 'croner';

/** What is wrong with a cron expression of five fields; undefined when nothing is. Names of months and days are allowed. */
export function findCronProblem(expression: string): string | undefined {
  try {
    // Paused: it would run from here on.
    new Cron(expression, { mode: '5-part', paused: true });
    return undefined;
  } catch {
    return `"${expression}" is not a time: five fields, for minute, hour, day of the month, month, day of the week.`;
  }
}
