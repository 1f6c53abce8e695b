import type { Database, SqlFunctionAnswer } from '@mxcp-ts/engine';
import { expect, test } from 'vitest';
import { execute, openTestDatabase } from '../support/fixtures.ts';
import { chunkFunction, sqlFunction } from '../support/functions.ts';

/** A function that answers when it is told to. */
function waiting() {
  const signals: AbortSignal[] = [];
  const answers: ((answer: SqlFunctionAnswer) => void)[] = [];
  let called = () => {};
  const fn = chunkFunction({
    name: 'waiting',
    isPure: false,
    apply: (_columns, signal) => {
      signals.push(signal);
      called();
      return new Promise(resolve => answers.push(resolve));
    },
  });
  const isCalled = new Promise<void>(resolve => {
    called = resolve;
  });
  return { fn, signals, answers, isCalled };
}

const select = (database: Database, sql: string, signal: AbortSignal) =>
  database.execute({ sql, format: 'json', signal });

test('a cancelled statement ends at once and aborts its function; the late answer is dropped', async () => {
  const { fn, signals, answers, isCalled } = waiting();
  const database = await openTestDatabase({ connections: 1 });
  await database.defineFunctions([fn, sqlFunction({ name: 'twice', row: value => Number(value) * 2 })]);
  const controller = new AbortController();
  const running = select(database, 'SELECT waiting(x::INTEGER) FROM range(10000) t(x)', controller.signal);
  await isCalled;
  controller.abort();
  expect(await running).toEqual({ kind: 'aborted' });
  expect(await execute(database, 'SELECT twice(4) AS v')).toEqual([{ v: 8 }]);
  expect(signals.map(({ aborted }) => aborted)).toEqual([true]);
  answers[0]?.({ ok: true, json: '[1]' });
  expect(await execute(database, 'SELECT twice(5) AS v')).toEqual([{ v: 10 }]);
  await database.close({ deadlineMs: 1000 });
});

test('what is asked for while a function computes is answered afterwards, in order', async () => {
  const { fn, answers, isCalled } = waiting();
  const database = await openTestDatabase({ connections: 2 });
  await database.defineFunctions([fn]);
  await execute(database, 'CREATE TABLE log (n INTEGER)');
  const running = execute(database, 'SELECT waiting(1) AS v');
  await isCalled;
  const cancelled = new AbortController();
  const others = [1, 2, 3].map(n => execute(database, `INSERT INTO log VALUES (${n})`));
  const dropped = select(database, 'INSERT INTO log VALUES (4)', cancelled.signal);
  cancelled.abort();
  answers[0]?.({ ok: true, json: '[7]' });
  expect(await running).toEqual([{ v: 7 }]);
  expect(await dropped).toEqual({ kind: 'aborted' });
  await Promise.all(others);
  expect(await execute(database, 'SELECT list(n ORDER BY n) AS n FROM log')).toEqual([{ n: [1, 2, 3] }]);
  await database.close({ deadlineMs: 1000 });
});

test('closing the database ends a function that never answers, at the deadline', async () => {
  const { fn, isCalled, signals } = waiting();
  const database = await openTestDatabase();
  await database.defineFunctions([fn]);
  const running = execute(database, 'SELECT waiting(x::INTEGER) FROM range(10000) t(x)');
  await isCalled;
  await database.close({ deadlineMs: 50 });
  expect(['aborted', 'Invalid Input: waiting: The database is being closed.']).toContain(await running);
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
});

test('several connections call functions at once, on large tables', async () => {
  const database = await openTestDatabase({ connections: 3 });
  await database.defineFunctions([
    sqlFunction({ name: 'plus_one', parameters: ['BIGINT'], returns: 'BIGINT', row: value => Number(value) + 1 }),
  ]);
  await execute(database, 'CREATE TABLE numbers AS SELECT range AS n FROM range(300000)');
  const sums = await Promise.all(
    [1, 2, 3].map(k => execute(database, `SELECT sum(plus_one(n + ${k}))::BIGINT AS s FROM numbers`)),
  );
  expect(sums).toEqual([1, 2, 3].map(k => [{ s: 44_999_850_000 + 300_000 * (k + 1) }]));
  await database.close({ deadlineMs: 1000 });
});

test('a stream that is closed while its function computes lets go of its connection', async () => {
  const { fn, signals, isCalled } = waiting();
  const database = await openTestDatabase({ connections: 2 });
  // DuckDB computes ahead what it can keep before the stream is open.
  const late = chunkFunction({
    ...fn,
    apply: (columns, signal) =>
      columns.includes('900000')
        ? fn.apply(columns, signal)
        : Promise.resolve({ ok: true, json: columns.slice(1, -1) }),
  });
  await database.defineFunctions([late]);
  const opened = await database.openStream({
    sql: 'SELECT waiting(x::INTEGER) AS v FROM range(1000000) t(x)',
    format: 'columns',
    batchRows: 1_000_000,
  });
  if (opened.kind !== 'opened') throw new Error(opened.kind);
  const fetching = database.fetch(opened.stream);
  await isCalled;
  database.closeStream(opened.stream);
  expect(await fetching).toEqual({ kind: 'aborted' });
  expect(await Promise.all([1, 2].map(n => execute(database, `SELECT ${n} AS v`)))).toEqual([[{ v: 1 }], [{ v: 2 }]]);
  expect(signals.every(({ aborted }) => aborted)).toBe(true);
  await database.close({ deadlineMs: 1000 });
});

test('a transaction that is given up while a function computes is rolled back', async () => {
  const { fn, isCalled } = waiting();
  const database = await openTestDatabase({ connections: 2 });
  await database.defineFunctions([fn]);
  await execute(database, 'CREATE TABLE log (n INTEGER)');
  const controller = new AbortController();
  const begun = await database.begin({ signal: controller.signal });
  if (begun.kind !== 'begun') throw new Error(begun.kind);
  const running = database.execute({
    sql: 'INSERT INTO log SELECT waiting(1)',
    format: 'json',
    transaction: begun.transaction,
  });
  await isCalled;
  controller.abort();
  expect((await running).kind).not.toBe('rows');
  expect(await execute(database, 'SELECT count(*) AS n FROM log')).toEqual([{ n: 0 }]);
  await database.close({ deadlineMs: 1000 });
});
