import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database, PreparedQuery, QueryOutcome } from '@mxcp-ts/engine';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { execute, openTestDatabase, temporaryFolder } from '../support/fixtures.ts';

const secretFile = join(temporaryFolder(), 'secret.csv');
let database: Database;
let query: PreparedQuery;

beforeAll(async () => {
  writeFileSync(secretFile, 'a,b\nhunter2,1\n');
  database = await openTestDatabase({ path: join(temporaryFolder(), 'guarded.duckdb') });
  await execute(
    database,
    `CREATE TABLE t AS SELECT i AS a, 'n' || i AS name FROM range(20) r(i);
     CREATE TABLE "odd.name/x" AS SELECT 1 AS a;
     CREATE SCHEMA s; CREATE TABLE s.u AS SELECT 2 AS b; CREATE SEQUENCE seq;
     CREATE MACRO read_it(p) AS (SELECT content FROM read_text(p));
     CREATE MACRO rows_of(p) AS TABLE FROM read_csv(p);
     CREATE VIEW v AS SELECT a + 1 AS b FROM t WHERE a < 2`,
  );
  query = database.prepare({
    id: 'tool:execute_sql_query',
    sql: 'FROM query_of_caller($sql)',
    parameters: [{ name: 'sql', type: 'string' }],
    returns: undefined,
    maxRows: 10,
    guard: { sqlParameter: 'sql', allowFunctions: [] },
  });
});
afterAll(() => database.close({ deadlineMs: 100 }));

const run = (sql: string): Promise<QueryOutcome> => query.run({ sql }, { signal: new AbortController().signal });

test.each<[string, unknown]>([
  ['SELECT count(*) AS n, max(name) AS m FROM t', [{ n: 20, m: 'n9' }]],
  ['FROM v ORDER BY b;', [{ b: 1 }, { b: 2 }]],
  ['WITH q AS (SELECT a FROM t WHERE a = 3) SELECT q.a FROM q', [{ a: 3 }]],
  [
    'WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM r WHERE a < 3) FROM r',
    [{ a: 1 }, { a: 2 }, { a: 3 }],
  ],
  ['SELECT b FROM s.u', [{ b: 2 }]],
  ['SELECT b FROM guarded.s.u', [{ b: 2 }]],
  ['SELECT a FROM "odd.name/x"', [{ a: 1 }]],
  [
    'SELECT a, row_number() OVER (ORDER BY a DESC) AS r, sum(a) OVER () AS s FROM t WHERE a < 2 ORDER BY a',
    [
      { a: 0, r: 2, s: 1 },
      { a: 1, r: 1, s: 1 },
    ],
  ],
  [
    "SELECT list_transform([1, 2], lambda x: x + 1) AS l, upper('x') AS u, [x * 2 FOR x IN [1, 2]] AS c",
    [{ l: [2, 3], u: 'X', c: [2, 4] }],
  ],
  ['SELECT range AS i FROM range(2)', [{ i: 0 }, { i: 1 }]],
  ['SELECT unnest([1, 2]) AS u', [{ u: 1 }, { u: 2 }]],
  ["SELECT table_name FROM information_schema.tables WHERE table_name = 't'", [{ table_name: 't' }]],
  ["SELECT name FROM t WHERE name LIKE 'n1%' AND a BETWEEN 1 AND 10 ORDER BY a", [{ name: 'n1' }, { name: 'n10' }]],
  ["SELECT CASE WHEN a = 0 THEN DATE '2024-01-02' END AS d FROM t WHERE a = 0", [{ d: '2024-01-02' }]],
  ['SELECT a FROM t WHERE a IN (SELECT b FROM s.u) OR EXISTS (SELECT 1 FROM s.u WHERE b = 3)', [{ a: 2 }]],
  ['(SELECT 1 AS a) UNION ALL (SELECT 2) ORDER BY a', [{ a: 1 }, { a: 2 }]],
  ['VALUES (1)', [{ col0: 1 }]],
  ["SELECT '{\"a\": 1}'::JSON ->> 'a' AS a", [{ a: '1' }]],
])('runs %s', async (sql, rows) => {
  expect(await run(sql)).toEqual({ kind: 'rows', rows });
});

