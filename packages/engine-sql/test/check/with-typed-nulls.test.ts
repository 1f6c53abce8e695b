import { expect, test } from 'vitest';
import { withTypedNulls } from '../../src/check/with-typed-nulls.ts';
import { splitStatements } from '../../src/sql/split-statements.ts';
import { check, sqlTool } from '../support/endpoints.ts';
import { setupFile, temporaryFolder } from '../support/fixtures.ts';

function typed(sql: string, parameters: Parameters<typeof withTypedNulls>[1]) {
  const [statement] = splitStatements(sql);
  return statement === undefined ? undefined : withTypedNulls(statement, parameters);
}

test.each([
  [{ type: 'string' }, 'VARCHAR'],
  [{ type: 'string', format: 'date' }, 'DATE'],
  [{ type: 'integer' }, 'BIGINT'],
  [{ type: 'array', items: { type: 'number' } }, 'DOUBLE[]'],
  [{ type: 'object', properties: { 'a"b': { type: 'boolean' } } }, 'STRUCT("a""b" BOOLEAN)'],
] as const)('a parameter of %j becomes a NULL of %s', (type, expected) => {
  expect(typed('SELECT $p', [{ name: 'p', ...type }])?.text).toBe(`SELECT (NULL::${expected})`);
});

test('a parameter whose type is not known leaves the statement as it is', () => {
  expect(typed('SELECT $p', [{ name: 'p', type: 'array' }])).toBeUndefined();
  expect(typed('SELECT $other', [{ name: 'p', type: 'string' }])).toBeUndefined();
});

test('every place behind, before and between parameters leads back to the same text', () => {
  const sql = "SELECT '$no', a FROM t WHERE $x IS NULL OR b = $x ORDER BY c";
  const result = typed(sql, [{ name: 'x', type: 'string' }]);
  for (const word of ['a FROM', 'b =', 'c']) {
    const at = result?.text.lastIndexOf(word) ?? -1;
    const original = sql.lastIndexOf(word);
    expect(result?.originalRange([at, at + word.length])).toEqual([original, original + word.length]);
  }
});

const setup = [setupFile('sql/schema.sql', 'CREATE TABLE flights (id INTEGER, region VARCHAR, day DATE)')];

test.each([
  ['SELECT id FROM flights WHERE ($day IS NULL OR day = $day) ORDER BY regon', '1:68', 'plan/sql-unknown-column'],
  ['UPDATE flights SET region = $day::VARCHAR WHERE $day IS NULL OR dy = $day', '1:65', 'plan/sql-unknown-column'],
  ['SELECT nofunc(id) FROM flights WHERE $day IS NULL', '1:8', 'plan/sql-unknown-function'],
])('a wrong name is found although a parameter has no type by itself: %s', async (sql, place, code) => {
  const tool = sqlTool('t', sql, { parameters: [{ name: 'day', type: 'string', format: 'date' }] });
  const found = await check([tool], temporaryFolder(), { setup });
  expect(found).toEqual([expect.stringContaining(`t.sql:${place} error ${code}`)]);
});

test.each([
  'SELECT * FROM read_csv($day)',
  'SELECT id FROM flights WHERE id IN $ids OR $ids IS NULL',
  'SELECT id FROM flights WHERE $day IS NULL LIMIT $n',
  'FROM flights WHERE list_contains($ids, id) AND ($day IS NULL OR day >= $day - INTERVAL ($n) DAY)',
])('what only the NULLs make impossible is no finding: %s', async sql => {
  const all = [
    { name: 'day', type: 'string', format: 'date' },
    { name: 'ids', type: 'array', items: { type: 'integer' } },
    { name: 'n', type: 'integer' },
  ] as const;
  const tool = sqlTool('t', sql, { parameters: all.filter(({ name }) => sql.includes(`$${name}`)) });
  const found = await check([tool], temporaryFolder(), { setup });
  expect(found.filter(text => text.includes(' error '))).toEqual([]);
});
