import type { SqlFunction } from '@mxcp-ts/engine';
import { expect, test } from 'vitest';
import { execute, openTestDatabase, runQuery, temporaryFolder } from '../support/fixtures.ts';
import { chunkFunction, sqlFunction } from '../support/functions.ts';

async function openWith(...functions: SqlFunction[]) {
  const database = await openTestDatabase({ connections: 3 });
  return { database, problems: await database.defineFunctions(functions) };
}

const twice = sqlFunction({ name: 'twice', row: value => Number(value) * 2 });

test('SQL calls a function of user code for every row', async () => {
  const { database, problems } = await openWith(twice);
  expect(problems).toEqual([]);
  expect(await execute(database, 'SELECT sum(twice(x::INTEGER)) AS s FROM range(5000) t(x)')).toEqual([
    { s: 24_995_000 },
  ]);
  await database.close({ deadlineMs: 1000 });
});

test('a function can stand in an argument of itself, beside another and in a query of the plan', async () => {
  const { database } = await openWith(twice, sqlFunction({ name: 'next_of', row: value => Number(value) + 1 }));
  expect(
    await execute(database, 'SELECT twice(twice(next_of(x::INTEGER))) AS a, next_of(1) AS b FROM range(3) t(x)'),
  ).toEqual([
    { a: 4, b: 2 },
    { a: 8, b: 2 },
    { a: 12, b: 2 },
  ]);
  const query = { sql: 'SELECT twice($n::INTEGER) AS v', parameters: [{ name: 'n', type: 'integer' as const }] };
  expect(await runQuery(database, query, { n: 21 })).toEqual({ kind: 'rows', rows: [{ v: 42 }] });
  await database.close({ deadlineMs: 1000 });
});

test('rows with a NULL argument are NULL and are not sent, where the function skips them', async () => {
  const sent: string[] = [];
  const { database } = await openWith(
    chunkFunction({
      name: 'joined',
      parameters: ['INTEGER', 'VARCHAR'],
      returns: 'VARCHAR',
      apply: async columns => {
        sent.push(columns);
        const [numbers = [], texts = []]: unknown[][] = JSON.parse(columns);
        return { ok: true, json: JSON.stringify(numbers.map((number, index) => `${number}${texts[index]}`)) };
      },
    }),
  );
  const rows = await execute(
    database,
    "SELECT joined(a, b) AS v FROM (VALUES (1, 'x'), (NULL, 'y'), (3, NULL), (4, 'z')) t(a, b)",
  );
  expect(rows).toEqual([{ v: '1x' }, { v: null }, { v: null }, { v: '4z' }]);
  expect(sent).toEqual(['[[1,4],["x","z"]]']);
  expect(await execute(database, 'SELECT joined(NULL::INTEGER, x::VARCHAR) AS v FROM range(2) t(x)')).toEqual([
    { v: null },
    { v: null },
  ]);
  expect(sent).toHaveLength(1);
  await database.close({ deadlineMs: 1000 });
});

test('a function that takes NULLs is given them', async () => {
  const { database } = await openWith(sqlFunction({ name: 'or_zero', nulls: 'pass', row: value => value ?? 0 }));
  expect(await execute(database, 'SELECT or_zero(x) AS v FROM (VALUES (1), (NULL)) t(x)')).toEqual([
    { v: 1 },
    { v: 0 },
  ]);
  expect(await execute(database, 'SELECT or_zero(NULL) AS v')).toEqual([{ v: 0 }]);
  await database.close({ deadlineMs: 1000 });
});

test('a function without parameters gives one value for a chunk', async () => {
  const { database } = await openWith(sqlFunction({ name: 'answer', parameters: [], isPure: false, row: () => 42 }));
  expect(await execute(database, 'SELECT answer() AS v FROM range(3)')).toEqual([{ v: 42 }, { v: 42 }, { v: 42 }]);
  await database.close({ deadlineMs: 1000 });
});