const file = `'${secretFile}'`;
const noFiles = 'Files cannot be read here. Query the tables of the database.';
const onlySelect = 'Only one SELECT statement can be run here.';
const noTableFunction = (name: string) =>
  `The table function "${name}" is not allowed here. Query the tables of the database.`;
const noFunction = (name: string) => `The function "${name}" is not allowed here, or does not exist.`;

test.each<[string, string]>([
  [`FROM ${file}`, noFiles],
  [`SELECT * FROM "${secretFile}"`, noFiles],
  [`SELECT * FROM 's3://bucket/x.parquet'`, noFiles],
  [`SELECT * FROM '*.csv'`, noFiles],
  [`SELECT (SELECT a FROM ${file})`, noFiles],
  [`WITH q AS (FROM ${file}) FROM q`, noFiles],
  [`SELECT 1 FROM t, LATERAL (FROM ${file})`, noFiles],
  [`SELECT 1 FROM t WHERE a IN (SELECT a FROM ${file})`, noFiles],
  [`SELECT 1 FROM t GROUP BY a HAVING EXISTS (FROM ${file})`, noFiles],
  [`SELECT 1 FROM t ORDER BY (SELECT a FROM ${file})`, noFiles],
  [`SELECT 1 FROM t LIMIT (SELECT count(*) FROM ${file})`, noFiles],
  [`SELECT * FROM t UNION ALL FROM ${file}`, noFiles],
  [`SELECT list_transform([1], lambda x: (SELECT count(*) FROM ${file}))`, noFiles],
  [`SELECT sum(a) FILTER ((SELECT count(*) FROM ${file}) > 0) FROM t`, noFiles],
  [`SELECT sum(a) OVER (PARTITION BY (SELECT count(*) FROM ${file})) FROM t`, noFiles],
  // A name that WITH defines elsewhere does not make the file readable where it is out of scope.
  [`SELECT * FROM (WITH "${secretFile}" AS (SELECT 1) SELECT 1) x, ${file}`, noFiles],
  [`DESCRIBE ${file}`, noFiles],
  [`SUMMARIZE ${file}`, noFiles],
  [`FROM (DESCRIBE ${file})`, noFiles],
  [`UNPIVOT ${file} ON a`, noFiles],
  [`FROM read_csv(${file})`, noTableFunction('read_csv')],
  [`FROM READ_TEXT(${file})`, noTableFunction('read_text')],
  [`FROM main.read_blob(${file})`, noTableFunction('read_blob')],
  [`FROM glob('/*')`, noTableFunction('glob')],
  [`FROM sniff_csv(${file})`, noTableFunction('sniff_csv')],
  [`FROM query('FROM read_text(${file.replaceAll("'", "''")})')`, noTableFunction('query')],
  [`FROM query_table(${file})`, noTableFunction('query_table')],
  [`FROM rows_of(${file})`, noTableFunction('rows_of')],
  ['FROM duckdb_secrets()', noTableFunction('duckdb_secrets')],
  ['FROM duckdb_settings()', noTableFunction('duckdb_settings')],
  ['FROM pragma_database_list()', noTableFunction('pragma_database_list')],
  [`FROM json_execute_serialized_sql(json_serialize_sql('FROM t'))`, noTableFunction('json_execute_serialized_sql')],
  [`SELECT read_it(${file})`, noFunction('read_it')],
  [`SELECT json_serialize_plan('FROM t')`, noFunction('json_serialize_plan')],
  ["SELECT getenv('HOME')", noFunction('getenv')],
  ["SELECT current_setting('home_directory')", noFunction('current_setting')],
  ["SELECT getvariable('x')", noFunction('getvariable')],
  ["SELECT nextval('seq')", noFunction('nextval')],
  ["SELECT write_log('x')", noFunction('write_log')],
  ['SELECT sleep_ms(10)', noFunction('sleep_ms')],
  ['FROM pragma_database_list', 'There is no table "pragma_database_list".'],
  ['FROM duckdb_views', 'There is no table "duckdb_views".'],
  ['FROM pg_catalog.pg_settings', 'There is no table "pg_catalog.pg_settings".'],
  ['FROM information_schema.views', 'There is no table "information_schema.views".'],
  ['FROM nowhere', 'There is no table "nowhere".'],
  ['SHOW databases', 'Only SHOW TABLES is allowed.'],
  ['SELECT 1; SELECT 2', 'Exactly one SELECT statement can be run here.'],
  ['SELECT 1; DROP TABLE t', onlySelect],
  ['', 'Exactly one SELECT statement can be run here.'],
  ['-- nothing', 'Exactly one SELECT statement can be run here.'],
  ['DROP TABLE t', onlySelect],
  ['INSERT INTO t VALUES (1)', onlySelect],
  ['UPDATE t SET a = 1 RETURNING *', onlySelect],
  [`COPY t TO '/tmp/x.csv'`, onlySelect],
  [`COPY (SELECT 1) TO '/tmp/x.csv'`, onlySelect],
  [`ATTACH '/tmp/x.duckdb'`, onlySelect],
  [`EXPLAIN ANALYZE SELECT 1`, onlySelect],
  ['CALL pragma_version()', onlySelect],
  ['PRAGMA database_list', onlySelect],
  ['SET threads = 1', onlySelect],
  ['BEGIN', onlySelect],
  ['SELECT $a', 'Parameters have no values here. Write the values into the query.'],
  ['SELECT ?', 'Parameters have no values here. Write the values into the query.'],
  ['SELEC 1', 'Parser Error: syntax error at or near "SELEC".'],
  ['FROM range(11)', 'The query gives more than 10 rows. Add a LIMIT or narrow it.'],
  ['FROM range(1000000000000)', 'The query gives more than 10 rows. Add a LIMIT or narrow it.'],
])('refuses %s', async (sql, message) => {
  expect(await run(sql)).toEqual({ kind: 'failed', error: { type: 'Refused', message } });
});

