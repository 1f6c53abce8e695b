import { join } from 'node:path';
import type { Database } from '@mxcp-ts/engine';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { execute, openTestDatabase, runQuery, temporaryFolder } from './support/fixtures.ts';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase({ path: join(temporaryFolder(), 'test.duckdb') });
});
afterAll(() => database.close({ deadlineMs: 100 }));

test.each<[string, unknown]>([
  ['CREATE TABLE dml (id INTEGER PRIMARY KEY, v INTEGER)', []],
  ['INSERT INTO dml VALUES (1, 1), (2, 2)', [{ Count: 2 }]],
  ['UPDATE dml SET v = 3', [{ Count: 2 }]],
  ['INSERT INTO dml VALUES (3, 3) RETURNING id', [{ id: 3 }]],
  ['DELETE FROM dml WHERE id = 3', [{ Count: 1 }]],
  ['CREATE TABLE copied AS FROM dml', [{ Count: 2 }]],
  ['SET threads = 2', []],
  ['SELECT 1 AS a WHERE false', []],
  ['CHECKPOINT', []],
])('gives %s as rows', async (sql, rows) => {
  expect(await execute(database, sql)).toEqual(rows);
});

test('runs several statements in order, gives each the parameters it names, and answers with the last result', async () => {
  const sql = `
    CREATE TABLE steps (a INTEGER, b VARCHAR); -- comments; with a semicolon
    INSERT INTO steps VALUES ($a, 'x;y');
    INSERT INTO steps VALUES ($a + 1, $b);
    SELECT * FROM steps ORDER BY a;`;
  const parameters = [
    { name: 'a', type: 'integer' as const },
    { name: 'b', type: 'string' as const },
  ];
  expect(await runQuery(database, { sql, parameters }, { a: 1, b: 'z' })).toEqual({
    kind: 'rows',
    rows: [
      { a: 1, b: 'x;y' },
      { a: 2, b: 'z' },
    ],
  });
});

test('undoes every statement of a source when a later one fails', async () => {
  await execute(database, 'CREATE TABLE undone (a INTEGER)');
  expect(await execute(database, "INSERT INTO undone VALUES (1); SELECT 'x'::INTEGER")).toMatch(/^Conversion: /);
  expect(await execute(database, 'FROM undone')).toEqual([]);
});

test('leaves transactions to a source that manages them, and ends what it left open', async () => {
  await execute(database, 'CREATE TABLE managed (a INTEGER)');
  expect(
    await execute(database, 'BEGIN; INSERT INTO managed VALUES (1); COMMIT; BEGIN; INSERT INTO managed VALUES (2)'),
  ).toEqual([{ Count: 1 }]);
  expect(await execute(database, 'FROM managed')).toEqual([{ a: 1 }]);
});

test('runs a PIVOT, which DuckDB splits in two, again and again', async () => {
  await execute(database, "CREATE TABLE sales AS SELECT * FROM (VALUES ('x', 1), ('y', 2)) v(k, n)");
  const sql = 'PIVOT sales ON k USING sum(n)';
  expect(await execute(database, sql)).toEqual([{ x: 1, y: 2 }]);
  await execute(database, "INSERT INTO sales VALUES ('z', 3)");
  expect(await execute(database, sql)).toEqual([{ x: 1, y: 2, z: 3 }]);
});

test('goes on with a kept query after its table has changed', async () => {
  await execute(database, 'CREATE TABLE changing AS SELECT 1 AS a');
  const query = database.prepare({
    id: 'tool:changing',
    sql: 'FROM changing',
    parameters: [],
    returns: undefined,
    maxRows: undefined,
    guard: undefined,
  });
  const signal = new AbortController().signal;
  expect(await query.run({}, { signal })).toEqual({ kind: 'rows', rows: [{ a: 1 }] });
  await execute(database, "CREATE OR REPLACE TABLE changing AS SELECT 'x' AS b, 2.5 AS c");
  expect(await query.run({}, { signal })).toEqual({ kind: 'rows', rows: [{ b: 'x', c: 2.5 }] });
});

test.each([
  ['CREATE TEMP TABLE left_behind AS SELECT 1 AS a', 'FROM left_behind'],
  ['CREATE OR REPLACE TEMPORARY VIEW left_behind AS SELECT 1 AS a', 'FROM left_behind'],
  ['PREPARE left_behind AS SELECT 1 AS a', 'EXECUTE left_behind'],
])('does not carry what %s makes from one call to another', async (first, second) => {
  await execute(database, first);
  expect(await execute(database, second)).toEqual(expect.stringMatching(/does not exist/));
});

test('does not carry SET and USE from one call to another', async () => {
  await execute(database, "SET search_path = 'main'; CREATE SCHEMA IF NOT EXISTS other; USE other");
  const schemas = await Promise.all(Array.from({ length: 8 }, () => execute(database, 'SELECT current_schema() AS s')));
  expect(schemas).toEqual(Array.from({ length: 8 }, () => [{ s: 'main' }]));
});

test('stops a query whose signal aborts, at once for the caller, and the connection works on', async () => {
  const single = await openTestDatabase({ connections: 1 });
  const stop = new AbortController();
  const slow = single.execute({
    sql: 'SELECT count(*) FROM range(1000000000000)',
    format: 'json',
    signal: stop.signal,
  });
  setTimeout(() => stop.abort(), 50);
  expect(await slow).toEqual({ kind: 'aborted' });
  // With one connection this waits until the interrupted statement is really gone.
  expect(await execute(single, 'SELECT 1 AS a')).toEqual([{ a: 1 }]);
  await single.close({ deadlineMs: 100 });
});

