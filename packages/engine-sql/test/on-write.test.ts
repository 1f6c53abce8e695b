import type { Database } from '@mxcp-ts/engine';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { execute, openTestDatabase, runQuery } from './support/fixtures.ts';

let database: Database;
let stop: () => void;
let told: (readonly string[] | 'any')[] = [];

const never = new AbortController().signal;

beforeAll(async () => {
  database = await openTestDatabase({ connections: 3 });
});
afterAll(() => database.close({ deadlineMs: 100 }));
beforeEach(async () => {
  stop?.();
  await execute(database, 'CREATE OR REPLACE TABLE t (a INTEGER PRIMARY KEY); CREATE OR REPLACE TABLE u (b INTEGER)');
  told = [];
  stop = database.onWrite(tables => told.push(tables === 'any' ? 'any' : [...tables].sort()));
});

// One after the other in one database; each changes something.
const changing = [
  'INSERT INTO "T" VALUES (7)',
  "INSERT INTO 'u' VALUES (7), (8)",
  'INSERT OR REPLACE INTO memory.main.t FROM range(3) r(a)',
  'INSERT INTO t VALUES (1) ON CONFLICT DO UPDATE SET a = 3',
  'WITH new AS (SELECT 9 AS a) INSERT INTO t FROM new',
  'UPDATE u AS t SET b = b + 1',
  'DELETE FROM u USING t WHERE b = 9',
  'MERGE INTO u USING (SELECT 9 AS b) AS n USING (b) WHEN NOT MATCHED THEN INSERT',
  'EXPLAIN ANALYZE INSERT INTO u VALUES (5)',
  'PREPARE p AS INSERT INTO u VALUES ($1); EXECUTE p(5)',
  'BEGIN; DELETE FROM u WHERE b = 5; COMMIT',
  'TRUNCATE TABLE u',
  'ALTER TABLE u RENAME TO w',
  'CREATE TABLE "odd name" AS SELECT 1 AS c; ALTER TABLE w RENAME TO u',
  'ALTER TABLE t ADD COLUMN c INTEGER DEFAULT 1',
  'DROP TABLE u; CREATE VIEW u AS SELECT 5 AS b',
  'CREATE SCHEMA s; CREATE TABLE s.t AS SELECT 5 AS a; USE s; INSERT INTO t VALUES (6)',
  'CREATE OR REPLACE TABLE t AS PIVOT (SELECT 1 AS k, 2 AS v) ON k USING sum(v)',
  "ATTACH ':memory:' AS more; CREATE TABLE more.x (a INTEGER); COPY FROM DATABASE memory TO more",
];

test('never names a table too few, as a look at all tables shows', async () => {
  const own = await openTestDatabase({ connections: 1 });
  await execute(own, 'CREATE TABLE t (a INTEGER PRIMARY KEY); CREATE TABLE u (b INTEGER)');
  const written = new Set<string>();
  own.onWrite(tables => {
    for (const table of tables === 'any' ? ['any'] : tables) written.add(table);
  });
  const missed: [sql: string, changed: readonly string[]][] = [];
  for (const sql of changing) {
    const before = await contentsOf(own);
    written.clear();
    expect([sql, await execute(own, sql)]).toEqual([sql, expect.any(Array)]);
    const after = await contentsOf(own);
    const changed = [...new Set([...before.keys(), ...after.keys()])].filter(
      name => before.get(name) !== after.get(name),
    );
    const isComplete = written.has('any') || changed.every(name => written.has(name));
    if (changed.length === 0 || !isComplete) missed.push([sql, changed]);
  }
  expect(missed).toEqual([]);
  await own.close({ deadlineMs: 100 });
});

/** What every table and view holds, by its name. */
async function contentsOf(own: Database): Promise<ReadonlyMap<string, string>> {
  const places = (await execute(
    own,
    `SELECT '"' || table_catalog || '"."' || table_schema || '"."' || table_name || '"' AS place, table_name AS name
    FROM information_schema.tables WHERE table_catalog NOT IN ('system', 'temp')`,
  )) as { place: string; name: string }[];
  const contents = new Map<string, string>();
  for (const { place, name } of places) {
    const rows = JSON.stringify(await execute(own, `FROM ${place}`));
    contents.set(name.toLowerCase(), `${contents.get(name.toLowerCase()) ?? ''}${rows}`);
  }
  return contents;
}