test("tells the caller what is wrong with a query, by DuckDB's own message", async () => {
  const outcome = await run('SELECT nam FROM t');
  expect(outcome).toEqual({
    kind: 'failed',
    error: {
      type: 'Refused',
      message:
        'Binder Error: Referenced column "nam" not found in FROM clause!\nCandidate bindings: "name"\n\nLINE 1: SELECT nam FROM t\n               ^',
    },
  });
});

test('survives a query of ten thousand nested parentheses and goes on', async () => {
  const outcome = await run(`SELECT ${'('.repeat(10_000)}1${')'.repeat(10_000)}`);
  expect(outcome.kind).toBe('failed');
  expect(await run('SELECT 1 AS a')).toEqual({ kind: 'rows', rows: [{ a: 1 }] });
});

test('a function that the site file allows may read a file; everything else stays refused', async () => {
  const allowing = database.prepare({
    id: 'tool:allowing',
    sql: 'FROM query_of_caller($sql)',
    parameters: [{ name: 'sql', type: 'string' }],
    returns: undefined,
    maxRows: 10,
    guard: { sqlParameter: 'sql', allowFunctions: ['READ_CSV'] },
  });
  const ask = (sql: string) => allowing.run({ sql }, { signal: new AbortController().signal });
  expect(await ask(`SELECT a FROM read_csv('${secretFile}')`)).toEqual({ kind: 'rows', rows: [{ a: 'hunter2' }] });
  expect(await ask(`SELECT a FROM '${secretFile}'`)).toMatchObject({ kind: 'failed' });
  expect(await ask(`SELECT content FROM read_text('${secretFile}')`)).toMatchObject({ kind: 'failed' });
});

test.each([
  ['a WITH whose parts double', `WITH ${doublings(60)} SELECT count(*) FROM c59`],
  ['subqueries inside each other', `SELECT ${'(SELECT max(a) FROM t WHERE a = '.repeat(30)}1${')'.repeat(30)}`],
  ['lists inside each other', `SELECT ${'['.repeat(900)}${']'.repeat(900)}`],
])('%s are refused before they are planned, which nothing could stop', async (_, sql) => {
  expect(await run(sql)).toEqual({
    kind: 'failed',
    error: {
      type: 'Refused',
      message: 'The query is too large, or nested too deeply, to be run here. Simplify it.',
    },
  });
});

function doublings(count: number): string {
  return Array.from(
    { length: count },
    (_, i) => `c${i} AS (FROM ${i === 0 ? 't' : `c${i - 1} a, c${i - 1} b`})`,
  ).join();
}
