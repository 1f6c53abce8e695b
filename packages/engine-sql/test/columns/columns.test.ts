import type { ColumnBatch, Database, ExecuteRequest } from '@mxcp-ts/engine';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeBatch } from '../support/decode-batch.ts';
import { openTestDatabase } from '../support/fixtures.ts';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close({ deadlineMs: 100 }));

async function batchOf(sql: string, options: Partial<ExecuteRequest> = {}): Promise<ColumnBatch> {
  const outcome = await database.execute({ sql, format: 'columns', ...options });
  if (outcome.kind !== 'columns') throw new Error(JSON.stringify(outcome));
  return outcome.batch;
}

// Least value, greatest value, NULL of every column of DuckDB's test_all_types(), as its bytes are.
const allTypes: Readonly<Record<string, readonly [layout: string, ...values: unknown[]]>> = {
  bool: ['bool', false, true, null],
  tinyint: ['i1', -128, 127, null],
  smallint: ['i2', -32768, 32767, null],
  int: ['i4', -2147483648, 2147483647, null],
  bigint: ['i8', -9223372036854775808n, 9223372036854775807n, null],
  hugeint: ['i16', -(2n ** 127n), 2n ** 127n - 1n, null],
  uhugeint: ['json', '0', '340282366920938463463374607431768211455', null],
  utinyint: ['u1', 0, 255, null],
  usmallint: ['u2', 0, 65535, null],
  uint: ['u4', 0, 4294967295, null],
  ubigint: ['u8', 0n, 18446744073709551615n, null],
  bignum: ['json', expect.stringMatching(/^-1797\d{305}$/), expect.stringMatching(/^1797\d{305}$/), null],
  date: ['i4', -2147483646, 2147483646, null],
  time: ['i8', 0n, 86400000000n, null],
  timestamp: ['i8', -9223372022400000000n, 9223372036854775806n, null],
  timestamp_s: ['i8', -9223372022400n, 9223372036854n, null],
  timestamp_ms: ['i8', -9223372022400000n, 9223372036854775n, null],
  timestamp_ns: ['i8', -9223286400000000000n, 9223372036854775806n, null],
  time_tz: ['json', '00:00:00+15:59:59', '24:00:00-15:59:59', null],
  timestamp_tz: ['i8', -9223372022400000000n, 9223372036854775806n, null],
  float: ['f4', -3.4028234663852886e38, 3.4028234663852886e38, null],
  double: ['f8', -1.7976931348623157e308, 1.7976931348623157e308, null],
  dec_4_1: ['i2', -9999, 9999, null],
  dec_9_4: ['i4', -999999999, 999999999, null],
  dec_18_6: ['i8', -999999999999999999n, 999999999999999999n, null],
  dec38_10: ['i16', -(10n ** 38n - 1n), 10n ** 38n - 1n, null],
  uuid: ['i16', -(2n ** 127n), 2n ** 127n - 1n, null],
  interval: ['interval', [0, 0, 0n], [999, 999, 999999999n], null],
  varchar: ['text', '🦆🦆🦆🦆🦆🦆', 'goo\u0000se', null],
  blob: ['blob', Buffer.from('thisisalongblob\0withnullbytes').toString('hex'), '00000061', null],
  bit: ['json', '0010001001011100010101011010111', '10101', null],
  small_enum: ['u1', 'DUCK_DUCK_ENUM', 'GOOSE', null],
  medium_enum: ['u2', 'enum_0', 'enum_299', null],
  large_enum: ['u4', 'enum_0', 'enum_69999', null],
  int_array: ['json', [], [42, 999, null, null, -42], null],
  double_array: ['json', [], [42, null, null, null, null, -42], null],
  date_array: ['json', [], ['1970-01-01', 'infinity', '-infinity', null, '2022-05-12'], null],
  timestamp_array: ['json', [], ['1970-01-01T00:00:00', 'infinity', '-infinity', null, '2022-05-12T16:23:45'], null],
  timestamptz_array: [
    'json',
    [],
    ['1970-01-01T00:00:00+00:00', 'infinity', '-infinity', null, '2022-05-12T23:23:45+00:00'],
    null,
  ],
  varchar_array: ['json', [], ['🦆🦆🦆🦆🦆🦆', 'goose', null, ''], null],
  nested_int_array: ['json', [], [[], [42, 999, null, null, -42], null, [], [42, 999, null, null, -42]], null],
  struct: ['json', { a: null, b: null }, { a: 42, b: '🦆🦆🦆🦆🦆🦆' }, null],
  struct_of_arrays: [
    'json',
    { a: null, b: null },
    { a: [42, 999, null, null, -42], b: ['🦆🦆🦆🦆🦆🦆', 'goose', null, ''] },
    null,
  ],
  array_of_structs: ['json', [], [{ a: null, b: null }, { a: 42, b: '🦆🦆🦆🦆🦆🦆' }, null], null],
  map: [
    'json',
    [],
    [
      ['key1', '🦆🦆🦆🦆🦆🦆'],
      ['key2', 'goose'],
    ],
    null,
  ],
  union: ['json', 'Frank', 5, null],
  fixed_int_array: ['json', [null, 2, 3], [4, 5, 6], null],
  time_ns: ['i8', 0n, 86400000000000n, null],
};

