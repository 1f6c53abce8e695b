import { expect, test } from 'vitest';
import { findCronProblem } from '../../src/endpoint/cron.ts';

test.each(['* * * * *', '0 6 * * 7', '*/15 0-23 1,15 * *', '5-50/5 * * feb-NOV SUN,Tue'])(
  '%s is a time',
  expression => {
    expect(findCronProblem(expression)).toBeUndefined();
  },
);

test.each([
  ['60 * * * *', '"60" is not a value of the minute, which goes from 0 to 59.'],
  ['* 5-3 * * *', '"5-3" is not a value of the hour, which goes from 0 to 23.'],
  ['* * 0 * *', '"0" is not a value of the day of the month, which goes from 1 to 31.'],
  ['* * * MON *', '"MON" is not a value of the month, which goes from 1 to 12.'],
  ['* * * * 8', '"8" is not a value of the day of the week, which goes from 0 to 7.'],
  ['*/0 * * * *', '"*/0" is not a value of the minute, which goes from 0 to 59.'],
  ['5/3 * * * *', '"5/3" is not a value of the minute, which goes from 0 to 59.'],
  [', * * * *', '"," is not a value of the minute, which goes from 0 to 59.'],
  ['-1 * * * *', '"-1" is not a value of the minute, which goes from 0 to 59.'],
  ['@daily', 'A time has five fields, not 1 field: minute, hour, day of the month, month, day of the week.'],
  ['0 * * * * *', 'A time has five fields, not 6 fields: minute, hour, day of the month, month, day of the week.'],
])('%s is none', (expression, problem) => {
  expect(findCronProblem(expression)).toBe(problem);
});
