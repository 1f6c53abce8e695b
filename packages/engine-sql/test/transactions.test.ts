import type { Database } from '@mxcp-ts/engine';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { execute, openTestDatabase } from './support/fixtures.ts';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase({ connections: 3 });
});
afterAll(() => database.close({ deadlineMs: 100 }));
beforeEach(async () => {
  await execute(database, 'CREATE OR REPLACE TABLE t (a INTEGER PRIMARY KEY)');
});

const never = new AbortController().signal;

async function begin(signal = never): Promise<number> {
  const outcome = await database.begin({ signal });
  if (outcome.kind !== 'begun') throw new Error(JSON.stringify(outcome));
  return outcome.transaction;
}

async function inside(transaction: number, sql: string): Promise<unknown> {
  const outcome = await database.execute({ sql, format: 'json', transaction });
  if (outcome.kind === 'failed') return `${outcome.error.type}: ${outcome.error.message.split('\n')[0]}`;
  return outcome.kind === 'rows' ? JSON.parse(outcome.json) : outcome.kind;
}

const over = {
  kind: 'failed',
  error: {
    type: 'Transaction',
    message: 'The transaction is over: it was committed or rolled back, or its call ended.',
  },
};
const aborted = 'TransactionContext: Current transaction is aborted (please ROLLBACK)';

test.each([
  ['commit', [{ a: 1 }, { a: 2 }]],
  ['rollback', []],
] as const)('others see nothing of a transaction before its end, and after %s what it says', async (how, rows) => {
  const transaction = await begin();
  await inside(transaction, 'INSERT INTO t VALUES (1)');
  await inside(transaction, 'INSERT INTO t SELECT max(a) + 1 FROM t');
  expect(await inside(transaction, 'FROM t')).toEqual([{ a: 1 }, { a: 2 }]);
  expect(await execute(database, 'FROM t')).toEqual([]);
  expect(await database.end(transaction, how)).toEqual({ kind: 'ended' });
  expect(await execute(database, 'FROM t')).toEqual(rows);
});

test('statements of one transaction that are sent at once run one after the other', async () => {
  const transaction = await begin();
  await Promise.all(Array.from({ length: 50 }, (_, a) => inside(transaction, `INSERT INTO t VALUES (${a})`)));
  expect(await inside(transaction, 'SELECT count(*) AS n FROM t')).toEqual([{ n: 50 }]);
  await database.end(transaction, 'rollback');
});

test("after a failed statement every other one fails with DuckDB's own error, and so does the commit", async () => {
  const transaction = await begin();
  await inside(transaction, 'INSERT INTO t VALUES (1)');
  expect(await inside(transaction, 'INSERT INTO t VALUES (1)')).toMatch(/^Constraint: .*duplicate key/);
  expect(await inside(transaction, 'SELECT 1')).toBe(aborted);
  expect(await inside(transaction, 'INSERT INTO t VALUES (2); INSERT INTO t VALUES (3)')).toBe(aborted);
  expect(await database.end(transaction, 'commit')).toEqual({
    kind: 'failed',
    error: { type: 'TransactionContext', message: 'Current transaction is aborted (please ROLLBACK)' },
  });
  expect(await execute(database, 'FROM t')).toEqual([]);
});

test('a transaction that has ended, or never was, is told in a sentence', async () => {
  const transaction = await begin();
  expect(await database.end(transaction, 'commit')).toEqual({ kind: 'ended' });
  expect(await database.end(transaction, 'commit')).toEqual(over);
  expect(await database.end(987_654, 'rollback')).toEqual(over);
  expect(await database.execute({ sql: 'SELECT 1', format: 'json', transaction })).toEqual(over);
});

test('two that write the same row: the second fails, is not tried again, and its commit fails', async () => {
  await execute(database, 'INSERT INTO t VALUES (1)');
  const first = await begin();
  const second = await begin();
  await inside(first, 'UPDATE t SET a = 2');
  expect(await inside(second, 'UPDATE t SET a = 3')).toMatch(/^TransactionContext: .*[Cc]onflict/);
  expect(await database.end(first, 'commit')).toEqual({ kind: 'ended' });
  expect(await database.end(second, 'commit')).toMatchObject({ kind: 'failed', error: { type: 'TransactionContext' } });
  expect(await execute(database, 'FROM t')).toEqual([{ a: 2 }]);
});

test('an aborted signal rolls back and frees the connection, in the middle of a statement too', async () => {
  const calls = Array.from({ length: 2 }, () => new AbortController());
  const transactions = await Promise.all(calls.map(({ signal }) => begin(signal)));
  for (const [index, transaction] of transactions.entries()) {
    await inside(transaction, `INSERT INTO t VALUES (${index})`);
  }
  const running = inside(transactions[0] ?? 0, 'SELECT count(*) FROM range(1000000000000) r(i), range(1000)');
  const waiting = begin();
  for (const call of calls) call.abort();
  expect(await running).toBe('aborted');
  await database.end(await waiting, 'rollback');
  expect(await database.end(transactions[1] ?? 0, 'commit')).toEqual(over);
  expect(await execute(database, 'FROM t')).toEqual([]);
  const again = await Promise.all([begin(), begin()]);
  await Promise.all(again.map(transaction => database.end(transaction, 'rollback')));
});

