import { join } from 'node:path';
import type { AppendRequest, BatchColumn, ColumnBatch, Database } from '@mxcp-ts/engine';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { decodeBatch } from './support/decode-batch.ts';
import { execute, openTestDatabase, temporaryFolder } from './support/fixtures.ts';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase({ connections: 3 });
});
afterAll(() => database.close({ deadlineMs: 100 }));

const never = new AbortController().signal;

async function append(table: string, rows: AppendRequest['rows'] | object[], options: Partial<AppendRequest> = {}) {
  const given = Array.isArray(rows) ? { json: JSON.stringify(rows) } : rows;
  const outcome = await database.append({ table, rows: given, how: 'append', ...options });
  if (outcome.kind === 'appended') return outcome.rows;
  return outcome.kind === 'failed' ? `${outcome.error.type}: ${outcome.error.message.split('\n')[0]}` : outcome.kind;
}

async function batchOf(sql: string): Promise<ColumnBatch> {
  const outcome = await database.execute({ sql, format: 'columns' });
  if (outcome.kind !== 'columns') throw new Error(JSON.stringify(outcome));
  return outcome.batch;
}

// Types that no wire type can make again.
const skipped = new Set(['geometry', 'union', 'variant']);

test('what columns give, columns take: every type, least value, greatest value and NULL', async () => {
  const names = (await batchOf('FROM test_all_types(use_large_enum := true) LIMIT 0')).columns.map(({ name }) => name);
  const kept = names.filter(name => !skipped.has(name));
  const sql = `SELECT ${kept.map(name => `"${name}"`).join(', ')} FROM test_all_types(use_large_enum := true)`;
  await execute(database, `CREATE OR REPLACE TABLE types AS ${sql} LIMIT 0`);
  expect(await append('types', await batchOf(sql))).toBe(3);
  expect(decodeBatch(await batchOf('FROM types'))).toEqual(decodeBatch(await batchOf(sql)));
});

test.each([1, 2048, 2049, 100_000])('takes %i rows with NULLs and strings of all lengths', async rows => {
  const sql = `SELECT i::INTEGER AS i, CASE WHEN i % 3 = 0 THEN NULL ELSE repeat('é', (i % 20)::INTEGER) END AS s,
    CASE WHEN i % 7 = 0 THEN NULL ELSE i * 0.5 END AS d, i % 2 = 0 AS b FROM range(${rows}) r(i)`;
  await execute(database, `CREATE OR REPLACE TABLE many AS ${sql} LIMIT 0`);
  expect(await append('many', await batchOf(sql))).toBe(rows);
  expect(
    await execute(
      database,
      `SELECT count(*) AS n FROM many JOIN (${sql}) AS o USING (i)
    WHERE many.s IS NOT DISTINCT FROM o.s AND many.d IS NOT DISTINCT FROM o.d AND many.b = o.b`,
    ),
  ).toEqual([{ n: rows }]);
});

test('columns are matched by name, whatever their order, and converted; others get their default', async () => {
  await execute(
    database,
    "CREATE OR REPLACE TABLE t (id INTEGER, day DATE, price DECIMAL(9, 2), note VARCHAR DEFAULT 'none')",
  );
  expect(await append('t', await batchOf("SELECT '2024-01-02' AS day, 7::UBIGINT AS ID, 1.257::DOUBLE AS price"))).toBe(
    1,
  );
  expect(
    await append('T', [
      { price: '2.5', id: 8 },
      { id: '9', day: '2024-01-03' },
    ]),
  ).toBe(2);
  expect(await execute(database, 'FROM t ORDER BY id')).toEqual([
    { id: 7, day: '2024-01-02', price: 1.26, note: 'none' },
    { id: 8, day: null, price: 2.5, note: 'none' },
    { id: 9, day: '2024-01-03', price: null, note: 'none' },
  ]);
});

