import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProgressReports } from '../../src/calls/progress-reports.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function start() {
  const sent: number[] = [];
  const reports = new ProgressReports(({ progress }) => sent.push(progress));
  const report = (progress: number) => reports.report({ progress, total: undefined, message: undefined });
  return { sent, reports, report };
}

test('the first report goes out at once, then the newest every 50 ms', () => {
  const { sent, report } = start();
  for (let step = 1; step <= 100; step += 1) {
    report(step);
    vi.advanceTimersByTime(1);
  }
  expect(sent).toEqual([1, 50, 100]);
});

test('a report after a pause goes out at once', () => {
  const { sent, report } = start();
  report(1);
  vi.advanceTimersByTime(60);
  report(2);
  expect(sent).toEqual([1, 2]);
});

test('what does not increase is refused, also against a report that is still held', () => {
  const { sent, reports, report } = start();
  expect([1, 5, 5, 3, Number.NaN, Number.POSITIVE_INFINITY, 6].map(report)).toEqual([
    true,
    true,
    false,
    false,
    false,
    false,
    true,
  ]);
  reports.end({ isHeard: true });
  expect(sent).toEqual([1, 6]);
});

test('the end sends what is held, and nothing after it', () => {
  const { sent, reports, report } = start();
  report(1);
  report(2);
  reports.end({ isHeard: true });
  report(3);
  vi.advanceTimersByTime(1_000);
  expect(sent).toEqual([1, 2]);
});

test('nothing is sent after an end that came in a pause', () => {
  const { sent, reports, report } = start();
  report(1);
  vi.advanceTimersByTime(60);
  reports.end({ isHeard: true });
  report(2);
  expect(sent).toEqual([1]);
});

test('nothing is sent at the end to a client that has given up', () => {
  const { sent, reports, report } = start();
  report(1);
  report(2);
  reports.end({ isHeard: false });
  vi.advanceTimersByTime(1_000);
  expect(sent).toEqual([1]);
});
