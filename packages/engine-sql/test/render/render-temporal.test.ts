import { expect, test } from 'vitest';
import { dateText, intervalText, offsetText, timestampText } from '../../src/render/render-temporal.ts';

test.each([
  [0, '1970-01-01'],
  [-1, '1969-12-31'],
  [19_723, '2024-01-01'],
  [11_016, '2000-02-29'],
  [-719_162, '0001-01-01'],
  [-719_163, '0000-12-31'],
  [-719_529, '-000001-12-31'],
  [2_932_896, '9999-12-31'],
  [2_932_897, '+010000-01-01'],
])('writes day %i as %s', (days, text) => {
  expect(dateText(days)).toBe(text);
});

test('agrees with JavaScript about every day that is near a change of year, from 1600 to 2400', () => {
  for (let year = 1600; year <= 2400; year += 1) {
    for (const [month, day] of [
      [11, 31],
      [0, 1],
      [1, 28],
      [2, 1],
    ] as const) {
      const days = Date.UTC(year, month, day) / 86_400_000;
      expect(dateText(days)).toBe(new Date(Date.UTC(year, month, day)).toISOString().slice(0, 10));
    }
  }
});

test.each([
  [-1n, '1969-12-31T23:59:59.999999'],
  [500_000n, '1970-01-01T00:00:00.500000'],
  [1_704_157_445_000_000n, '2024-01-02T01:04:05'],
])('writes microsecond %i as %s', (micros, text) => {
  expect(timestampText(micros)).toBe(text);
});

test.each([
  [0, 0, 0n, 'PT0S'],
  [1, 0, 0n, 'P1M'],
  [14, 3, 0n, 'P1Y2M3D'],
  [0, 0, 10_800_000_000n, 'PT3H'],
  [0, 0, 1_500_000n, 'PT1.5S'],
  [0, 0, -500_000n, 'PT-0.5S'],
  [-1, 2, -3_661_000_000n, 'P-1M2DT-1H-1M-1S'],
])('writes %i months, %i days and %i microseconds as %s', (months, days, micros, text) => {
  expect(intervalText(months, days, micros)).toBe(text);
});

test.each([
  [0, '+00:00'],
  [19_800, '+05:30'],
  [-57_599, '-15:59:59'],
])('writes %i seconds east of UTC as %s', (seconds, text) => {
  expect(offsetText(seconds)).toBe(text);
});
