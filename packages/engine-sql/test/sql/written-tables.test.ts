import { expect, test } from 'vitest';
import { splitStatements } from '../../src/sql/split-statements.ts';
import { writtenTables } from '../../src/sql/written-tables.ts';

function written(sql: string): readonly string[] | 'any' {
  const tables = writtenTables(splitStatements(sql));
  return tables === 'any' ? 'any' : [...tables];
}

test.each<[string, readonly string[]]>([
  ['INSERT INTO Flights VALUES (1)', ['flights']],
  ['insert or replace into main.flights by name select * from other', ['flights']],
  [`INSERT INTO db . "odd ""schema"""."Über Tisch" SELECT 'INTO x'`, ['über tisch']],
  [`INSERT INTO 'it''s' VALUES (1)`, ["it's"]],
  ['insert into "into" values (1) on conflict do update set a = 2', ['into']],
  ['/* insert into x */ UPDATE -- y\n flights SET a = (SELECT b FROM other)', ['flights']],
  ['UPDATE ONLY t AS x SET a = 1', ['t']],
  ['UPDATE "ONLY" SET a = 1', ['only']],
  ['UPDATE if SET a = 1', ['if']],
  ['DELETE FROM flights USING airports', ['flights']],
  ['TRUNCATE flights', ['flights']],
  ['TRUNCATE TABLE main.flights', ['flights']],
  ['MERGE INTO stock USING delivery ON true WHEN MATCHED THEN UPDATE SET n = 1', ['stock']],
  ["COPY flights FROM 'a.csv'", ['flights']],
  ["COPY main.flights (a, b) FROM 'a.csv' (HEADER)", ['flights']],
  ['WITH new AS (SELECT 1 FROM a) INSERT INTO flights FROM new', ['flights']],
  ['WITH "insert" AS (SELECT 1) DELETE FROM b', ['b']],
  ['WITH copy AS (SELECT 1) INSERT INTO orders SELECT * FROM copy', ['orders']],
  ['WITH RECURSIVE update(a, b) AS (SELECT (1), 2), truncate AS NOT MATERIALIZED (SELECT 1) DELETE FROM b', ['b']],
  ['WITH merge AS MATERIALIZED (SELECT 1), delete AS (SELECT 1), insert AS (SELECT 1) UPDATE b SET c = 1', ['b']],
  ['WITH RECURSIVE t(a, b) USING KEY (a) AS (SELECT 1, 2 UNION SELECT 1, 2 FROM t) INSERT INTO a FROM t', ['a']],
  ['WITH recursive AS (SELECT 1) INSERT INTO a FROM recursive', ['a']],
  ['EXPLAIN ANALYZE WITH copy AS (SELECT 1) INSERT INTO a FROM copy', ['a']],
  ['CREATE OR REPLACE TABLE a AS FROM b', ['a']],
  ['CREATE TEMP TABLE IF NOT EXISTS s.a (b INTEGER)', ['a']],
  ['CREATE OR REPLACE RECURSIVE VIEW v(n) AS SELECT 1', ['v']],
  ['DROP TABLE IF EXISTS a CASCADE', ['a']],
  ['DROP VIEW v', ['v']],
  ['ALTER TABLE IF EXISTS a ADD COLUMN c INTEGER', ['a']],
  ['ALTER TABLE a RENAME TO "B"', ['a', 'b']],
  ['ALTER TABLE a RENAME COLUMN b TO c', ['a']],
  ['EXPLAIN ANALYZE INSERT INTO a VALUES (1)', ['a']],
  ['EXPLAIN (ANALYZE, FORMAT JSON) DELETE FROM a', ['a']],
  ['BEGIN; INSERT INTO a VALUES (1); SELECT 2; UPDATE b SET c = 1; COMMIT', ['a', 'b']],
])('%s writes %j', (sql, tables) => {
  expect(written(sql)).toEqual(tables);
});

test.each([
  '',
  'SELECT * FROM a',
  'SELECT \'insert into a\' AS "update" -- delete from b',
  'FROM a',
  '(SELECT 1)',
  'VALUES (1)',
  'WITH a AS (SELECT 1) SELECT * FROM a',
  'WITH delete AS (SELECT 1), update(a) AS (SELECT (1)) (SELECT * FROM delete, update)',
  'EXPLAIN INSERT INTO a VALUES (1)',
  'EXPLAIN ANALYZE SELECT 1',
  'EXPLAIN ANALYZE VERBOSE (SELECT 1)',
  "COPY a TO 'b.csv'",
  "COPY (SELECT * FROM a) TO 'b.csv'",
  "PRAGMA table_info('a')",
  'DESC a',
  'SHOW TABLES',
  "SET TimeZone = 'UTC'",
  'BEGIN; SELECT 1; ROLLBACK',
  'CHECKPOINT',
  'CREATE UNIQUE INDEX i ON a (b)',
  'CREATE OR REPLACE TEMP MACRO m(x) AS x + 1',
  'CREATE SCHEMA s',
  'PREPARE p AS INSERT INTO a VALUES (1)',
])('%s writes nothing', sql => {
  expect(written(sql)).toEqual([]);
});

test.each([
  'EXECUTE p(1)',
  'EXPLAIN ANALYZE EXECUTE p',
  'CALL postgres_execute(x, y)',
  "PRAGMA import_database('x')",
  "ATTACH 'x.db' AS x",
  'DETACH x',
  "IMPORT DATABASE 'x'",
  'COPY FROM DATABASE a TO b',
  'DROP SCHEMA s CASCADE',
  'INSERT INTO $1 VALUES (1)',
  'DELETE',
  'WITH a AS (SELECT 1',
  'SOMETHING new',
  'INSERT INTO a VALUES (1); ATTACH x',
])('of %s it cannot be told', sql => {
  expect(written(sql)).toBe('any');
});