test('gives every type in its own layout, least value, greatest value and NULL', async () => {
  const batch = await batchOf(
    `SELECT ${Object.keys(allTypes)
      .map(name => `"${name}"`)
      .join(', ')} FROM test_all_types(use_large_enum := true)`,
  );
  const values = decodeBatch(batch);
  const given = batch.columns.map(({ name, layout, nulls }) => [name, [layout, ...(values[name] ?? [])], nulls]);
  expect(given).toEqual(Object.entries(allTypes).map(([name, column]) => [name, column, column[0] !== 'json']));
});

test('names the types of columns with all that a reader needs', async () => {
  const batch =
    await batchOf(`SELECT 1.5::DECIMAL(12, 2) AS d, 'b'::ENUM('a', 'b') AS e, {k: [1]} AS s, MAP {'a': 1::TINYINT} AS m,
    '{}'::JSON AS j, TIMESTAMPTZ '2024-01-01 00:00:00+00' AS tz, 1 AS twice, 2 AS twice`);
  expect(batch.columns).toEqual([
    { name: 'd', type: { id: 'DECIMAL', width: 12, scale: 2 }, layout: 'i8', nulls: false },
    { name: 'e', type: { id: 'ENUM', values: ['a', 'b'] }, layout: 'u1', nulls: false },
    {
      name: 's',
      type: { id: 'STRUCT', fields: [{ name: 'k', type: { id: 'LIST', item: { id: 'INTEGER' } } }] },
      layout: 'json',
      nulls: false,
    },
    {
      name: 'm',
      type: { id: 'MAP', key: { id: 'VARCHAR' }, value: { id: 'TINYINT' } },
      layout: 'json',
      nulls: false,
    },
    { name: 'j', type: { id: 'JSON' }, layout: 'json', nulls: false },
    { name: 'tz', type: { id: 'TIMESTAMPTZ' }, layout: 'i8', nulls: false },
    { name: 'twice', type: { id: 'INTEGER' }, layout: 'i4', nulls: false },
    { name: 'twice_1', type: { id: 'INTEGER' }, layout: 'i4', nulls: false },
  ]);
});

test('keeps NaN, infinities, big integers and the values of JSON', async () => {
  const sql = `SELECT unnest(['NaN', 'inf', '-inf', '-0']::DOUBLE[]) AS f8, unnest(['nan', 'inf', '-inf', '0.5']::FLOAT[]) AS f4,
    unnest(['{"a": [1, null]}', '"x"', 'null', NULL]::JSON[]) AS j, unnest([[9007199254740993], NULL, [], [NULL]]) AS l`;
  const batch = await batchOf(sql);
  expect(decodeBatch(batch)).toEqual({
    f8: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, -0],
    f4: [Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY, 0.5],
    j: [{ a: [1, null] }, 'x', null, null],
    l: [JSON.parse('[9007199254740993]'), null, [], [null]],
  });
  expect(Buffer.from(batch.bytes).toString()).toContain('[[9007199254740993],null,[],[null]]');
});

