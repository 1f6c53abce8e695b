import { expect, test } from 'vitest';
import { type FormatName, textFormats } from '../../src/check/formats.ts';

const table: Readonly<Record<FormatName, { readonly good: readonly string[]; readonly bad: readonly string[] }>> = {
  date: {
    good: ['2024-02-29', '2000-02-29', '0001-01-01', '9999-12-31'],
    bad: ['2023-02-29', '1900-02-29', '2024-1-2', '2024-13-01', '2024-04-31', '2024-00-10', '2024-01-02T00:00:00', ''],
  },
  time: {
    good: ['00:00:00', '23:59:59.123456', '12:00:00Z', '12:00:00+05:30', '12:00:00-0800', '12:00:00+00'],
    bad: ['24:00:00', '12:60:00', '12:00:60', '12:00', '1:00:00', '12:00:00+25:00', '12:00:00.', ''],
  },
  'date-time': {
    good: [
      '2024-01-02T03:04:05',
      '2024-01-02 03:04:05',
      '2024-01-02T03:04:05Z',
      '2024-01-02t03:04:05.123456789z',
      '2024-01-02T03:04:05+01:00',
      '2024-01-02 03:04:05+00',
      '2024-01-02T03:04',
      '2024-01-02',
    ],
    bad: ['2024-02-30T00:00:00', '2024-01-02T', '2024-01-02T25:00:00', '20240102', '2024-01-02X03:04:05', 'now', ''],
  },
  timestamp: {
    good: ['0', '1735689600', '-1.5', '1735689600.25', '1e9'],
    bad: ['2024-01-02', 'nan', 'Infinity', '1e999', '0x10', ''],
  },
  duration: {
    good: ['P1D', 'PT1S', 'P1Y2M3DT4H5M6S', 'P2W', 'P1.5D', 'PT0.5S', 'PT1,5H', 'P0D', '-P1D', 'P-1DT-2H', 'P1Y2W'],
    bad: ['P', 'PT', 'P1', 'P1DT', '1D', 'P1S', 'P1.5DT1H', 'P1H', 'PT1D', 'P1D ', ' P1D', 'P1D2Y', ''],
  },
  email: {
    good: ['a@b.co', 'first.last+tag@sub.example.com'],
    bad: ['a@b', 'a@@b.c', 'a b@c.de', 'a@b.co x', '@b.co', 'a@.co', `a@${'b'.repeat(100_000)}`, ''],
  },
  uri: {
    good: ['https://example.com/a?b=c#d', 'urn:isbn:123', 'mailto:a@b.co', 'flights://airports/ZRH'],
    bad: ['example.com', '/a/b', '1a:b', 'https://exa mple.com', 'https://a/%zz', ''],
  },
};
const cases = Object.entries(table).flatMap(([name, { good, bad }]) => [
  ...good.map(text => [name as FormatName, text, true] as const),
  ...bad.map(text => [name as FormatName, text, false] as const),
]);

test.each(cases)('%s takes "%.40s": %s', (name, text, expected) => {
  expect(textFormats[name].test(text)).toBe(expected);
});
