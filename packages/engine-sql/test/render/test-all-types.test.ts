import type { Database } from '@mxcp-ts/engine';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { execute, openTestDatabase } from '../support/fixtures.ts';

// Least value, greatest value, NULL: each column of DuckDB's test_all_types().
const expected: Readonly<Record<string, readonly unknown[]>> = {
  bool: [false, true, null],
  tinyint: [-128, 127, null],
  smallint: [-32768, 32767, null],
  int: [-2147483648, 2147483647, null],
  bigint: ['-9223372036854775808', '9223372036854775807', null],
  hugeint: ['-170141183460469231731687303715884105728', '170141183460469231731687303715884105727', null],
  uhugeint: [0, '340282366920938463463374607431768211455', null],
  utinyint: [0, 255, null],
  usmallint: [0, 65535, null],
  uint: [0, 4294967295, null],
  ubigint: [0, '18446744073709551615', null],
  date: ['-5877641-06-25', '+5881580-07-10', null],
  time: ['00:00:00', '24:00:00', null],
  timestamp: ['-290308-12-22T00:00:00', '+294247-01-10T04:00:54.775806', null],
  timestamp_s: ['-290308-12-22T00:00:00', '+294247-01-10T04:00:54', null],
  timestamp_ms: ['-290308-12-22T00:00:00', '+294247-01-10T04:00:54.775000', null],
  timestamp_ns: ['1677-09-22T00:00:00', '2262-04-11T23:47:16.854775806', null],
  time_tz: ['00:00:00+15:59:59', '24:00:00-15:59:59', null],
  timestamp_tz: ['-290308-12-22T00:00:00+00:00', '+294247-01-10T04:00:54.775806+00:00', null],
  float: [-3.4028234663852886e38, 3.4028234663852886e38, null],
  double: [-1.7976931348623157e308, 1.7976931348623157e308, null],
  dec_4_1: [-999.9, 999.9, null],
  dec_9_4: [-99999.9999, 99999.9999, null],
  dec_18_6: ['-999999999999.999999', '999999999999.999999', null],
  dec38_10: ['-9999999999999999999999999999.9999999999', '9999999999999999999999999999.9999999999', null],
  uuid: ['00000000-0000-0000-0000-000000000000', 'ffffffff-ffff-ffff-ffff-ffffffffffff', null],
  interval: ['PT0S', 'P83Y3M999DT16M39.999999S', null],
  varchar: ['🦆🦆🦆🦆🦆🦆', 'goo\u0000se', null],
  blob: ['dGhpc2lzYWxvbmdibG9iAHdpdGhudWxsYnl0ZXM=', 'AAAAYQ==', null],
  bit: ['0010001001011100010101011010111', '10101', null],
  small_enum: ['DUCK_DUCK_ENUM', 'GOOSE', null],
  medium_enum: ['enum_0', 'enum_299', null],
  large_enum: ['enum_0', 'enum_69999', null],
  int_array: [[], [42, 999, null, null, -42], null],
  double_array: [[], [42, null, null, null, null, -42], null],
  date_array: [[], ['1970-01-01', 'infinity', '-infinity', null, '2022-05-12'], null],
  timestamp_array: [[], ['1970-01-01T00:00:00', 'infinity', '-infinity', null, '2022-05-12T16:23:45'], null],
  timestamptz_array: [
    [],
    ['1970-01-01T00:00:00+00:00', 'infinity', '-infinity', null, '2022-05-12T23:23:45+00:00'],
    null,
  ],
  varchar_array: [[], ['🦆🦆🦆🦆🦆🦆', 'goose', null, ''], null],
  nested_int_array: [[], [[], [42, 999, null, null, -42], null, [], [42, 999, null, null, -42]], null],
  struct: [{ a: null, b: null }, { a: 42, b: '🦆🦆🦆🦆🦆🦆' }, null],
  struct_of_arrays: [
    { a: null, b: null },
    { a: [42, 999, null, null, -42], b: ['🦆🦆🦆🦆🦆🦆', 'goose', null, ''] },
    null,
  ],
  array_of_structs: [[], [{ a: null, b: null }, { a: 42, b: '🦆🦆🦆🦆🦆🦆' }, null], null],
  map: [{}, { key1: '🦆🦆🦆🦆🦆🦆', key2: 'goose' }, null],
  union: ['Frank', 5, null],
  fixed_int_array: [[null, 2, 3], [4, 5, 6], null],
  fixed_varchar_array: [['a', null, 'c'], ['d', 'e', 'f'], null],
  fixed_nested_int_array: [
    [[null, 2, 3], null, [null, 2, 3]],
    [
      [4, 5, 6],
      [null, 2, 3],
      [4, 5, 6],
    ],
    null,
  ],
  fixed_nested_varchar_array: [
    [['a', null, 'c'], null, ['a', null, 'c']],
    [
      ['d', 'e', 'f'],
      ['a', null, 'c'],
      ['d', 'e', 'f'],
    ],
    null,
  ],
  fixed_struct_array: [
    [
      { a: null, b: null },
      { a: 42, b: '🦆🦆🦆🦆🦆🦆' },
      { a: null, b: null },
    ],
    [
      { a: 42, b: '🦆🦆🦆🦆🦆🦆' },
      { a: null, b: null },
      { a: 42, b: '🦆🦆🦆🦆🦆🦆' },
    ],
    null,
  ],
  struct_of_fixed_array: [{ a: [null, 2, 3], b: ['a', null, 'c'] }, { a: [4, 5, 6], b: ['d', 'e', 'f'] }, null],
  fixed_array_of_int_list: [
    [[], [42, 999, null, null, -42], []],
    [[42, 999, null, null, -42], [], [42, 999, null, null, -42]],
    null,
  ],
  list_of_fixed_int_array: [
    [
      [null, 2, 3],
      [4, 5, 6],
      [null, 2, 3],
    ],
    [
      [4, 5, 6],
      [null, 2, 3],
      [4, 5, 6],
    ],
    null,
  ],
  time_ns: ['00:00:00', '24:00:00', null],
};

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close({ deadlineMs: 100 }));

const columns = Object.entries(expected);

test.each(columns)('renders %s as it is written here', async (column, values) => {
  const rows = await execute(database, `SELECT "${column}" AS value FROM test_all_types()`);
  expect(rows).toEqual(values.map(value => ({ value })));
});

test('names every column of test_all_types() here, but for two whose values are too long', async () => {
  const rows = await execute(database, 'SELECT column_name FROM (DESCRIBE FROM test_all_types())');
  const names = [...Object.keys(expected), 'bignum', 'geometry'].sort();
  expect(rows).toEqual(expect.arrayContaining(names.map(column_name => ({ column_name }))));
  expect(rows).toHaveLength(names.length);
});

test('renders a BIGNUM exactly: as text when no number holds it, as a number when one does', async () => {
  const rows = await execute(
    database,
    "SELECT '123456789012345678901234567890123456789012'::BIGNUM AS big, 42::BIGNUM AS small",
  );
  expect(rows).toEqual([{ big: '123456789012345678901234567890123456789012', small: 42 }]);
});

test('renders a GEOMETRY as the base64 of its well-known binary', async () => {
  // Little-endian, type 1 (point), x = 1.0, y = 2.0.
  expect(await execute(database, "SELECT 'POINT(1 2)'::GEOMETRY AS g")).toEqual([
    { g: 'AQEAAAAAAAAAAADwPwAAAAAAAABA' },
  ]);
});
