import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { collectNotices } from '../../src/resource-changes/collect-notices.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('tells each URI once for what comes within the time, in order', () => {
  const told: string[] = [];
  const notices = collectNotices(200, uri => told.push(uri));
  notices.add(['b', 'a']);
  vi.advanceTimersByTime(199);
  notices.add(['a']);
  expect(told).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(told).toEqual(['a', 'b']);
  notices.add([]);
  notices.add(['a']);
  vi.advanceTimersByTime(1_000);
  expect(told).toEqual(['a', 'b', 'a']);
});

test('something that changes all the time is told again and again', () => {
  let told = 0;
  const notices = collectNotices(200, () => {
    told += 1;
  });
  for (let ms = 0; ms < 2_000; ms += 10) {
    notices.add(['a']);
    vi.advanceTimersByTime(10);
  }
  expect(told).toBe(10);
  notices.add(['a']);
  notices.close();
  vi.advanceTimersByTime(1_000);
  expect(told).toBe(10);
});
