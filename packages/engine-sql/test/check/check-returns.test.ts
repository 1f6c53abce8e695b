import type { TypeDefinition } from '@mxcp-ts/schemas';
import { expect, test } from 'vitest';
import { check, checkEach, sqlTool } from '../support/endpoints.ts';
import { temporaryFolder } from '../support/fixtures.ts';

const root = temporaryFolder();
const object = (properties: Record<string, TypeDefinition>, more: Partial<TypeDefinition> = {}): TypeDefinition => ({
  type: 'object',
  properties,
  ...more,
});
const rows = (items: TypeDefinition): TypeDefinition => ({ type: 'array', items });
const parameters = [{ name: 'p', type: 'string' as const }];

const fitting: [string, TypeDefinition][] = [
  ['SELECT 1 AS a', rows(object({ a: { type: 'integer' } }))],
  ['SELECT 1 AS a', rows(object({ a: { type: 'string' } }))],
  ['SELECT 1.5 AS a', rows(object({ a: { type: 'integer' } }))],
  ['SELECT NULL AS a, NULL AS b', rows(object({ a: { type: 'boolean' }, b: { type: 'array' } }))],
  ["SELECT '{}'::JSON AS a", rows(object({ a: { type: 'object' } }))],
  ["SELECT DATE '2024-01-02' AS a", rows(object({ a: { type: 'string', format: 'date' } }))],
  [
    'SELECT [1] AS a, {x: 1} AS b',
    rows(object({ a: { type: 'array', items: { type: 'integer' } }, b: object({ x: { type: 'integer' } }) })),
  ],
  ["SELECT MAP {'k': 1} AS a", rows(object({ a: { type: 'object' } }))],
  ['SELECT 1 AS a, 2 AS extra', rows(object({ a: { type: 'integer' }, optional: { type: 'string' } }))],
  ['SELECT 1', { type: 'integer' }],
  ['SELECT 1', rows({ type: 'integer' })],
  ['SELECT [1]', rows({ type: 'array' })],
  ['SELECT 1 AS a', { type: 'array' }],
  ['SELECT 1 AS a', { anyOf: [{ type: 'string' }] }],
  ['CREATE TEMP TABLE x (a INTEGER)', rows(object({ z: { type: 'array' } }, { required: ['z'] }))],
  [
    'SELECT 1; CREATE TEMP TABLE x (a INTEGER); INSERT INTO x VALUES (1)',
    rows(object({ Count: { type: 'integer' } }, { required: ['Count'] })),
  ],
];

test('is silent where a result may fit', async () => {
  const tools = fitting.map(([sql, returns], index) =>
    sqlTool(`t${index}`, sql, sql.includes('$p') ? { returns, parameters } : { returns }),
  );
  expect(await check(tools, root)).toEqual([]);
});

const misfits: [string, TypeDefinition, string[]][] = [
  [
    'SELECT 1 AS totl',
    rows(object({ total: { type: 'integer' } }, { required: ['total'] })),
    [
      '/return/items/properties/total: The query gives no column "total", which is required. hint: Did you mean "totl"?',
    ],
  ],
  [
    "SELECT 'x' AS a, true AS b, 1 AS c",
    object({ a: { type: 'integer' }, b: { type: 'string' }, c: { type: 'array' } }),
    [
      '/return/properties/a/type: The column "a" is VARCHAR, which is never an integer.',
      '/return/properties/b/type: The column "b" is BOOLEAN, which is never a string.',
      '/return/properties/c/type: The column "c" is INTEGER, which is never an array.',
    ],
  ],
  [
    'SELECT 1 AS a, 2 AS bonus',
    rows(object({ a: { type: 'integer' } }, { additionalProperties: false })),
    [
      '/return/items/additionalProperties: The query gives a column "bonus", which is not declared. hint: Declare it, or do not select it.',
    ],
  ],
  [
    'SELECT 1 AS a, 2 AS b',
    { type: 'integer' },
    [
      '/return/type: The query gives 2 columns ("a", "b") where one value is declared. hint: Select one column, or declare an object.',
    ],
  ],
  [
    'SELECT 1 AS a, 2 AS b',
    rows({ type: 'string' }),
    [
      '/return/items/type: The query gives 2 columns ("a", "b") where one value is declared. hint: Select one column, or declare an object.',
    ],
  ],
  [
    "SELECT ['x'] AS a, {k: [true]} AS s",
    rows(
      object({
        a: { type: 'array', items: { type: 'number' } },
        s: object({ k: { type: 'array', items: { type: 'integer' } } }),
      }),
    ),
    [
      '/return/items/properties/a/items/type: The column "a" is VARCHAR, which is never a number.',
      '/return/items/properties/s/properties/k/items/type: The column "s.k" is BOOLEAN, which is never an integer.',
    ],
  ],
];

test('finds results that never fit, at the place of their declaration', async () => {
  const tools = misfits.map(([sql, returns], index) => sqlTool(`t${index}`, sql, { returns }));
  const found = await checkEach(tools, root);
  const lines = found.map(each =>
    each.map(line => line.replace(/^t\d+\.yml#([^:]*):1:1 error plan.sql-return-mismatch/, '$1:')),
  );
  expect(lines).toEqual(misfits.map(([, , expected]) => expected));
});
