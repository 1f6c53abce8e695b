import type { SqlFunction } from '@mxcp-ts/engine';
import { expect, test } from 'vitest';
import { execute, openTestDatabase, runQuery } from '../support/fixtures.ts';
import { sqlFunction } from '../support/functions.ts';

const edition = (value: unknown, given: Partial<SqlFunction> = {}) =>
  sqlFunction({ name: 'edition', ...given, row: () => value });

test('a function that is given again replaces the earlier one, in kept statements too', async () => {
  const database = await openTestDatabase({ connections: 1 });
  const query = { sql: 'SELECT edition($n::INTEGER) AS v', parameters: [{ name: 'n', type: 'integer' as const }] };
  await database.defineFunctions([edition(1)]);
  expect(await runQuery(database, query, { n: 0 })).toEqual({ kind: 'rows', rows: [{ v: 1 }] });
  expect(await database.defineFunctions([edition(2)])).toEqual([]);
  expect(await runQuery(database, query, { n: 0 })).toEqual({ kind: 'rows', rows: [{ v: 2 }] });
  await database.close({ deadlineMs: 1000 });
});

test('a function may come back with other types, and return to the first ones', async () => {
  const database = await openTestDatabase({ connections: 2 });
  const call = () => execute(database, 'SELECT edition(7) AS v, typeof(edition(7)) AS t');
  await database.defineFunctions([edition(1)]);
  await execute(database, 'CREATE VIEW editions AS SELECT edition(7) AS v');
  expect(await call()).toEqual([{ v: 1, t: 'INTEGER' }]);
  await database.defineFunctions([edition('two', { returns: 'VARCHAR' })]);
  expect(await call()).toEqual([{ v: 'two', t: 'VARCHAR' }]);
  await database.defineFunctions([edition([3], { parameters: ['BIGINT'], returns: 'BIGINT[]', nulls: 'pass' })]);
  expect(await call()).toEqual([{ v: [3], t: 'BIGINT[]' }]);
  await database.defineFunctions([edition('four', { parameters: ['INTEGER', 'INTEGER'], returns: 'VARCHAR' })]);
  expect(await execute(database, 'SELECT edition(7, 8) AS v')).toEqual([{ v: 'four' }]);
  await database.defineFunctions([edition(5)]);
  expect(await call()).toEqual([{ v: 5, t: 'INTEGER' }]);
  expect(await execute(database, 'FROM editions')).toEqual([{ v: 5 }]);
  await database.close({ deadlineMs: 1000 });
});

test('a function that is no longer given fails, until it is given again', async () => {
  const database = await openTestDatabase();
  await database.defineFunctions([edition(1), sqlFunction({ name: 'other', row: () => 2 })]);
  await database.defineFunctions([sqlFunction({ name: 'other', row: () => 3 })]);
  expect(await execute(database, 'SELECT edition(1)')).toBe(
    'Invalid Input: edition: The function is not defined any more.',
  );
  expect(await execute(database, 'SELECT other(1) AS v')).toEqual([{ v: 3 }]);
  await database.defineFunctions([]);
  expect(await execute(database, 'SELECT other(1)')).toBe(
    'Invalid Input: other: The function is not defined any more.',
  );
  expect(await database.defineFunctions([edition(4)])).toEqual([]);
  expect(await execute(database, 'SELECT edition(1) AS v')).toEqual([{ v: 4 }]);
  await database.close({ deadlineMs: 1000 });
});
