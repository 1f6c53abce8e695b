import type { Database } from '@mxcp-ts/engine';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openTestDatabase, runQuery } from '../support/fixtures.ts';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close({ deadlineMs: 100 }));

const rowsOf = (property: TypeDefinition): TypeDefinition => ({
  type: 'array',
  items: { type: 'object', properties: { v: property } },
});

test.each([
  ['9007199254740993::BIGINT', 'string', '9007199254740993'],
  ['9007199254740991::BIGINT', 'integer', 9_007_199_254_740_991],
  ['12.3400::DECIMAL(20,4)', 'string', '12.3400'],
  ['12.3400::DECIMAL(20,4)', 'number', 12.34],
  ['42::INTEGER', 'string', '42'],
  ['1.5::DOUBLE', 'string', '1.5'],
  ['5::HUGEINT', 'integer', 5],
  ["'NaN'::DOUBLE", 'number', null],
  ["'NaN'::DOUBLE", 'string', null],
  ["'-infinity'::FLOAT", 'number', null],
] as const)('renders %s declared as %s', async (sql, type, value) => {
  expect(await runQuery(database, { sql: `SELECT ${sql} AS v`, returns: rowsOf({ type }) })).toEqual({
    kind: 'rows',
    rows: [{ v: value }],
  });
});

test('refuses a number that would lose digits, naming its place, column and type and not its value', async () => {
  const sql = 'SELECT 1::BIGINT AS v UNION ALL SELECT 9007199254740993';
  expect(await runQuery(database, { sql, returns: rowsOf({ type: 'integer' }) })).toEqual({
    kind: 'invalid-output',
    problems: [
      {
        pointer: '/1/v',
        message:
          'is a BIGINT in column "v" with more digits than a JSON number can hold; declare it as a string to keep them',
      },
    ],
  });
});

test('finds the declared type of a place inside lists and structs, and says where a number does not fit', async () => {
  const items: TypeDefinition = {
    type: 'object',
    properties: { text: { type: 'string' }, n: { type: 'array', items: { type: 'integer' } } },
  };
  const returns: TypeDefinition = { type: 'object', properties: { list: { type: 'array', items } } };
  const sql = 'SELECT [{text: 9007199254740993, n: [1, $n::BIGINT]}] AS list';
  const parameters = [{ name: 'n', type: 'string' as const }];
  expect(await runQuery(database, { sql, returns, parameters }, { n: '7' })).toEqual({
    kind: 'rows',
    rows: [{ list: [{ text: '9007199254740993', n: [1, 7] }] }],
  });
  expect(await runQuery(database, { sql, returns, parameters }, { n: '9007199254740993' })).toMatchObject({
    kind: 'invalid-output',
    problems: [{ pointer: '/list/0/n/1' }],
  });
});

test.each<[TypeDefinition, string]>([
  [{ type: 'integer' }, ''],
  [{ type: 'array', items: { type: 'integer' } }, '/0'],
  [{ type: 'object', properties: { v: { type: 'integer' } } }, '/v'],
])('points into the result as %j shapes it', async (returns, pointer) => {
  const outcome = await runQuery(database, { sql: 'SELECT 9007199254740993 AS v', returns });
  expect(outcome).toMatchObject({ kind: 'invalid-output', problems: [{ pointer }] });
});

test('parses JSON columns, keeps their large numbers as text, and gives what is no strict JSON as text', async () => {
  const sql = `SELECT '{"a":[1,null,"x"],"big":9007199254740993,"d":1.50}'::JSON AS ok, '{"a":NaN}'::JSON AS odd`;
  expect(await runQuery(database, { sql })).toEqual({
    kind: 'rows',
    rows: [{ ok: { a: [1, null, 'x'], big: '9007199254740993', d: 1.5 }, odd: '{"a":NaN}' }],
  });
});

test('gives every column a name of its own', async () => {
  expect(await runQuery(database, { sql: 'SELECT 1 AS a, 2 AS a, 3 AS a_1, 4 AS a' })).toEqual({
    kind: 'rows',
    rows: [{ a: 1, a_2: 2, a_1: 3, a_3: 4 }],
  });
});

test('writes map keys as text, whatever their type', async () => {
  const sql = "SELECT MAP {1: 'a', 2: NULL} AS ints, MAP {DATE '2024-01-02': 1} AS dates";
  expect(await runQuery(database, { sql })).toEqual({
    kind: 'rows',
    rows: [{ ints: { '1': 'a', '2': null }, dates: { '2024-01-02': 1 } }],
  });
});
