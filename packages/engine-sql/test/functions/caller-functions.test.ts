import type { Database, SqlCaller } from '@mxcp-ts/engine';
import { expect, test } from 'vitest';
import { execute, openTestDatabase, setupFile, temporaryFolder } from '../support/fixtures.ts';

const ann: SqlCaller = {
  username: 'ann',
  email: 'ann@example.org',
  provider: 'github',
  externalToken: 'token-of-ann',
  headers: { authorization: 'Bearer x', cookie: 'c=1', 'proxy-authorization': 'p', 'x-team': 'blue' },
};

const everything = `SELECT get_username() AS u, get_user_email() AS e, get_user_provider() AS p,
  get_user_external_token() AS t, get_request_header('X-Team') AS h, get_request_header(NULL) AS n,
  get_request_header('authorization') AS a, get_request_header('absent') AS x, get_request_headers_json() AS j`;

async function rowsFor(database: Database, sql: string, caller: SqlCaller): Promise<unknown> {
  const outcome = await database.execute({ sql, format: 'json', caller });
  return outcome.kind === 'rows' ? JSON.parse(outcome.json) : outcome;
}

test('SQL knows who is calling', async () => {
  const database = await openTestDatabase();
  expect(await rowsFor(database, everything, ann)).toEqual([
    {
      u: 'ann',
      e: 'ann@example.org',
      p: 'github',
      t: 'token-of-ann',
      h: 'blue',
      n: null,
      a: 'Bearer x',
      x: null,
      j: '{"x-team":"blue"}',
    },
  ]);
  await database.close({ deadlineMs: 1000 });
});

test('without a caller everything is NULL, in a read-only database too', async () => {
  const path = `${temporaryFolder()}/data.duckdb`;
  await (await openTestDatabase({ path })).close({ deadlineMs: 1000 });
  const database = await openTestDatabase({ path, isReadOnly: true });
  expect(await execute(database, everything)).toEqual([
    { u: null, e: null, p: null, t: null, h: null, n: null, a: null, x: null, j: null },
  ]);
  await database.close({ deadlineMs: 1000 });
});

test('a view and a kept statement give each of 100 callers at once their own name', async () => {
  const database = await openTestDatabase({ connections: 3 });
  await execute(database, 'CREATE VIEW me AS SELECT get_username() AS name');
  const query = database.prepare({
    id: 'tool:me',
    sql: 'SELECT name, $n::INTEGER AS n, count(*) FILTER (get_username() = name) AS same FROM me, range(3000) GROUP BY ALL',
    parameters: [{ name: 'n', type: 'integer' }],
    returns: undefined,
    maxRows: undefined,
    guard: undefined,
  });
  const names = Array.from({ length: 100 }, (_, n) => `user-${n}`);
  const outcomes = await Promise.all(
    names.map((username, n) =>
      query.run({ n }, { signal: new AbortController().signal, caller: { ...ann, username } }),
    ),
  );
  expect(outcomes).toEqual(names.map((name, n) => ({ kind: 'rows', rows: [{ name, n, same: 3000 }] })));
  await database.close({ deadlineMs: 1000 });
});

test('SQL of callers may ask for the name of the caller but not for headers or tokens', async () => {
  const database = await openTestDatabase();
  const run = (sql: string) =>
    database
      .prepare({
        id: 'tool:sql',
        sql: 'FROM query_of_caller($sql)',
        parameters: [{ name: 'sql', type: 'string' }],
        returns: undefined,
        maxRows: 10,
        guard: { sqlParameter: 'sql', allowFunctions: [] },
      })
      .run({ sql }, { signal: new AbortController().signal, caller: ann });
  expect(await run('SELECT get_username() AS u, get_user_email() AS e, get_user_provider() AS p')).toEqual({
    kind: 'rows',
    rows: [{ u: 'ann', e: 'ann@example.org', p: 'github' }],
  });
  for (const call of ["get_request_header('cookie')", 'get_request_headers_json()', 'get_user_external_token()']) {
    const name = call.slice(0, call.indexOf('('));
    expect(await run(`SELECT ${call}`)).toEqual({
      kind: 'failed',
      error: { type: 'Refused', message: `The function "${name}" is not allowed here, or does not exist.` },
    });
  }
  await database.close({ deadlineMs: 1000 });
});

test('a setup file may define views that ask who is calling', async () => {
  const database = await openTestDatabase({
    setup: [setupFile('setup.sql', "CREATE VIEW mine AS SELECT 1 AS n WHERE get_username() = 'ann'")],
  });
  expect(await execute(database, 'FROM mine')).toEqual([]);
  expect(await rowsFor(database, 'FROM mine', ann)).toEqual([{ n: 1 }]);
  await database.close({ deadlineMs: 1000 });
});

test('rows of a stream are computed for the one who opened it', async () => {
  const database = await openTestDatabase({ connections: 3 });
  const open = (username: string) =>
    database.openStream({
      sql: 'SELECT get_username() AS u FROM range(200000)',
      format: 'json',
      batchRows: 50_000,
      caller: { ...ann, username },
    });
  const streams = await Promise.all(['ann', 'bob'].map(open));
  const names: string[][] = [[], []];
  for (let batch = 0; batch < 4; batch += 1) {
    for (const [index, opened] of streams.entries()) {
      if (opened.kind !== 'opened') throw new Error(opened.kind);
      const rows = await database.fetch(opened.stream);
      if (rows.kind !== 'rows') throw new Error(rows.kind);
      const parsed: { u: string }[] = JSON.parse(rows.json);
      names[index]?.push(...new Set(parsed.map(({ u }) => u)));
    }
  }
  expect(names).toEqual([
    ['ann', 'ann', 'ann', 'ann'],
    ['bob', 'bob', 'bob', 'bob'],
  ]);
  await database.close({ deadlineMs: 1000 });
});

test('statements of a transaction run for the one who began it, or for whom they name', async () => {
  const database = await openTestDatabase({ connections: 2 });
  const begun = await database.begin({ signal: new AbortController().signal, caller: ann });
  if (begun.kind !== 'begun') throw new Error(begun.kind);
  const nameFor = async (caller: SqlCaller | undefined) => {
    const inside = { transaction: begun.transaction, format: 'json' as const, caller };
    const rows = await database.execute({ sql: 'SELECT get_username() AS u', ...inside });
    return rows.kind === 'rows' ? JSON.parse(rows.json) : rows;
  };
  expect(await nameFor(undefined)).toEqual([{ u: 'ann' }]);
  expect(await nameFor({ ...ann, username: 'bob' })).toEqual([{ u: 'bob' }]);
  expect(await database.end(begun.transaction, 'commit')).toEqual({ kind: 'ended' });
  expect(await execute(database, 'SELECT get_username() AS u')).toEqual([{ u: null }]);
  await database.close({ deadlineMs: 1000 });
});
