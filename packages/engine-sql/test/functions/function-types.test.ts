import type { Database } from '@mxcp-ts/engine';
import type { JsonValue } from '@mxcp-ts/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { execute, openTestDatabase } from '../support/fixtures.ts';
import { chunkFunction, sqlFunction } from '../support/functions.ts';

// Values as SQL writes them, for a function of that type which gives back what it is given.
const samples: readonly (readonly [type: string, ...values: string[]])[] = [
  ['BOOLEAN', 'true', 'false'],
  ['TINYINT', '-128', '127'],
  ['SMALLINT', '-32768', '32767'],
  ['INTEGER', '-2147483648', '2147483647'],
  ['BIGINT', '-9223372036854775808', '9223372036854775807', '12'],
  ['HUGEINT', '-170141183460469231731687303715884105728', '170141183460469231731687303715884105727'],
  ['UTINYINT', '255'],
  ['USMALLINT', '65535'],
  ['UINTEGER', '4294967295'],
  ['UBIGINT', '18446744073709551615'],
  ['UHUGEINT', '340282366920938463463374607431768211455'],
  ['FLOAT', '1.5', '-3.4028234663852886e38'],
  ['DOUBLE', '0.1', '1.7976931348623157e308', '-0.0'],
  ['DECIMAL(4,1)', '-999.9', '0.1'],
  ['DECIMAL(9,4)', '-99999.9999', '5'],
  ['DECIMAL', '999999999999999.999', '-0.001'],
  ['DECIMAL(38,10)', '9999999999999999999999999999.9999999999', '-0.0000000001'],
  ['VARCHAR', "''", "'🦆 ünï'", "'a' || chr(0) || 'b'", "'longer than the twelve bytes inside'", `'"quoted\\'`],
  ['BLOB', "''::BLOB", "'\\x00\\xff\\x41'::BLOB"],
  ['BIT', "'0010111'", "'1'"],
  ['UUID', "'00000000-0000-0000-0000-000000000001'", "'ffffffff-ffff-ffff-ffff-ffffffffffff'"],
  ['DATE', "'2024-02-29'", "'infinity'", "'-infinity'", "'5877642-06-25 (BC)'", "'5881580-07-10'", "'0044-03-15 (BC)'"],
  ['TIME', "'00:00:00'", "'23:59:59.999999'", "'24:00:00'"],
  ['TIMETZ', "'00:00:00+15:59:59'", "'12:30:00.5-03:30'", "'24:00:00-15:59:59'"],
  [
    'TIMESTAMP',
    "'2024-01-02 03:04:05.678901'",
    "'infinity'",
    "'-infinity'",
    "'294247-01-10 04:00:54.775806'",
    "'1969-12-31 23:59:59.999999'",
  ],
  ['TIMESTAMP_S', "'1969-12-31 23:59:59'", "'infinity'"],
  ['TIMESTAMP_MS', "'1969-12-31 23:59:59.999'", "'-infinity'"],
  ['TIMESTAMP_NS', "'1969-12-31 23:59:59.999999999'", "'2262-04-11 23:47:16.854775806'"],
  ['TIMESTAMPTZ', "'2024-01-02 03:04:05.678+02'", "'infinity'"],
  ['INTERVAL', "'1 year 2 months -3 days 04:05:06.789'", "'0 days'", "'-00:00:00.000001'", "'-1 month 1 day'"],
  ["ENUM('sad', 'glad')", "'glad'", "'sad'"],
  ['VARCHAR[]', "['a', NULL, '']", '[]'],
  ['INTEGER[][]', '[[1, NULL], [], NULL]'],
  ['INTEGER[3]', '[1, NULL, 3]'],
  ['BIGINT[]', '[9223372036854775807]'],
  ['MAP(VARCHAR, INTEGER)', "MAP {'a': 1, 'b': NULL}", 'MAP {}'],
  ['MAP(INTEGER, DATE[])', "MAP {7: [DATE '2024-01-02']}"],
  ['STRUCT(a INTEGER, "b c" VARCHAR[])', "{'a': 1, 'b c': ['x', NULL]}", "{'a': NULL, 'b c': NULL}"],
  ['STRUCT(d DECIMAL(18,3), t TIMESTAMP)[]', "[{'d': 1.5, 't': TIMESTAMP '2024-01-02'}, NULL]"],
  ['JSON', `'{"a":[1,null,"x"]}'`, `'"text"'`, `'12.5'`],
  ['JSON[]', `['{"a":1}', '2']`],
];

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
  // Digits that a double has not must not get lost in the test itself.
  const verbatim = (type: string, index: number) =>
    chunkFunction({
      name: `verbatim_${index}`,
      parameters: [type],
      returns: type,
      nulls: 'pass',
      apply: async columns => ({ ok: true, json: columns.slice(1, -1) }),
    });
  const types = samples.map(([type]) => type);
  expect(await database.defineFunctions(types.map(verbatim))).toEqual([]);
});
afterAll(() => database.close({ deadlineMs: 1000 }));

