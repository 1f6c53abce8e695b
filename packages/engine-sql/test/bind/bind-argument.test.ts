import type { Database } from '@mxcp-ts/engine';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonValue } from '@mxcp-ts/values';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { execute, openTestDatabase, runQuery } from '../support/fixtures.ts';

let database: Database;
beforeAll(async () => {
  database = await openTestDatabase();
});
afterAll(() => database.close({ deadlineMs: 100 }));

const cases: readonly (readonly [TypeDefinition, JsonValue, string, JsonValue])[] = [
  [{ type: 'string' }, 'x', 'VARCHAR', 'x'],
  [{ type: 'integer' }, 5, 'INTEGER', 5],
  [{ type: 'integer' }, 2 ** 31, 'BIGINT', 2_147_483_648],
  [{ type: 'integer' }, 2 ** 63, 'HUGEINT', '9223372036854775808'],
  [{ type: 'number' }, 5, 'DOUBLE', 5],
  [{ type: 'boolean' }, true, 'BOOLEAN', true],
  [{ type: 'string', format: 'date' }, '2024-01-02', 'DATE', '2024-01-02'],
  [{ type: 'string', format: 'time' }, '01:02:03', 'TIME', '01:02:03'],
  [{ type: 'string', format: 'time' }, '01:02:03+05:30', 'TIME WITH TIME ZONE', '01:02:03+05:30'],
  [{ type: 'string', format: 'date-time' }, '2024-01-02T03:04:05.25', 'TIMESTAMP', '2024-01-02T03:04:05.250000'],
  [
    { type: 'string', format: 'date-time' },
    '2024-01-02T03:04:05+02:00',
    'TIMESTAMP WITH TIME ZONE',
    '2024-01-02T01:04:05+00:00',
  ],
  [{ type: 'string', format: 'timestamp' }, 1_704_157_445, 'TIMESTAMP', '2024-01-02T01:04:05'],
  [{ type: 'string', format: 'timestamp' }, '1704157445.5', 'TIMESTAMP', '2024-01-02T01:04:05.500000'],
  [{ type: 'string', format: 'duration' }, 'P1D', 'VARCHAR', 'P1D'],
  [{ type: 'array' }, [1, 2], 'INTEGER[]', [1, 2]],
  [{ type: 'array' }, [1, null, 2 ** 40], 'BIGINT[]', [1, null, 2 ** 40]],
  [{ type: 'array' }, [1, 2.5], 'DOUBLE[]', [1, 2.5]],
  [{ type: 'array' }, ['a', null], 'VARCHAR[]', ['a', null]],
  [{ type: 'array' }, [1, 'a'], 'VARCHAR[]', ['1', 'a']],
  [{ type: 'array' }, [[1], []], 'INTEGER[][]', [[1], []]],
  [
    { type: 'array' },
    [{ a: 1 }, { b: 'x' }],
    'STRUCT(a INTEGER, b VARCHAR)[]',
    [
      { a: 1, b: null },
      { a: null, b: 'x' },
    ],
  ],
  [{ type: 'array', items: { type: 'string' } }, [], 'VARCHAR[]', []],
  [{ type: 'array', items: { type: 'string', format: 'date' } }, ['2024-01-02'], 'DATE[]', ['2024-01-02']],
  [{ type: 'object' }, { a: 1, b: 'x' }, 'STRUCT(a INTEGER, b VARCHAR)', { a: 1, b: 'x' }],
  [{ type: 'object' }, {}, 'MAP(VARCHAR, VARCHAR)', {}],
];

test.each(cases)('binds an argument declared as %j with value %j as %s', async (type, value, duckdbType, rendered) => {
  const outcome = await runQuery(
    database,
    { sql: 'SELECT typeof($p) AS type, $p AS value', parameters: [{ ...type, name: 'p' }] },
    { p: value },
  );
  expect(outcome).toEqual({ kind: 'rows', rows: [{ type: duckdbType, value: rendered }] });
});

test('refuses an integer that no DuckDB type holds', async () => {
  const query = { sql: 'SELECT $p', parameters: [{ name: 'p', type: 'integer' as const }] };
  expect(await runQuery(database, query, { p: 1e40 })).toEqual({
    kind: 'failed',
    error: { type: 'Conversion', message: 'An integer is larger than any that DuckDB has (HUGEINT).' },
  });
});

test.each<[string, JsonValue, JsonValue]>([
  ['SELECT list_contains($p, 1) AS v', [], false],
  ['SELECT 2 = ANY($p) AS v', [1, 2], true],
  ['SELECT 2 IN (SELECT unnest($p)) AS v', [1, 2], true],
  ["SELECT $p IS NULL OR 'x' = $p AS v", null, true],
  ["SELECT '%' || $p || '%' AS v", 'q', '%q%'],
  ['SELECT count(*) AS v FROM (FROM range(10) LIMIT $p)', 3, 3],
  ['SELECT $P AS v', 'any case', 'any case'],
])('lets the idiom %s work', async (sql, value, expected) => {
  expect(
    await runQuery(database, { sql, parameters: [{ name: 'p', anyOf: [{ type: 'string' }] }] }, { p: value }),
  ).toEqual({
    kind: 'rows',
    rows: [{ v: expected }],
  });
});

test('writes lists and objects as JSON text where the statement wants JSON', async () => {
  await execute(database, 'CREATE TABLE documents (d JSON)');
  await execute(database, 'INSERT INTO documents VALUES ($d)', { d: { a: [1, { b: null }] } });
  expect(await execute(database, 'SELECT d, typeof(d) AS t FROM documents')).toEqual([
    { d: { a: [1, { b: null }] }, t: 'JSON' },
  ]);
});
