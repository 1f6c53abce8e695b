import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { Database, ExecuteRequest } from '@mxcp-ts/engine';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeBatch } from './support/decode-batch.ts';
import { execute, openTestDatabase } from './support/fixtures.ts';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase({ connections: 3 });
});
afterAll(() => database.close({ deadlineMs: 100 }));

const never = new AbortController().signal;

async function open(sql: string, options: Partial<ExecuteRequest> & { readonly batchRows?: number } = {}) {
  const outcome = await database.openStream({ sql, format: 'json', batchRows: 1000, ...options });
  if (outcome.kind !== 'opened') throw new Error(JSON.stringify(outcome));
  return outcome.stream;
}

async function fetchRows(stream: number): Promise<unknown> {
  const outcome = await database.fetch(stream);
  if (outcome.kind === 'rows') return JSON.parse(outcome.json);
  return outcome.kind === 'columns' ? decodeBatch(outcome.batch) : outcome;
}

const over = {
  kind: 'failed',
  error: { type: 'Stream', message: 'The stream is over: it was read to its end or closed.' },
};

test('gives batches of the size asked for, the rest, and one end', async () => {
  const stream = await open('SELECT i::INTEGER AS i FROM range(7000) r(i)', { batchRows: 3000 });
  const batches = [await fetchRows(stream), await fetchRows(stream), await fetchRows(stream)];
  expect(batches.map(batch => (Array.isArray(batch) ? batch.length : batch))).toEqual([3000, 3000, 1000]);
  expect(batches.flat()).toEqual(Array.from({ length: 7000 }, (_, i) => ({ i })));
  expect(await fetchRows(stream)).toEqual({ kind: 'end' });
  expect(await fetchRows(stream)).toEqual(over);
});

test('gives columns in the same way', async () => {
  const sql = "SELECT i::INTEGER AS i, 'a text of row ' || i AS s FROM range(5) r(i)";
  const stream = await open(sql, { batchRows: 2, format: 'columns' });
  const text = (i: number) => `a text of row ${i}`;
  expect(await fetchRows(stream)).toEqual({ i: [0, 1], s: [text(0), text(1)] });
  expect(await fetchRows(stream)).toEqual({ i: [2, 3], s: [text(2), text(3)] });
  expect(await fetchRows(stream)).toEqual({ i: [4], s: [text(4)] });
  expect(await fetchRows(stream)).toEqual({ kind: 'end' });
});

test('gives nothing but the end when there are no rows', async () => {
  for (const sql of ['SELECT 1 WHERE false', 'CREATE OR REPLACE TABLE empty (a INTEGER)']) {
    expect(await fetchRows(await open(sql))).toEqual({ kind: 'end' });
  }
});

test('fetches that are sent at once are answered in order', async () => {
  const stream = await open('SELECT i::INTEGER AS i FROM range(6) r(i)', { batchRows: 2 });
  expect(await Promise.all(Array.from({ length: 4 }, () => fetchRows(stream)))).toEqual([
    [{ i: 0 }, { i: 1 }],
    [{ i: 2 }, { i: 3 }],
    [{ i: 4 }, { i: 5 }],
    { kind: 'end' },
  ]);
});

test.each([
  ['FROM nowhere', 'Catalog'],
  ['SELEC 1', 'Parser'],
  ['SELECT $a', 'Invalid Input'],
])('a statement that cannot run is refused when it is opened: %s', async (sql, type) => {
  expect(await database.openStream({ sql, format: 'json', batchRows: 10 })).toMatchObject({
    kind: 'failed',
    error: { type },
  });
});

test('a failure in the middle is the answer of that fetch, and the end of the stream', async () => {
  const sql = "SELECT CASE WHEN i = 3000000 THEN error('boo') ELSE i END AS i FROM range(4000000) r(i)";
  const stream = await open(sql, { batchRows: 1_000_000, format: 'columns' });
  const kinds: string[] = [];
  let outcome = await database.fetch(stream);
  for (; outcome.kind === 'columns'; outcome = await database.fetch(stream)) kinds.push(outcome.kind);
  expect(outcome).toEqual({ kind: 'failed', error: { type: 'Invalid Input', message: 'boo' } });
  expect(kinds).toEqual(['columns', 'columns']);
  expect(await fetchRows(stream)).toEqual(over);
});

test('closed streams give their connections back, whether read or not', async () => {
  for (let round = 0; round < 5; round += 1) {
    const streams = [await open('FROM range(1000000)'), await open('FROM range(1000000)')];
    await fetchRows(streams[0] ?? 0);
    for (const stream of streams) database.closeStream(stream);
    expect(await fetchRows(streams[0] ?? 0)).toEqual(over);
  }
});