test.each(samples.map((sample, index) => [sample[0], index, sample.slice(1)] as const))(
  'a %s comes back from a function as it went in',
  async (type, index, values) => {
    const rows = values.map(value => `((${value})::${type})`).join(', ');
    const sql = `SELECT count(*)::INTEGER AS n, count(v)::INTEGER AS given, count(*) FILTER (
      typeof(verbatim_${index}(v)) = typeof(v) AND verbatim_${index}(v)::VARCHAR IS NOT DISTINCT FROM v::VARCHAR
      AND verbatim_${index}(v) IS NOT DISTINCT FROM v)::INTEGER AS same FROM (VALUES ${rows}, (NULL::${type})) t(v)`;
    expect(await execute(database, sql)).toEqual([
      { n: values.length + 1, given: values.length, same: values.length + 1 },
    ]);
  },
);

const misfits: readonly (readonly [type: string, kind: string, value: JsonValue])[] = [
  ['INTEGER', 'a number with a fraction', 1.5],
  ['INTEGER', 'a whole number', 2147483648],
  ['INTEGER', 'true or false', true],
  ['BIGINT', 'text', 'x'],
  ['BIGINT', 'a whole number', 1e300],
  ['DECIMAL(4,1)', 'a whole number', 1000],
  ['DECIMAL(4,1)', 'text', 'NaN'],
  ['VARCHAR', 'a whole number', 1],
  ['BOOLEAN', 'a whole number', 1],
  ['DOUBLE', 'text', '1.5'],
  ['BLOB', 'text', '%%%%'],
  ['DATE', 'text', '2023-02-29'],
  ['TIME', 'text', '25:00:00'],
  ['TIMESTAMP', 'text', 'yesterday'],
  ['INTERVAL', 'text', 'P'],
  ['INTEGER[]', 'a whole number', 1],
  ['INTEGER[]', 'a list', [1, 'x']],
  ['MAP(VARCHAR, INTEGER)', 'a list', [[null, 1]]],
  ['STRUCT("a" INTEGER)', 'an object', { a: 'x' }],
  ['STRUCT("a" INTEGER)', 'a list', [1]],
];

test('a value that does not fit the declared type is told without the value', async () => {
  const other = await openTestDatabase();
  const functions = misfits.map(([type, , value], index) =>
    sqlFunction({ name: `misfit_${index}`, returns: type, row: () => value }),
  );
  expect(await other.defineFunctions(functions)).toEqual([]);
  for (const [index, [type, kind]] of misfits.entries()) {
    expect(await execute(other, `SELECT misfit_${index}(1)`)).toBe(
      `Invalid Input: misfit_${index}: The function gave ${kind}, which does not fit its declared type ${type}.`,
    );
  }
  await other.close({ deadlineMs: 1000 });
});

test('forms that guests may write besides', async () => {
  const forms: readonly (readonly [type: string, value: JsonValue, text: string])[] = [
    ['DECIMAL(18,3)', 0.1, '0.100'],
    ['DECIMAL(18,3)', '1E+3', '1000.000'],
    ['DECIMAL(18,3)', '-1.0005', '-1.001'],
    ['BIGINT', '42', '42'],
    ['TIMESTAMP', '2024-01-02', '2024-01-02 00:00:00'],
    ['TIMESTAMP', '2024-01-02T03:04:05+02:00', '2024-01-02 01:04:05'],
    ['TIMESTAMP', '2024-01-02T03:04:05.123Z', '2024-01-02 03:04:05.123'],
    ['TIMESTAMPTZ', '2024-01-02T03:04:05', '2024-01-02 03:04:05+00'],
    ['INTERVAL', 'P1W', '7 days'],
    ['INTERVAL', '-PT0.5S', '-00:00:00.5'],
    ['MAP(VARCHAR, INTEGER)', { a: 1 }, '{a=1}'],
    ['STRUCT(a INTEGER, b INTEGER)', { b: 2, c: 3 }, "{'a': NULL, 'b': 2}"],
  ];
  const other = await openTestDatabase();
  await other.defineFunctions(
    forms.map(([type, value], index) => sqlFunction({ name: `form_${index}`, returns: type, row: () => value })),
  );
  for (const [index, [, , text]] of forms.entries()) {
    expect(await execute(other, `SELECT form_${index}(1)::VARCHAR AS v`)).toEqual([{ v: text }]);
  }
  await other.close({ deadlineMs: 1000 });
});
