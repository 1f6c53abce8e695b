import { expect, test } from 'vitest';
import { findCronProblem } from '../../src/endpoint/cron.ts';

test.each(['* * * * *', '0 6 * * 7', '*/15 0-23 1,15 * *', '5-50/5 * * feb-NOV SUN,Tue', '@daily'])(
  '%s is a time',
  expression => {
    expect(findCronProblem(expression)).toBeUndefined();
  },
);

test.each([
  '60 * * * *',
  '* 5-3 * * *',
  '* * 0 * *',
  '* * * * 8',
  '*/0 * * * *',
  ', * * * *',
  '* * *',
  '0 * * * * *',
  'noon',
])('%s is none', expression => {
  expect(findCronProblem(expression)).toBe(
    `"${expression}" is not a time: five fields, for minute, hour, day of the month, month, day of the week.`,
  );
});