test('objects go into columns of every kind', async () => {
  await execute(
    database,
    `CREATE OR REPLACE TABLE kinds (j JSON, l INTEGER[], s STRUCT(a INTEGER, b VARCHAR), m MAP(VARCHAR, INTEGER), b BLOB,
     t TIMESTAMP, e ENUM('x', 'y'), u UUID, n BIGINT, v VARCHAR, f BOOLEAN)`,
  );
  const row = {
    j: { k: [1, 'two'] },
    l: [1, null],
    s: { a: 1, b: 'x' },
    m: [['k', 1]],
    b: 'AP8=',
    t: '2024-01-02T03:04:05',
    e: 'y',
    u: '00000000-0000-0000-0000-000000000001',
    n: 5,
    v: 'text',
    f: true,
  };
  expect(await append('kinds', [row, { v: 'alone' }])).toBe(2);
  const empty = { j: null, l: null, s: null, m: null, b: null, t: null, e: null, u: null, n: null, f: null };
  expect(await execute(database, 'FROM kinds')).toEqual([
    { ...row, m: { k: 1 } },
    { ...empty, v: 'alone' },
  ]);
});

test.each([
  ['nowhere', [{ a: 1 }], 'Catalog: Table with name nowhere does not exist!'],
  ['one', [{ zzz: 1 }], 'Binder: Table "one" has no column "zzz". Its columns are "a".'],
  ['main.one', [{ a: 1, aa: 1 }], 'Binder: Table "one" has no column "aa". Did you mean "a"?'],
  ['one', [{ a: 'x' }], "Conversion: Could not convert string 'x' to INT32 when casting from source column a"],
  ['one', [{}], 'Invalid Input: Rows need at least one column.'],
  [
    'one; DROP TABLE one',
    [{ a: 1 }],
    'Invalid Input: "one; DROP TABLE one" is no name of a table. It is written as in SQL: flights, main.flights, "odd name".',
  ],
  ['nowhere', [], 'Catalog: Table with name nowhere does not exist!'],
])('refuses to append to %s: %j', async (table, rows, message) => {
  await execute(database, 'CREATE OR REPLACE TABLE one (a INTEGER)');
  expect(await append(table, rows)).toBe(message);
  expect(await execute(database, 'FROM one')).toEqual([]);
});

test('no message shows a statement that the caller did not write', async () => {
  await execute(database, 'CREATE OR REPLACE TABLE one (a INTEGER)');
  const failing: AppendRequest['rows'][] = [
    { json: '[{"a":"x"}]' },
    { json: '[{"zzz":1}]' },
    await batchOf("SELECT 'x' AS a"),
    await batchOf('SELECT 1 AS zzz'),
  ];
  const messages = await Promise.all(
    failing.map(async rows => {
      const outcome = await database.append({ table: 'one', rows, how: 'append' });
      return outcome.kind === 'failed' ? outcome.error.message : outcome.kind;
    }),
  );
  expect(messages).toEqual([
    "Could not convert string 'x' to INT32 when casting from source column a",
    'Table "one" has no column "zzz". Its columns are "a".',
    "Could not convert string 'x' to INT32 when casting from source column a",
    'Table "one" has no column "zzz". Its columns are "a".',
  ]);
});

test('a name is read as SQL reads it', async () => {
  await execute(
    database,
    'CREATE SCHEMA IF NOT EXISTS "odd ""schema"; CREATE OR REPLACE TABLE "odd ""schema"."order" ("a b" INTEGER)',
  );
  expect(await append('"odd ""schema".order', [{ 'a b': 1 }])).toBe(1);
  expect(await append('memory."odd ""schema"."order"', [{ 'A B': 2 }])).toBe(1);
  expect(await execute(database, 'SELECT sum("a b") AS n FROM "odd ""schema"."order"')).toEqual([{ n: 3 }]);
});

test('all rows are appended or none', async () => {
  await execute(database, 'CREATE OR REPLACE TABLE once (a INTEGER PRIMARY KEY)');
  expect(await append('once', await batchOf('SELECT (i % 5000)::INTEGER AS a FROM range(6000) r(i)'))).toMatch(
    /^Constraint: /,
  );
  expect(await execute(database, 'SELECT count(*) AS n FROM once')).toEqual([{ n: 0 }]);
  expect(await append('once', await batchOf('SELECT i::INTEGER AS a FROM range(6000) r(i)'))).toBe(6000);
});

