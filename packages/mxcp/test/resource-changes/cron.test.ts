import { expect, test } from 'vitest';
import { parseCron } from '../../src/resource-changes/cron.ts';

/** 2026-02-01 is a Sunday. Local time, as crontabs have it. */
const at = (text: string) => new Date(`${text}:30`);

test.each<[string, readonly string[], readonly string[]]>([
  ['* * * * *', ['2026-02-01T00:00', '2026-12-31T23:59'], []],
  ['0 6 * * *', ['2026-02-01T06:00'], ['2026-02-01T06:01', '2026-02-01T18:00']],
  ['*/15 * * * *', ['2026-02-01T06:00', '2026-02-01T06:45'], ['2026-02-01T06:50']],
  ['5,10-20/5 8-9 * * *', ['2026-02-01T08:05', '2026-02-01T09:20'], ['2026-02-01T08:25', '2026-02-01T10:05']],
  ['0 0 31 jan,DEC *', ['2026-01-31T00:00', '2026-12-31T00:00'], ['2026-03-31T00:00']],
  ['0 0 * * mon-fri', ['2026-02-02T00:00', '2026-02-06T00:00'], ['2026-02-01T00:00', '2026-02-07T00:00']],
  ['0 0 * * 0', ['2026-02-01T00:00'], ['2026-02-02T00:00']],
  ['0 0 * * 7', ['2026-02-01T00:00'], ['2026-02-02T00:00']],
  ['0 0 * * 5-7', ['2026-02-01T00:00', '2026-02-06T00:00'], ['2026-02-02T00:00']],
  // Both say something: either is enough.
  ['0 0 13 * 5', ['2026-02-06T00:00', '2026-04-13T00:00'], ['2026-04-14T00:00']],
  // One of them says nothing: the other decides.
  ['0 0 13 * *', ['2026-04-13T00:00'], ['2026-02-06T00:00']],
  ['0 0 */2 * 5', ['2026-02-13T00:00'], ['2026-02-06T00:00', '2026-02-03T00:00']],
])('%s is due at %j and not at %j', (expression, due, other) => {
  const schedule = parseCron(expression);
  expect(due.map(moment => schedule?.isDue(at(moment)))).toEqual(due.map(() => true));
  expect(other.map(moment => schedule?.isDue(at(moment)))).toEqual(other.map(() => false));
});

test.each([
  '',
  '* * * *',
  '* * * * * *',
  '60 * * * *',
  '* 24 * * *',
  '* * 0 * *',
  '* * * 13 *',
  '* * * * 8',
  '5-1 * * * *',
  '*/0 * * * *',
  '5/10 * * * *',
  'mon * * * *',
  '1,,2 * * * *',
  '1- * * * *',
  '-1 * * * *',
  '@daily',
])('"%s" is no schedule', expression => {
  expect(parseCron(expression)).toBeUndefined();
});
