import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createTimetable } from '../../src/resource-changes/timetable.ts';

let due: string[] = [];
const timetable = createTimetable(key => due.push(`${new Date().toISOString().slice(5, 19)} ${key}`));

beforeEach(() => {
  due = [];
  vi.useFakeTimers({ now: new Date('2026-02-01T10:00:20Z') });
});
afterEach(() => {
  timetable.set([]);
  vi.useRealTimers();
});

const every = (ms: number) => ({ kind: 'every', ms }) as const;
const cron = (expression: string) => ({ kind: 'cron', expression }) as const;

test('is due again and again, until it is taken out', () => {
  timetable.set([every(2_000), every(3_000)]);
  vi.advanceTimersByTime(4_500);
  timetable.set([every(3_000)]);
  vi.advanceTimersByTime(4_500);
  expect(due).toEqual([
    '02-01T10:00:22 every 2000',
    '02-01T10:00:23 every 3000',
    '02-01T10:00:24 every 2000',
    '02-01T10:00:26 every 3000',
    '02-01T10:00:29 every 3000',
  ]);
});

test('one that is set again keeps its rhythm', () => {
  timetable.set([every(2_000)]);
  vi.advanceTimersByTime(1_500);
  timetable.set([every(2_000)]);
  vi.advanceTimersByTime(1_000);
  expect(due).toEqual(['02-01T10:00:22 every 2000']);
});

test('a time longer than timers of Node can wait is waited for', () => {
  const days = 40 * 24 * 3_600_000;
  timetable.set([every(days)]);
  vi.advanceTimersByTime(days - 1);
  expect(due).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(due).toEqual([`03-13T10:00:20 every ${days}`]);
});

test('a schedule is due at the begin of its minutes', () => {
  timetable.set([cron('1-2 * * * *'), cron('*/3 * * * *')]);
  vi.advanceTimersByTime(3 * 60_000);
  expect(due).toEqual([
    '02-01T10:01:00 cron 1-2 * * * *',
    '02-01T10:02:00 cron 1-2 * * * *',
    '02-01T10:03:00 cron */3 * * * *',
  ]);
});

test('what was due again and again while the machine slept is due once when it wakes up', () => {
  timetable.set([every(60_000)]);
  vi.setSystemTime(new Date('2026-02-01T10:09:40Z'));
  vi.advanceTimersByTime(2 * 60_000);
  expect(due).toEqual(['02-01T10:10:40 every 60000', '02-01T10:11:40 every 60000']);
});