test.each([
  ['too few bytes', { bytes: new Uint8Array(8) }, 'The column "a" has fewer bytes than its rows need.'],
  ['a layout of another type', { layout: 'i4' }, 'The column "a" has the layout i4, which BIGINT has not.'],
  [
    'a type that is none',
    { type: { id: 'INTEGER); DROP TABLE x; --' } },
    'The column "a" has the type INTEGER); DROP TABLE x; --, which cannot be appended.',
  ],
  [
    'text that is not UTF-8',
    {
      layout: 'text',
      type: { id: 'VARCHAR' },
      bytes: new Uint8Array([0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0xc3, 0x28]),
    },
    'The column "a" is not UTF-8.',
  ],
  [
    'offsets inside a character',
    {
      layout: 'text',
      type: { id: 'VARCHAR' },
      bytes: new Uint8Array([0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 0xc3, 0xa9]),
    },
    'The column "a" has offsets that cut its text wrongly.',
  ],
  [
    'codes that are no place',
    { layout: 'u1', type: { id: 'ENUM', values: ['x'] }, bytes: new Uint8Array([0, 1]) },
    'The value of row 2 in the column "a" is no ENUM(\'x\').',
  ],
  [
    'booleans that are neither',
    { layout: 'bool', type: { id: 'BOOLEAN' }, bytes: new Uint8Array([1, 2]) },
    'The value of row 2 in the column "a" is no BOOLEAN.',
  ],
] satisfies [string, Partial<BatchColumn> & { bytes?: Uint8Array }, string][])(
  'a batch that lies is refused: %s',
  async (_what, lie, message) => {
    await execute(database, 'CREATE OR REPLACE TABLE lies (a BIGINT)');
    const { bytes = new Uint8Array(16), ...column }: Partial<BatchColumn> & { bytes?: Uint8Array } = lie;
    const batch: ColumnBatch = {
      rows: 2,
      columns: [{ name: 'a', type: { id: 'BIGINT' }, layout: 'i8', nulls: false, ...column }],
      bytes: bytes.slice(),
    };
    expect(await append('lies', batch)).toBe(`Invalid Input: ${message}`);
  },
);

test('rows without a value may hold anything', async () => {
  await execute(database, "CREATE OR REPLACE TABLE holes (a ENUM('x'))");
  const bytes = new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0, 0, 200]);
  const columns = [{ name: 'a', type: { id: 'ENUM', values: ['x'] }, layout: 'u1', nulls: true }] as const;
  expect(await append('holes', { rows: 2, columns, bytes })).toBe(2);
  expect(await execute(database, 'SELECT a::VARCHAR AS a FROM holes')).toEqual([{ a: 'x' }, { a: null }]);
});

test('in a transaction rows are seen inside and go with a rollback', async () => {
  await execute(database, 'CREATE OR REPLACE TABLE later (a INTEGER)');
  const begun = await database.begin({ signal: never });
  const transaction = begun.kind === 'begun' ? begun.transaction : 0;
  expect(await append('later', await batchOf('SELECT 1 AS a'), { transaction })).toBe(1);
  expect(await append('later', [{ a: 2 }], { transaction })).toBe(1);
  const seen = await database.execute({ sql: 'SELECT sum(a) AS n FROM later', format: 'json', transaction });
  expect(seen).toMatchObject({ json: '[{"n":3}]' });
  expect(await execute(database, 'FROM later')).toEqual([]);
  expect(await database.end(transaction, 'rollback')).toEqual({ kind: 'ended' });
  expect(await execute(database, 'FROM later')).toEqual([]);
  const left = 'SELECT count(*) AS n FROM duckdb_tables() WHERE temporary';
  expect(await execute(database, left)).toEqual([{ n: 0 }]);
});