test('tells of every write of a query of the plan and of other SQL, and of no read', async () => {
  await execute(database, 'INSERT INTO t VALUES (1); UPDATE u SET b = 2');
  await execute(database, 'SELECT count(*) FROM t');
  await execute(database, 'PRAGMA table_info(t)');
  const parameters = [{ name: 'a', type: 'integer' as const }];
  await runQuery(database, { sql: 'INSERT INTO t VALUES ($a) RETURNING a', parameters }, { a: 2 });
  await runQuery(database, { sql: 'SELECT a FROM t WHERE a = $a', parameters }, { a: 2 });
  await execute(database, "ATTACH ':memory:' AS other");
  await execute(database, 'DETACH other');
  expect(told).toEqual([['t', 'u'], ['t'], 'any', 'any']);
});

test('tells nothing of a statement that fails, except where its text has committed before', async () => {
  await execute(database, 'INSERT INTO t VALUES (1), (1)');
  await execute(database, 'INSERT INTO t VALUES (1); SELECT error($$no$$)');
  expect(told).toEqual([]);
  await execute(database, 'BEGIN; INSERT INTO t VALUES (1); COMMIT; SELECT error($$no$$)');
  expect(told).toEqual([['t']]);
  expect(await execute(database, 'FROM t')).toEqual([{ a: 1 }]);
});

test('tells of rows that were written although they are too many to give', async () => {
  const outcome = await runQuery(database, { sql: 'INSERT INTO t FROM range(3) RETURNING a', maxRows: 2 });
  expect(outcome.kind).toBe('invalid-output');
  expect(await execute(database, 'SELECT count(*) AS n FROM t')).toEqual([{ n: 3 }]);
  expect(told).toEqual([['t']]);
});

test.each([
  ['commit', [['t', 'u']]],
  ['rollback', []],
] as const)('a transaction is told of as a whole after %s: %j', async (how, expected) => {
  const transaction = await begin();
  await database.execute({ sql: 'INSERT INTO t VALUES (1)', format: 'json', transaction });
  await database.append({ table: 'main.U', rows: { json: '[{"b": 1}]' }, how: 'append', transaction });
  await database.execute({ sql: 'FROM t', format: 'json', transaction });
  expect(told).toEqual([]);
  await database.end(transaction, how);
  expect(told).toEqual(expected);
});

test('a transaction that is given up tells nothing, one whose SQL commits by itself does', async () => {
  const call = new AbortController();
  const givenUp = await begin(call.signal);
  await database.execute({ sql: 'INSERT INTO t VALUES (1)', format: 'json', transaction: givenUp });
  call.abort();
  const own = await begin();
  await database.execute({ sql: 'INSERT INTO u VALUES (1); COMMIT', format: 'json', transaction: own });
  await database.end(own, 'rollback');
  expect(told).toEqual([['u']]);
  expect(await execute(database, 'SELECT (SELECT count(*) FROM t) AS t, (SELECT count(*) FROM u) AS u')).toEqual([
    { t: 0, u: 1 },
  ]);
});

test('rows that are appended, tables that are registered and streams that write are told of', async () => {
  await database.append({ table: '"T"', rows: { json: '[{"a": 1}]' }, how: 'append' });
  await database.append({ table: 'Given', rows: { json: '[{"a": 1}]' }, how: 'register' });
  await database.append({ table: 't', rows: { json: '[{"a": 1}]' }, how: 'append' });
  const sql = 'INSERT INTO t VALUES (7); FROM t';
  const opened = await database.openStream({ sql, format: 'json', batchRows: 10 });
  const stream = opened.kind === 'opened' ? opened.stream : 0;
  expect(told).toEqual([['t'], ['given']]);
  while ((await database.fetch(stream)).kind !== 'end');
  expect(told).toEqual([['t'], ['given'], ['t']]);
});

test('each listener is told until it ends', async () => {
  const other: unknown[] = [];
  const stopOther = database.onWrite(tables => other.push(tables));
  await execute(database, 'INSERT INTO t VALUES (1)');
  stop();
  stop();
  await execute(database, 'INSERT INTO t VALUES (2)');
  stopOther();
  await execute(database, 'INSERT INTO t VALUES (3)');
  expect({ told, other }).toEqual({ told: [['t']], other: [new Set(['t']), new Set(['t'])] });
});

async function begin(signal = never): Promise<number> {
  const outcome = await database.begin({ signal });
  if (outcome.kind !== 'begun') throw new Error(JSON.stringify(outcome));
  return outcome.transaction;
}