test('many streams, closed in the middle of a fetch or after it, cost no connection', async () => {
  for (let round = 0; round < 20; round += 1) {
    const stream = await open('SELECT i FROM range(1000000) r(i)', { batchRows: 200_000, format: 'columns' });
    const fetching = Promise.all([fetchRows(stream), fetchRows(stream)]);
    if (round % 2 === 0) await fetching;
    database.closeStream(stream);
    await fetching;
  }
  const both = [await open('FROM range(1000000)'), await open('FROM range(1000000)')];
  const third = open('SELECT 1 AS n');
  expect(await Promise.race([third, execute(database, 'SELECT 1 AS n')])).toEqual([{ n: 1 }]);
  for (const stream of both) database.closeStream(stream);
  database.closeStream(await third);
});

test('an aborted signal stops the stream and the fetch that runs', async () => {
  const call = new AbortController();
  const sql = 'SELECT i FROM range(1000000000000) r(i) WHERE i < 300000 OR i > 900000000000';
  const stream = await open(sql, { signal: call.signal, batchRows: 1_000_000 });
  const running = fetchRows(stream);
  setTimeout(() => call.abort(), 50);
  expect(await running).toEqual({ kind: 'aborted' });
  expect(await fetchRows(stream)).toEqual(over);
  await Promise.all([open('SELECT 1'), open('SELECT 1')].map(async opened => database.closeStream(await opened)));
});

test('streams leave a connection for ordinary queries', async () => {
  const streams = [await open('FROM range(1000000)'), await open('FROM range(1000000)')];
  const third = open('SELECT 1 AS n');
  expect(await execute(database, 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
  for (const stream of streams) database.closeStream(stream);
  expect(await fetchRows(await third)).toEqual([{ n: 1 }]);
});

test('a text of several statements is committed when its rows are read, or when it is closed', async () => {
  await execute(database, 'CREATE OR REPLACE TABLE log (a INTEGER)');
  const read = await open('INSERT INTO log VALUES (1); FROM log');
  expect(await fetchRows(read)).toEqual([{ a: 1 }]);
  expect(await fetchRows(read)).toEqual({ kind: 'end' });
  const closed = await open('INSERT INTO log VALUES (2); FROM range(1000000)');
  database.closeStream(closed);
  await expect.poll(() => execute(database, 'FROM log')).toEqual([{ a: 1 }, { a: 2 }]);
});

test('in a transaction other statements run between fetches, and the stream goes on as it began', async () => {
  await execute(database, 'CREATE OR REPLACE TABLE copy (i BIGINT)');
  const begun = await database.begin({ signal: never });
  const transaction = begun.kind === 'begun' ? begun.transaction : 0;
  const stream = await open('SELECT i FROM range(20000) r(i)', { batchRows: 5000, transaction });
  let rows = 0;
  for (let batch = await fetchRows(stream); Array.isArray(batch); batch = await fetchRows(stream)) {
    rows += batch.length;
    await database.execute({ sql: `INSERT INTO copy VALUES (${rows})`, format: 'json', transaction });
  }
  expect(rows).toBe(20_000);
  expect(await database.end(transaction, 'commit')).toEqual({ kind: 'ended' });
  expect(await execute(database, 'SELECT count(*) AS n FROM copy')).toEqual([{ n: 4 }]);
});

test('a stream ends with its transaction', async () => {
  const begun = await database.begin({ signal: never });
  const transaction = begun.kind === 'begun' ? begun.transaction : 0;
  const stream = await open('FROM range(100000)', { transaction });
  expect(await database.end(transaction, 'commit')).toEqual({ kind: 'ended' });
  expect(await fetchRows(stream)).toEqual({
    kind: 'failed',
    error: { type: 'Stream', message: 'The stream is over: its transaction has ended.' },
  });
});

test('refuses more rows than asked for', async () => {
  const stream = await open('FROM range(30)', { maxRows: 25, batchRows: 20 });
  expect(await fetchRows(stream)).toHaveLength(20);
  expect(await fetchRows(stream)).toEqual({
    kind: 'failed',
    error: { type: 'Result', message: 'The result gave more than 25 rows (max_rows).' },
  });
});

test('ten million rows pass through bounded memory', async () => {
  const sql = "SELECT i, i / 2 AS half, 'a text of row number ' || i AS s FROM range(10000000) r(i)";
  const stream = await open(sql, { batchRows: 100_000, format: 'columns' });
  setFlagsFromString('--expose-gc');
  const collect: () => void = runInNewContext('gc');
  let rows = 0;
  let early = 0;
  let peak = 0;
  for (;;) {
    const outcome = await database.fetch(stream);
    if (outcome.kind !== 'columns') break;
    rows += outcome.batch.rows;
    if (rows % 1_000_000 !== 0) continue;
    // What counts is what is kept: when it collects the rest is Node's affair, and Node 24 takes its time.
    collect();
    const { rss } = process.memoryUsage();
    if (rows === 2_000_000) early = rss;
    peak = Math.max(peak, rss);
  }
  expect(rows).toBe(10_000_000);
  // All rows together are 600 MB as columns; 8 million more may not show.
  expect(Math.round((peak - early) / 1e6)).toBeLessThan(200);
}, 120_000);