test('a signal stops an append', async () => {
  await execute(database, 'CREATE OR REPLACE TABLE stopped (a BIGINT)');
  const call = new AbortController();
  const batch = await batchOf('SELECT i AS a FROM range(3000000) r(i)');
  const appending = append('stopped', batch, { signal: call.signal });
  setTimeout(() => call.abort(), 20);
  expect(await appending).toBe('aborted');
  expect(await execute(database, 'SELECT count(*) AS n FROM stopped')).toEqual([{ n: 0 }]);
});

test('a registered table is seen by all connections, is replaced, and takes nothing from the database', async () => {
  await execute(database, 'CREATE OR REPLACE TABLE own (a INTEGER)');
  expect(await append('frame', await batchOf("SELECT 1 AS a, 'x' AS b"), { how: 'register' })).toBe(1);
  const seen = () => Promise.all(Array.from({ length: 6 }, () => execute(database, 'FROM frame')));
  expect(await seen()).toEqual(Array.from({ length: 6 }, () => [{ a: 1, b: 'x' }]));
  const rows = [
    { n: 1, l: [1.5], o: { k: null } },
    { n: 2, l: [], d: true },
  ];
  expect(await append('Frame', rows, { how: 'register' })).toBe(2);
  const replaced = [
    { n: 1, l: [1.5], o: { k: null }, d: null },
    { n: 2, l: [], o: null, d: true },
  ];
  expect(await seen()).toEqual(Array.from({ length: 6 }, () => replaced));
  await execute(database, 'CREATE OR REPLACE TABLE made AS FROM frame');
  expect(
    await execute(database, "SELECT database_name FROM duckdb_tables() WHERE table_name IN ('made', 'own')"),
  ).toEqual([{ database_name: 'memory' }, { database_name: 'memory' }]);
  expect(await append('own', rows, { how: 'register' })).toBe(
    'Invalid Input: The database has a table or view "own" already. Register another name.',
  );
  expect(await append('main.frame', rows, { how: 'register' })).toBe(
    'Invalid Input: A registered table has a name without a schema.',
  );
});

test('a table that is registered in a transaction can be used there together with others', async () => {
  await execute(database, 'CREATE OR REPLACE TABLE target (a INTEGER)');
  const begun = await database.begin({ signal: never });
  const transaction = begun.kind === 'begun' ? begun.transaction : 0;
  const run = (sql: string) => database.execute({ sql, format: 'json', transaction });
  await run('INSERT INTO target VALUES (1)');
  expect(await append('in_transaction', await batchOf('SELECT 2 AS a'), { how: 'register', transaction })).toBe(1);
  expect(await run('INSERT INTO target FROM in_transaction')).toMatchObject({ kind: 'rows' });
  expect(await database.end(transaction, 'commit')).toEqual({ kind: 'ended' });
  expect(await execute(database, 'FROM target')).toEqual([{ a: 1 }, { a: 2 }]);
  expect(await execute(database, 'FROM in_transaction')).toEqual([{ a: 2 }]);
});

test.each([false, true])(
  'registered tables do not disturb the file of the database (read-only: %s)',
  async isReadOnly => {
    const path = join(temporaryFolder(), 'odd-name.duckdb');
    const first = await openTestDatabase({ path });
    await execute(first, 'CREATE TABLE t AS SELECT 1 AS a');
    await first.close({ deadlineMs: 100 });
    const second = await openTestDatabase({ path, isReadOnly });
    expect(await second.append({ table: 'frame', rows: { json: '[{"a":2}]' }, how: 'register' })).toMatchObject({
      rows: 1,
    });
    expect(await execute(second, 'SELECT t.a + frame.a AS n FROM t, frame')).toEqual([{ n: 3 }]);
    if (!isReadOnly) await execute(second, 'INSERT INTO t FROM frame; CHECKPOINT');
    await second.close({ deadlineMs: 100 });
    const third = await openTestDatabase({ path });
    expect(await execute(third, 'FROM t')).toEqual(isReadOnly ? [{ a: 1 }] : [{ a: 1 }, { a: 2 }]);
    expect(await execute(third, "SELECT count(*) AS n FROM duckdb_tables() WHERE table_name = 'frame'")).toEqual([
      { n: 0 },
    ]);
    await third.close({ deadlineMs: 100 });
  },
);