test('a statement that is cancelled does not end its transaction, which then can only be rolled back', async () => {
  const transaction = await begin();
  await inside(transaction, 'INSERT INTO t VALUES (1)');
  const statement = new AbortController();
  const sql = 'SELECT count(*) FROM range(1000000000000) r(i), range(1000)';
  const running = database.execute({ sql, format: 'json', transaction, signal: statement.signal });
  setTimeout(() => statement.abort(), 50);
  expect(await running).toEqual({ kind: 'aborted' });
  expect(await inside(transaction, 'FROM t')).toBe(aborted);
  expect(await database.end(transaction, 'rollback')).toEqual({ kind: 'ended' });
});

test('one connection always stays for ordinary queries; a begin too many waits for its turn or its signal', async () => {
  const open = await Promise.all([begin(), begin()]);
  const impatient = new AbortController();
  const givenUp = database.begin({ signal: impatient.signal });
  const third = begin();
  expect(await execute(database, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  impatient.abort();
  expect(await givenUp).toEqual({ kind: 'aborted' });
  await database.end(open[0] ?? 0, 'rollback');
  const rest = [await third, ...open.slice(1)];
  for (const transaction of rest) expect(await database.end(transaction, 'rollback')).toEqual({ kind: 'ended' });
});

test('a transaction and a query have a connection each even where there is one', async () => {
  const small = await openTestDatabase({ connections: 1 });
  const first = await small.begin({ signal: never });
  const second = small.begin({ signal: never });
  expect(await execute(small, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  await small.end(first.kind === 'begun' ? first.transaction : 0, 'commit');
  const begun = await second;
  expect(await small.end(begun.kind === 'begun' ? begun.transaction : 0, 'commit')).toEqual({ kind: 'ended' });
  expect(await execute(small, 'SELECT 2 AS n')).toEqual([{ n: 2 }]);
  await small.close({ deadlineMs: 100 });
});

test('what a transaction sets is gone with it', async () => {
  const settings = await Promise.all(
    [1, 2].map(async () => {
      const transaction = await begin();
      await inside(transaction, "SET TimeZone = 'Asia/Tokyo'; CREATE TEMP TABLE mine (a INTEGER)");
      const seen = await inside(transaction, "SELECT current_setting('TimeZone') AS tz");
      await database.end(transaction, 'commit');
      return seen;
    }),
  );
  expect(settings).toEqual([[{ tz: 'Asia/Tokyo' }], [{ tz: 'Asia/Tokyo' }]]);
  const sql = "SELECT current_setting('TimeZone') AS tz, (SELECT count(*) FROM duckdb_tables() WHERE temporary) AS n";
  const after = await Promise.all(Array.from({ length: 8 }, () => execute(database, sql)));
  expect(after).toEqual(Array.from({ length: 8 }, () => [{ tz: 'UTC', n: 0 }]));
});

test.each(['COMMIT', 'ROLLBACK'])(
  'a %s that user code runs itself is its own; the end after it is fine',
  async word => {
    const transaction = await begin();
    await inside(transaction, 'INSERT INTO t VALUES (1)');
    expect(await inside(transaction, word)).toEqual([]);
    await inside(transaction, 'INSERT INTO t VALUES (2)');
    expect(await database.end(transaction, 'commit')).toEqual({ kind: 'ended' });
    expect(await execute(database, 'FROM t')).toEqual(word === 'COMMIT' ? [{ a: 1 }, { a: 2 }] : [{ a: 2 }]);
  },
);

test('several statements in one text run inside the transaction, and parameters are bound', async () => {
  const transaction = await begin();
  const outcome = await database.execute({
    sql: 'INSERT INTO t VALUES ($a); INSERT INTO t VALUES ($a + 1); SELECT sum(a) AS n FROM t',
    parameters: { a: 5 },
    format: 'columns',
    transaction,
  });
  expect(outcome).toMatchObject({ kind: 'columns', batch: { rows: 1 } });
  await database.end(transaction, 'rollback');
  expect(await execute(database, 'FROM t')).toEqual([]);
});

test('closing the database rolls back what is open', async () => {
  const other = await openTestDatabase();
  await other.begin({ signal: never });
  await other.openStream({ sql: 'FROM range(1000000)', format: 'json', batchRows: 10 });
  await other.close({ deadlineMs: 50 });
  expect(await other.begin({ signal: never })).toMatchObject({ kind: 'failed', error: { type: 'Connection' } });
});
