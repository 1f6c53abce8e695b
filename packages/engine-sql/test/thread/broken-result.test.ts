import { expect, test } from 'vitest';
import { execute, openTestDatabase, runQuery } from '../support/fixtures.ts';
import { chunkFunction } from '../support/functions.ts';

// Far behind what DuckDB computes ahead of the first row.
const failsLate = "SELECT CASE WHEN x = 900000 THEN error('too late') ELSE x END AS v FROM range(1000000) t(x)";

test('a query that fails in the middle of its rows fails, and says why', async () => {
  const database = await openTestDatabase();
  const failed = { kind: 'failed', error: { type: 'Invalid Input', message: 'too late' } };
  expect(await runQuery(database, { sql: failsLate, maxRows: 2_000_000 })).toEqual(failed);
  expect(await database.execute({ sql: failsLate, format: 'json', maxRows: 2_000_000 })).toEqual(failed);
  const guard = { sqlParameter: 'sql', allowFunctions: ['error'] };
  const guarded = { sql: 'FROM query_of_caller($sql)', guard, maxRows: 2_000_000 };
  expect(await runQuery(database, guarded, { sql: failsLate })).toEqual({
    kind: 'failed',
    error: { type: 'Refused', message: 'Invalid Input Error: too late' },
  });
  expect(await execute(database, 'SELECT 1 AS v')).toEqual([{ v: 1 }]);
  await database.close({ deadlineMs: 1000 });
});

test('a stream that fails in the middle of its rows fails, and says why', async () => {
  const database = await openTestDatabase();
  await database.defineFunctions([
    chunkFunction({
      name: 'fails_late',
      apply: async columns =>
        columns.includes('900000') ? { ok: false, message: 'too late' } : { ok: true, json: columns.slice(1, -1) },
    }),
  ]);
  const endOf = async (sql: string) => {
    const opened = await database.openStream({ sql, format: 'columns', batchRows: 200_000 });
    if (opened.kind !== 'opened') return opened;
    for (;;) {
      const rows = await database.fetch(opened.stream);
      if (rows.kind !== 'columns') return rows;
    }
  };
  expect(await endOf(failsLate)).toEqual({
    kind: 'failed',
    error: { type: 'Invalid Input', message: 'too late' },
  });
  expect(await endOf('SELECT fails_late(x::INTEGER) AS v FROM range(1000000) t(x)')).toEqual({
    kind: 'failed',
    error: { type: 'Invalid Input', message: 'fails_late: too late' },
  });
  expect(await endOf('SELECT x FROM range(300000) t(x)')).toEqual({ kind: 'end' });
  await database.close({ deadlineMs: 1000 });
});
