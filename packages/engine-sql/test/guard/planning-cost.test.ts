import { DuckDBInstance } from '@duckdb/node-api';
import { expect, test } from 'vitest';
import { planningCost } from '../../src/guard/planning-cost.ts';

async function costOf(sql: string): Promise<number> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const result = await connection.run('SELECT json_serialize_sql($sql::VARCHAR)', { sql });
  const [[tree] = []] = await result.getRows();
  return planningCost(JSON.parse(String(tree)).statements[0], { maxDepth: 250 });
}

const doublings = (count: number) =>
  `WITH ${Array.from({ length: count }, (_, i) => `c${i} AS (FROM ${i === 0 ? 't' : `c${i - 1} a, c${i - 1} b`})`)} FROM c${count - 1}`;
const subqueries = (count: number) => `SELECT ${'(SELECT max(a) FROM t WHERE a = '.repeat(count)}1${')'.repeat(count)}`;
const calls = (count: number) => `SELECT ${'abs('.repeat(count)}1${')'.repeat(count)}`;

test('an ordinary query costs about as much as it has parts', async () => {
  const sql = `WITH recent AS (SELECT a, count(*) AS n FROM t WHERE a > 10 GROUP BY a)
    SELECT r.a, r.n, u.name FROM recent r JOIN u USING (a) WHERE r.n > (SELECT avg(n) FROM recent) ORDER BY r.n DESC LIMIT 10`;
  expect(await costOf(sql)).toBeLessThan(1_000);
});

test('every use of a name of a WITH counts as its query', async () => {
  const [few, more, many] = await Promise.all([doublings(5), doublings(6), doublings(40)].map(costOf));
  expect((more ?? 0) / (few ?? 1)).toBeGreaterThan(1.7);
  expect(many).toBeGreaterThan(1e9);
});

test('a subquery inside an expression counts three times', async () => {
  const [few, more, many] = await Promise.all([subqueries(4), subqueries(5), subqueries(12)].map(costOf));
  expect((more ?? 0) / (few ?? 1)).toBeGreaterThan(2.7);
  expect(many).toBeGreaterThan(100_000);
});

test('what nests deeper than the limit costs infinitely much', async () => {
  expect(await costOf(calls(50))).toBeLessThan(1_000);
  expect(await costOf(calls(400))).toBe(Number.POSITIVE_INFINITY);
});

test('a WITH that reads itself is counted once', async () => {
  expect(
    await costOf('WITH RECURSIVE r AS (SELECT 1 AS a UNION ALL SELECT a + 1 FROM r WHERE a < 3) FROM r'),
  ).toBeLessThan(1_000);
});