test.each([0, 1, 12, 13, 100_000])('reads strings of %i bytes, among NULLs and others', async length => {
  const sql = `SELECT unnest([repeat('a', ${length}), NULL, 'é', repeat('b', ${length}), '', repeat('c', ${length})]) AS s,
    unnest([NULL, repeat('x', ${length})::BLOB, NULL, NULL, NULL, ''::BLOB]) AS b`;
  const text = (letter: string) => letter.repeat(length);
  expect(decodeBatch(await batchOf(sql))).toEqual({
    s: [text('a'), null, 'é', text('b'), '', text('c')],
    b: [null, Buffer.from(text('x')).toString('hex'), null, null, null, ''],
  });
});

test.each([
  ['kept whole', {}],
  ['fetched piece by piece', { maxRows: 1_000_000 }],
])('gives 100,000 rows of several chunks in their order, %s', async (_how, options) => {
  const sql = `SELECT i, CASE WHEN i % 3 = 0 THEN NULL ELSE i / 2 END AS half, 'row ' || (i * 7919) AS short,
    CASE WHEN i % 1000 = 999 THEN NULL ELSE 'a longer text, row ' || i END AS long FROM range(100000) r(i) ORDER BY i`;
  const { i, half, short, long } = decodeBatch(await batchOf(sql, options));
  const numbers = Array.from({ length: 100_000 }, (_, index) => index);
  expect(i).toEqual(numbers.map(BigInt));
  expect(half).toEqual(numbers.map(n => (n % 3 === 0 ? null : n / 2)));
  expect(short).toEqual(numbers.map(n => `row ${n * 7919}`));
  expect(long).toEqual(numbers.map(n => (n % 1000 === 999 ? null : `a longer text, row ${n}`)));
});

test('gives strings that do not lie in order in memory', async () => {
  const sql = `SELECT s FROM (SELECT i, repeat(chr(97 + (i % 26)::INTEGER), 10 + (i % 50)::INTEGER) AS s FROM range(20000) r(i))
    ORDER BY hash(i)`;
  const expected = await database.execute({ sql, format: 'json' });
  const rows: { s: string }[] = JSON.parse(expected.kind === 'rows' ? expected.json : '');
  expect(decodeBatch(await batchOf(sql)).s).toEqual(rows.map(({ s }) => s));
});

test('an empty result still has its columns', async () => {
  expect(await batchOf("SELECT 1 AS n, 'x' AS s, [1] AS l WHERE false")).toEqual({
    rows: 0,
    columns: [
      { name: 'n', type: { id: 'INTEGER' }, layout: 'i4', nulls: false },
      { name: 's', type: { id: 'VARCHAR' }, layout: 'text', nulls: false },
      { name: 'l', type: { id: 'LIST', item: { id: 'INTEGER' } }, layout: 'json', nulls: false },
    ],
    bytes: new Uint8Array([0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 91, 93, 0, 0, 0, 0, 0, 0]),
  });
});

test.each([
  ['CREATE TABLE made (a INTEGER)', {}],
  ['INSERT INTO made VALUES (1), (2)', { Count: [2n] }],
  ['SET threads = 2', {}],
  ['INSERT INTO made VALUES (3); SELECT count(*) AS n FROM made', { n: [3n] }],
  ['PIVOT made ON a USING count(*)', { 1: [1n], 2: [1n], 3: [1n] }],
])('answers %s as columns', async (sql, columns) => {
  expect(decodeBatch(await batchOf(sql))).toEqual(columns);
});

test('refuses more rows than asked for', async () => {
  expect(await database.execute({ sql: 'FROM range(11)', format: 'columns', maxRows: 10 })).toEqual({
    kind: 'failed',
    error: { type: 'Result', message: 'The result gave more than 10 rows (max_rows).' },
  });
});
