import type { Database } from '@mxcp-ts/engine';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { execute, openTestDatabase } from './support/fixtures.ts';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close({ deadlineMs: 100 }));

test.each([
  ['SELECT ? AS a, ? AS b', ['x', 2], [{ a: 'x', b: 2 }]],
  ['SELECT $2 AS b, $1 AS a', ['x', 2], [{ b: 2, a: 'x' }]],
  ['SELECT $name AS a', { name: [1, 2] }, [{ a: [1, 2] }]],
  ['SELECT $NAME AS a', { name: null }, [{ a: null }]],
  ['SELECT $1 AS a, $2 AS b', { first: 'x', second: 2 }, [{ a: 'x', b: 2 }]],
])('binds %s with %j', async (sql, parameters, rows) => {
  expect(await execute(database, sql, parameters)).toEqual(rows);
});

test.each([
  ['SELECT $nope', { other: 1 }, 'Invalid Input: No value was given for the parameter "$nope".'],
  ['SELECT ?, ?', [1], 'Invalid Input: No value was given for the parameter number 2.'],
  ['SELECT 1', [1], 'Invalid Input: 1 value was given for 0 parameters.'],
  ['SELECT ?', [1, 2], 'Invalid Input: 2 values were given for 1 parameter.'],
  ['', [], 'Invalid Input: There is no statement to run.'],
  ['SELEC 1', [], 'Parser: syntax error at or near "SELEC"'],
  ['FROM nowhere', [], 'Catalog: Table with name nowhere does not exist!'],
  ["SELECT 'x'::INTEGER", [], "Conversion: Could not convert string 'x' to INT32"],
])("answers %s with %j by DuckDB's class and message", async (sql, parameters, failure) => {
  expect(await execute(database, sql, parameters)).toBe(failure);
});

test('gives typed rows as arrays, exact, with the types of the columns', async () => {
  const sql = `SELECT 9007199254740993 AS big, 1.50::DECIMAL(9,2) AS money, 1::HUGEINT AS huge, 'NaN'::DOUBLE AS nan,
    DATE '2024-01-02' AS d, TIMESTAMPTZ '2024-01-02 03:04:05+01' AS tz, INTERVAL 1 MONTH AS i, '\\x00\\xFF'::BLOB AS b,
    MAP {1: 'a'} AS m, {x: [1::BIGINT]} AS s, '{"k":1}'::JSON AS j, NULL AS n,
    '00000000-0000-0000-0000-000000000001'::UUID AS u`;
  const outcome = await database.execute({ sql, format: 'typed' });
  expect(outcome).toEqual({
    kind: 'rows',
    json: '[[9007199254740993,"1.50","1",null,"2024-01-02","2024-01-02T02:04:05+00:00","P1M","AP8=",[[1,"a"]],{"x":[1]},{"k":1},null,"00000000-0000-0000-0000-000000000001"]]',
    columns: [
      { name: 'big', type: { id: 'BIGINT' } },
      { name: 'money', type: { id: 'DECIMAL' } },
      { name: 'huge', type: { id: 'HUGEINT' } },
      { name: 'nan', type: { id: 'DOUBLE' } },
      { name: 'd', type: { id: 'DATE' } },
      { name: 'tz', type: { id: 'TIMESTAMPTZ' } },
      { name: 'i', type: { id: 'INTERVAL' } },
      { name: 'b', type: { id: 'BLOB' } },
      { name: 'm', type: { id: 'MAP', key: { id: 'INTEGER' }, value: { id: 'VARCHAR' } } },
      { name: 's', type: { id: 'STRUCT', fields: [{ name: 'x', type: { id: 'LIST', item: { id: 'BIGINT' } } }] } },
      { name: 'j', type: { id: 'JSON' } },
      { name: 'n', type: { id: 'INTEGER' } },
      { name: 'u', type: { id: 'UUID' } },
    ],
  });
});

test('refuses more rows than asked for', async () => {
  expect(await database.execute({ sql: 'FROM range(11)', format: 'json', maxRows: 10 })).toEqual({
    kind: 'failed',
    error: { type: 'Result', message: 'The result gave more than 10 rows (max_rows).' },
  });
});