test('an error of the function is the error of the statement', async () => {
  const { database } = await openWith(
    chunkFunction({ name: 'answers_error', apply: async () => ({ ok: false, message: 'ValueError: too bad' }) }),
    chunkFunction({ name: 'throws', apply: () => Promise.reject(new Error('no guest')) }),
    chunkFunction({ name: 'gives_one', apply: async () => ({ ok: true, json: '[1]' }) }),
    chunkFunction({ name: 'gives_text', apply: async () => ({ ok: true, json: '["secret"]' }) }),
    chunkFunction({ name: 'gives_nonsense', apply: async () => ({ ok: true, json: '[1' }) }),
  );
  expect(await execute(database, 'SELECT answers_error(1)')).toBe('Invalid Input: answers_error: ValueError: too bad');
  expect(await execute(database, 'SELECT throws(1)')).toBe('Invalid Input: throws: no guest');
  expect(await execute(database, 'SELECT gives_one(x::INTEGER) FROM range(2) t(x)')).toBe(
    'Invalid Input: gives_one: The function did not give one value for each of 2 rows.',
  );
  expect(await execute(database, 'SELECT gives_text(1)')).toBe(
    'Invalid Input: gives_text: The function gave text, which does not fit its declared type INTEGER.',
  );
  expect(await execute(database, 'SELECT gives_nonsense(1)')).toMatch(/^Invalid Input: gives_nonsense: /);
  expect(await execute(database, 'SELECT 1 AS v')).toEqual([{ v: 1 }]);
  await database.close({ deadlineMs: 1000 });
});

test('names and types that cannot be are problems, and the other functions are defined', async () => {
  const fn = (given: Partial<SqlFunction> & { name: string }) => sqlFunction({ ...given, row: () => 1 });
  const { database, problems } = await openWith(
    fn({ name: 'lower' }),
    fn({ name: 'a b' }),
    fn({ name: 'select' }),
    fn({ name: 'get_username' }),
    fn({ name: 'unknown_type', returns: 'NUMBR' }),
    fn({ name: 'not_a_type', parameters: ['INTEGER FROM x'] }),
    fn({ name: 'two_types', parameters: ['INTEGER, INTEGER'] }),
    fn({ name: 'breaks_out', parameters: ["INTEGER), getenv('HOME'"] }),
    fn({ name: 'comments', parameters: ['INTEGER) -- '] }),
    fn({ name: 'variant', returns: 'VARIANT' }),
    fn({ name: 'good' }),
    fn({ name: 'GOOD' }),
  );
  expect(problems.map(({ name, message }) => `${name} | ${message}`)).toEqual([
    'lower | The SQL function "lower" cannot be defined: the database already has a function of that name.',
    'a b | "a b" cannot be the name of a SQL function: use letters, digits and underscores.',
    'select | "select" cannot be the name of a SQL function: it is a keyword of SQL.',
    'get_username | The SQL function "get_username" cannot be defined: the database already has a function of that name.',
    'unknown_type | The type "NUMBR" of the SQL function "unknown_type" does not exist.',
    'not_a_type | The type "INTEGER FROM x" of the SQL function "not_a_type" is not a type that DuckDB understands.',
    'two_types | The type "INTEGER, INTEGER" of the SQL function "two_types" is not one type.',
    'breaks_out | The type "INTEGER), getenv(\'HOME\'" of the SQL function "breaks_out" is not one type.',
    'comments | The type "INTEGER) -- " of the SQL function "comments" is not one type.',
    'variant | The type "VARIANT" of the SQL function "variant" cannot be used by functions.',
    'GOOD | The SQL function "GOOD" is defined twice.',
  ]);
  expect(await execute(database, 'SELECT good(5) AS v')).toEqual([{ v: 1 }]);
  await database.close({ deadlineMs: 1000 });
});

test('functions in a database that is opened read-only', async () => {
  const path = `${temporaryFolder()}/data.duckdb`;
  await (await openTestDatabase({ path })).close({ deadlineMs: 1000 });
  const database = await openTestDatabase({ path, isReadOnly: true });
  expect(await database.defineFunctions([twice])).toEqual([]);
  expect(await execute(database, 'SELECT twice(4) AS v')).toEqual([{ v: 8 }]);
  await database.close({ deadlineMs: 1000 });
});
