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

test('binds mappings and lists to JSON columns, and to columns of lists, structs and maps', async () => {
  await execute(database, 'CREATE TABLE cache (key VARCHAR, data JSON, stamp TIMESTAMP)');
  const insert = 'INSERT INTO cache VALUES ($1,$2,CURRENT_TIMESTAMP)';
  const data = { a: [1, { b: null }], c: 'd' };
  expect(await execute(database, insert, { key: 'x', data })).toEqual([{ Count: 1 }]);
  expect(await execute(database, 'INSERT INTO cache (data, key) SELECT ?, ?', [[1, 2], 'y'])).toEqual([{ Count: 1 }]);
  expect(await execute(database, 'SELECT key, data FROM cache')).toEqual([
    { key: 'x', data },
    { key: 'y', data: [1, 2] },
  ]);
  await execute(database, 'CREATE TABLE nested (l INTEGER[], s STRUCT(a INTEGER, b VARCHAR), m MAP(VARCHAR, INTEGER))');
  await execute(database, 'INSERT INTO nested VALUES ($l, $s, $m)', { s: { b: 'x', a: 1 }, l: [1, null], m: { k: 1 } });
  await execute(database, 'INSERT INTO nested VALUES (?, ?, ?)', [[], { a: null, b: null }, {}]);
  expect(await execute(database, 'FROM nested')).toEqual([
    { l: [1, null], s: { a: 1, b: 'x' }, m: { k: 1 } },
    { l: [], s: { a: null, b: null }, m: {} },
  ]);
});

test('refuses more rows than asked for', async () => {
  expect(await database.execute({ sql: 'FROM range(11)', format: 'json', maxRows: 10 })).toEqual({
    kind: 'failed',
    error: { type: 'Result', message: 'The result gave more than 10 rows (max_rows).' },
  });
});