test('gives up a query that waits for a connection when its signal aborts', async () => {
  const single = await openTestDatabase({ connections: 1 });
  const stop = new AbortController();
  const sql = 'SELECT count(*) FROM range(1000000000000)';
  const slow = single.execute({ sql, format: 'json', signal: stop.signal });
  const waiting = single.execute({ sql, format: 'json', signal: stop.signal });
  setTimeout(() => stop.abort(), 20);
  expect(await Promise.all([slow, waiting])).toEqual([{ kind: 'aborted' }, { kind: 'aborted' }]);
  expect(await execute(single, 'SELECT 1 AS a')).toEqual([{ a: 1 }]);
  await single.close({ deadlineMs: 100 });
});

test('rolls back what an interrupted source had done', async () => {
  await execute(database, 'CREATE TABLE interrupted (a INTEGER)');
  const stop = new AbortController();
  const sql = 'INSERT INTO interrupted VALUES (1); SELECT count(*) FROM range(1000000000000)';
  const running = database.execute({ sql, format: 'json', signal: stop.signal });
  setTimeout(() => stop.abort(), 50);
  expect(await running).toEqual({ kind: 'aborted' });
  expect(await execute(database, 'FROM interrupted')).toEqual([]);
});

test.each([
  [3, { kind: 'rows', rows: [{ n: 0 }, { n: 1 }, { n: 2 }] }],
  [4, { kind: 'invalid-output', problems: [{ pointer: '', message: 'gave more than 3 rows (max_rows)' }] }],
  // Ends long before all of them are made.
  [1e12, { kind: 'invalid-output', problems: [{ pointer: '', message: 'gave more than 3 rows (max_rows)' }] }],
])('with max_rows 3, answers a query of %i rows', async (count, outcome) => {
  const query = {
    sql: 'FROM range($count) r(n)',
    parameters: [{ name: 'count', type: 'integer' as const }],
    maxRows: 3,
  };
  expect(await runQuery(database, query, { count })).toEqual(outcome);
});

test('lets 32 callers upsert one key 100 times each without a failure', async () => {
  await execute(database, 'CREATE TABLE counters (k VARCHAR PRIMARY KEY, n INTEGER)');
  const query = database.prepare({
    id: 'tool:count',
    sql: 'INSERT INTO counters VALUES ($k, 1) ON CONFLICT (k) DO UPDATE SET n = n + 1',
    parameters: [{ name: 'k', type: 'string' }],
    returns: undefined,
    maxRows: undefined,
    guard: undefined,
  });
  const failures: unknown[] = [];
  const caller = async () => {
    for (let i = 0; i < 100; i += 1) {
      const outcome = await query.run({ k: 'a' }, { signal: new AbortController().signal });
      if (outcome.kind !== 'rows') failures.push(outcome);
    }
  };
  await Promise.all(Array.from({ length: 32 }, caller));
  expect(failures).toEqual([]);
  expect(await execute(database, 'FROM counters')).toEqual([{ k: 'a', n: 3200 }]);
}, 120_000);

test('fails at once for a duplicate key that no retry can mend', async () => {
  await execute(database, 'CREATE TABLE unique_twice (a INTEGER PRIMARY KEY, b INTEGER UNIQUE)');
  await execute(database, 'INSERT INTO unique_twice VALUES (1, 1)');
  const upsert = 'INSERT INTO unique_twice VALUES (2, 1) ON CONFLICT (a) DO NOTHING';
  expect(await execute(database, upsert)).toMatch(/^Constraint: Duplicate key "b: 1"/);
});

test('answers everything that still runs when it is closed, and refuses what comes later', async () => {
  const closing = await openTestDatabase();
  const slow = closing.execute({ sql: 'SELECT count(*) FROM range(1000000000000)', format: 'json' });
  await closing.close({ deadlineMs: 50 });
  expect(await slow).toEqual({ kind: 'aborted' });
  expect(await execute(closing, 'SELECT 1')).toBe('Connection: The database thread has ended.');
});

test('a query that is released says so when it is run again', async () => {
  const none = { parameters: [], returns: undefined, maxRows: undefined, guard: undefined };
  const query = database.prepare({ id: 'tool:released', sql: 'SELECT 1 AS n', ...none });
  const { signal } = new AbortController();
  const last = query.run({}, { signal });
  query.release();
  expect(await last).toEqual({ kind: 'rows', rows: [{ n: 1 }] });
  expect(await query.run({}, { signal })).toEqual({
    kind: 'failed',
    error: { type: 'Connection', message: 'The query belongs to a plan that is over.' },
  });
});

test('leaves out rows beyond the bound when that is no error, and ends the result', async () => {
  await execute(database, 'CREATE TABLE cut (n INTEGER)');
  const many = 'SELECT i AS n FROM range(1000000) r(i)';
  const rows = [{ n: 0 }, { n: 1 }, { n: 2 }];
  expect(await runQuery(database, { sql: many, maxRows: 3, isCut: true })).toEqual({ kind: 'rows', rows });
  const returning = 'INSERT INTO cut SELECT range FROM range(5) RETURNING n';
  expect(await runQuery(database, { sql: returning, maxRows: 3, isCut: true })).toEqual({ kind: 'rows', rows });
  const both = `INSERT INTO cut VALUES (5); ${many}`;
  expect(await runQuery(database, { sql: both, maxRows: 3, isCut: true })).toEqual({ kind: 'rows', rows });
  expect(await runQuery(database, { sql: 'FROM range(3) r(n)', maxRows: 3, isCut: true })).toEqual({
    kind: 'rows',
    rows,
  });
  expect(await runQuery(database, { sql: many, maxRows: 3 })).toMatchObject({ kind: 'invalid-output' });
  expect(await execute(database, 'SELECT count(*) AS n FROM cut')).toEqual([{ n: 6 }]);
});
