import { expect, test } from 'vitest';
import { inferSqlReturns } from '../../src/index.ts';
import { projectWith, sqlTool, type ToolOptions } from '../support/endpoints.ts';
import { openTestDatabase, setupFile, temporaryFolder, threadFile } from '../support/fixtures.ts';

const setup = [
  setupFile(
    'sql/schema.sql',
    `CREATE TYPE size AS ENUM ('small', 'large');
     CREATE TABLE t (
       i INTEGER, h HUGEINT, d DECIMAL(9, 2), f FLOAT, b BOOLEAN, v VARCHAR, u UUID, x BLOB, day DATE, clock TIME,
       stamp TIMESTAMP, zoned TIMESTAMPTZ, span INTERVAL, size size, list INTEGER[], three DOUBLE[3],
       place STRUCT(lat DOUBLE, tags VARCHAR[]), map MAP(VARCHAR, INTEGER), doc JSON)`,
  ),
];
const anything = {
  anyOf: [{ type: 'object' }, { type: 'array' }, { type: 'string' }, { type: 'number' }, { type: 'boolean' }],
  nullable: true,
};
const columns = {
  i: { type: 'integer' },
  h: { type: 'integer' },
  d: { type: 'number' },
  f: { type: 'number' },
  b: { type: 'boolean' },
  v: { type: 'string' },
  u: { type: 'string' },
  x: { type: 'string' },
  day: { type: 'string', format: 'date' },
  clock: { type: 'string', format: 'time' },
  stamp: { type: 'string', format: 'date-time' },
  zoned: { type: 'string', format: 'date-time' },
  span: { type: 'string', format: 'duration' },
  size: { type: 'string', enum: ['small', 'large'] },
  list: { type: 'array', items: { type: 'integer' } },
  three: { type: 'array', items: { type: 'number' } },
  place: {
    type: 'object',
    properties: { lat: { type: 'number' }, tags: { type: 'array', items: { type: 'string' } } },
  },
  map: { type: 'object' },
  doc: anything,
};
const rowsOf = (properties: object) => ({ type: 'array', items: { type: 'object', properties } });

async function infer(sql: string, options?: ToolOptions) {
  const project = projectWith(temporaryFolder(), { setup });
  const inferred = await inferSqlReturns([sqlTool('a', sql, options)], project, { threadFile });
  return inferred.map(({ returns }) => returns);
}

test('every type of column has a type of ours', async () => {
  expect(await infer('SELECT * FROM t')).toEqual([rowsOf(columns)]);
});

test('columns that depend on a parameter have the type of its declaration', async () => {
  const parameters = [{ name: 'n', type: 'integer' }] as const;
  expect(await infer('SELECT i + $n AS n, i, i FROM t WHERE $n IS NULL OR i = $n', { parameters })).toEqual([
    rowsOf({ n: { type: 'integer' }, i: { type: 'integer' }, i_1: { type: 'integer' } }),
  ]);
});

test.each(['SELECT nothing FROM t', 'CREATE TABLE new (a INTEGER)', 'PIVOT t ON v USING sum(i)'])(
  'what gives no columns that are known says nothing: %s',
  async sql => {
    expect(await infer(sql)).toEqual([]);
  },
);

test('a declared return type is left alone', async () => {
  expect(await infer('SELECT 1 AS a', { returns: { type: 'array' } })).toEqual([]);
});

test('a running server looks at its own database', async () => {
  const database = await openTestDatabase();
  await database.execute({ sql: 'CREATE TABLE live (a DATE)', format: 'json' });
  const project = projectWith(temporaryFolder());
  const tools = [sqlTool('a', 'FROM live'), sqlTool('b', 'FROM nowhere')];
  expect(await inferSqlReturns(tools, project, { threadFile, database })).toEqual([
    { endpoint: 'tool:a', returns: rowsOf({ a: { type: 'string', format: 'date' } }) },
  ]);
  await database.close({ deadlineMs: 1_000 });
});
