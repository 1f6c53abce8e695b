import { expect, test } from 'vitest';
import { findCronProblem } from '../../src/endpoint/cron.ts';

test.each(['* * * * *', '0 6 * * 7', '*/15 0-23 1,15 * *', '5-50/5 * * feb-NOV SUN,Tue', '@daily'])(
  '%s is a time',
  expression => {
    expect(findCronProblem(expression)).toBeUndefined();
  },
);

const inField = (range: string) =>
  `${range}; also *, 1,3 for several, 1-3 for a range that goes up, */2 for every second one.`;
const minutes = inField('Minutes are 0 to 59');
const days = inField('Days of the week are 0 to 7, from Sunday on, or SUN to SAT');

test.each([
  ['60 * * * *', '"60" is not a minute.', minutes],
  ['*/0 * * * *', '"*/0" is not a minute.', minutes],
  [', * * * *', '"," is not a minute.', minutes],
  ['* 5-3 * * *', '"5-3" is not an hour.', inField('Hours are 0 to 23')],
  ['* * 0 * *', '"0" is not a day of the month.', inField('Days of the month are 1 to 31')],
  ['0 6 1 13 *', '"13" is not a month.', inField('Months are 1 to 12, or JAN to DEC')],
  ['0  6 * * moon', '"moon" is not a day of the week.', days],
])('%s names the part that is none: %s', (expression, message, hint) => {
  expect(findCronProblem(expression)).toEqual({ message, hint });
});

test.each(['* * *', '0 * * * * *', 'noon', '2099-01-01T00:00:00', '@reboot'])('%s has not five fields', expression => {
  expect(findCronProblem(expression)).toEqual({
    message: `"${expression}" is not a time: five fields, for minute, hour, day of the month, month, day of the week.`,
    hint: 'Every day at six is `0 6 * * *`, every quarter of an hour `*/15 * * * *`.',
  });
});

test.each(['0 0 30 2 *', '0 0 31 feb,apr *'])('%s never comes', expression => {
  expect(findCronProblem(expression)).toEqual({
    message: `"${expression}" never comes.`,
    hint: 'No month that it names has such a day.',
  });
});
