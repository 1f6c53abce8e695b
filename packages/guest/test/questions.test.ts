import { SourceFile } from '@mxcp-ts/diagnostics';
import type { CallContext, Database, ExecuteRequest, UserContext } from '@mxcp-ts/engine';
import { expect, onTestFinished, test, vi } from 'vitest';
// The real database: transactions and streams end with the call that began them.
import { openDatabase } from '../../engine-sql/src/index.ts';
import { nobody } from './fixtures/nobody.ts';
import { startTestGuest } from './start-test-guest.ts';

const nowhere = { source: new SourceFile('mxcp-site.yml', ''), start: 0, end: 0 };
const user: UserContext = {
  provider: 'github',
  user_id: '1',
  username: 'ann',
  email: 'ann@example.com',
  name: null,
  avatar_url: null,
  raw_profile: null,
  external_token: 'token',
  capabilities: [],
};

async function openMemory(): Promise<Database> {
  const database = await openDatabase({
    threadFile: new URL('../../../cli/dist/database-thread.js', import.meta.url),
    config: { path: ':memory:', isReadOnly: false, extensions: [], settings: {}, setup: [], span: nowhere },
    secrets: [],
    root: '/',
    log: () => {},
  });
  onTestFinished(() => database.close({ deadlineMs: 5_000 }));
  return database;
}

async function onMemory() {
  const database = await openMemory();
  const test = await startTestGuest({ services: { database } });
  const query = async (sql: string) => {
    const outcome = await database.execute({ sql, format: 'json' });
    return outcome.kind === 'rows' ? JSON.parse(outcome.json) : outcome;
  };
  return { ...test, query };
}

const value = (held: unknown) => ({ ok: true, value: held });
const refused = (type: string, message: string) => ({ ok: false, error: { type, message } });

const client = { name: 'a client', version: '1.0', abilities: ['elicit'] } as const;

test('the context of a call tells the guest who calls, without the key of the session', async () => {
  const { call } = await startTestGuest();
  const context: CallContext = { transport: 'http', requestId: '7', headers: { a: 'b' }, user, client, session: 'key' };
  expect(await call({ context: true }, undefined, { context })).toEqual({
    kind: 'result',
    value: { transport: 'http', requestId: '7', headers: { a: 'b' }, user, client, hasSession: true },
  });
  expect(await call({ context: true })).toEqual({
    kind: 'result',
    value: { transport: 'http', headers: {}, hasSession: false },
  });
});

test('splices rows into the reply unread and knows on whose behalf a statement runs', async () => {
  const requests: Omit<ExecuteRequest, 'signal'>[] = [];
  const { call } = await startTestGuest({
    database: {
      execute: async ({ signal: _, ...request }) => {
        requests.push(request);
        return { kind: 'rows', json: '[{"n":1.50},{"n":"\\u00e9"}]', columns: [] };
      },
    },
  });
  const context: CallContext = { ...nobody, user, headers: { 'x-a': '1' } };
  const ask = [{ type: 'execute', sql: 'select $1', params: [1], transaction: 4 }];
  const rows = [{ ok: true, rows: [{ n: 1.5 }, { n: 'é' }] }];
  expect(await call({ ask }, undefined, { context })).toEqual({ kind: 'result', value: rows });
  expect(await call({ ask: [{ type: 'execute', sql: 'select 2' }], outside: true }, undefined, { context })).toEqual({
    kind: 'result',
    value: rows,
  });
  const caller = {
    username: 'ann',
    email: 'ann@example.com',
    provider: 'github',
    externalToken: 'token',
    headers: { 'x-a': '1' },
  };
  expect(requests).toEqual([
    { sql: 'select $1', parameters: [1], transaction: 4, format: 'json', caller },
    { sql: 'select 2', transaction: undefined, format: 'json', caller: undefined },
  ]);
});

test('a refused statement is an error with the class and the text of DuckDB', async () => {
  const { call } = await onMemory();
  const outcome = await call({ ask: [{ type: 'execute', sql: 'select nothing' }] });
  expect(outcome).toMatchObject({
    value: [{ ok: false, error: { type: 'Binder', message: expect.stringContaining('nothing') } }],
  });
});

test('aborts the statement of a cancelled call', async () => {
  const { call } = await onMemory();
  const controller = new AbortController();
  const ask = [
    { type: 'execute', sql: 'select count(*) from range(3000000) a, range(300000) b where a.range % 7 = b.range % 7' },
  ];
  const outcome = call({ ask }, controller.signal);
  setTimeout(() => controller.abort(), 100);
  expect(await outcome).toEqual({
    kind: 'result',
    value: [refused('Interrupt', 'The statement was interrupted.')],
  });
});

test('a transaction holds what it did until it ends, once', async () => {
  const { call, query } = await onMemory();
  await query('create table t (n integer)');
  const insert = { type: 'execute', sql: 'insert into t values (1)', transaction: 'last' };
  for (const how of ['rollback', 'commit']) {
    const outcome = await call({ ask: [{ type: 'begin' }, insert, { type: 'end', transaction: 'last', how }] });
    expect(outcome).toEqual({
      kind: 'result',
      value: [value(expect.any(Number)), { ok: true, rows: [{ Count: 1 }] }, value(null)],
    });
    expect(await query('select count(*) as n from t')).toEqual([{ n: how === 'commit' ? 1 : 0 }]);
  }
  const end = { type: 'end', transaction: 'last', how: 'commit' };
  expect(await call({ ask: [{ type: 'begin' }, end, end] })).toMatchObject({
    value: [{ ok: true }, { ok: true }, { ok: false }],
  });
});

test.each(['answers', 'is cancelled', 'dies'])('a transaction and a stream end with a call that %s', async how => {
  const database = await openMemory();
  await database.execute({ sql: 'create table t (n integer)', format: 'json' });
  const numbers: { transaction?: number; stream?: number } = {};
  const { call } = await startTestGuest({
    database: {
      execute: request => database.execute(request),
      begin: async options => {
        const outcome = await database.begin(options);
        if (outcome.kind === 'begun') numbers.transaction = outcome.transaction;
        return outcome;
      },
      openStream: async request => {
        const outcome = await database.openStream(request);
        if (outcome.kind === 'opened') numbers.stream = outcome.stream;
        return outcome;
      },
    },
  });
  const ask = [
    { type: 'begin' },
    { type: 'execute', sql: 'insert into t values (1)', transaction: 'last' },
    { type: 'stream', sql: 'from range(100000)', batchRows: 10 },
  ];
  const controller = new AbortController();
  const outcome = call({ ask, ...(how !== 'answers' && { hang: 'obedient' }) }, controller.signal);
  await vi.waitFor(() => expect(numbers).toEqual({ transaction: expect.any(Number), stream: expect.any(Number) }));
  if (how === 'is cancelled') controller.abort();
  if (how === 'dies') await call({ exit: 1 });
  expect((await outcome).kind).toBe({ answers: 'result', 'is cancelled': 'failure', dies: 'unavailable' }[how]);
  expect((await database.end(numbers.transaction ?? 0, 'commit')).kind).toBe('failed');
  expect((await database.fetch(numbers.stream ?? 0)).kind).toBe('failed');
  expect(await database.execute({ sql: 'from t', format: 'json' })).toMatchObject({ kind: 'rows', json: '[]' });
});

test('a stream gives its rows batch by batch, null at its end, and an error after it', async () => {
  const { call } = await onMemory();
  const fetch = { type: 'fetch', stream: 'last' };
  const open = { type: 'stream', sql: 'select range::integer as n from range(3)', batchRows: 2 };
  const outcome = await call({ ask: [open, fetch, fetch, fetch, { ...fetch, stream: 999 }] });
  expect(outcome).toEqual({
    kind: 'result',
    value: [
      value(expect.any(Number)),
      { ok: true, rows: [{ n: 0 }, { n: 1 }] },
      { ok: true, rows: [{ n: 2 }] },
      value(null),
      { ok: false, error: { type: expect.any(String), message: expect.any(String) } },
    ],
  });
  expect(await call({ ask: [open, { type: 'close-stream', stream: 'last' }, fetch] })).toMatchObject({
    value: [{ ok: true }, value(null), { ok: false }],
  });
});

test('many questions of one call are under way at once without a warning of the process', async () => {
  const warnings: Error[] = [];
  const hear = (warning: Error) => void warnings.push(warning);
  process.on('warning', hear);
  onTestFinished(() => void process.off('warning', hear));
  const { call } = await onMemory();
  const ask = Array.from({ length: 40 }, (_, n) => ({ type: 'execute', sql: `select ${n} as n` }));
  for (const outside of [false, true]) {
    expect(await call({ ask, together: true, outside })).toEqual({
      kind: 'result',
      value: ask.map((_, n) => ({ ok: true, rows: [{ n }] })),
    });
  }
  await new Promise(resolve => setImmediate(resolve));
  expect(warnings).toEqual([]);
});

test('keeps session data apart, over the death of a guest', async () => {
  const { call } = await startTestGuest();
  const ann = { context: { ...nobody, session: 'ann' } };
  const set = { type: 'session', do: 'set', key: 'a', value: { n: [1, null] } };
  const get = { type: 'session', do: 'get', key: 'a' };
  const keys = { type: 'session', do: 'keys' };
  expect(await call({ ask: [get, set, get, keys] }, undefined, ann)).toEqual({
    kind: 'result',
    value: [
      value({ found: false, value: null }),
      value(null),
      value({ found: true, value: { n: [1, null] } }),
      value(['a']),
    ],
  });
  await call({ exit: 1 });
  const bob = { context: { ...nobody, session: 'bob' } };
  expect(await call({ ask: [get, keys] }, undefined, bob)).toMatchObject({
    value: [value({ found: false, value: null }), value([])],
  });
  const nulls = { ...set, value: null };
  expect(await call({ ask: [get, nulls, get, { ...get, do: 'delete' }, get] }, undefined, ann)).toMatchObject({
    value: [
      value({ found: true, value: { n: [1, null] } }),
      value(null),
      value({ found: true, value: null }),
      value(null),
      value({ found: false, value: null }),
    ],
  });
});

test('refuses session data to a caller without a session, to hooks, and beyond what a session may hold', async () => {
  const { call } = await startTestGuest();
  const get = { type: 'session', do: 'get', key: 'a' };
  const why =
    'This caller has no session: it is anonymous, and each of its requests stands alone. Session data needs a client with ' +
    'a session, or authentication.';
  const refusal = { kind: 'result', value: [refused('RuntimeError', why)] };
  expect(await call({ ask: [get] })).toEqual(refusal);
  const ann = { context: { ...nobody, session: 'ann' } };
  expect(await call({ ask: [get], outside: true }, undefined, ann)).toEqual(refusal);
  const large = { ...get, do: 'set', value: 'x'.repeat(1_100_000) };
  expect(await call({ ask: [large] }, undefined, ann)).toEqual({
    kind: 'result',
    value: [
      {
        ok: false,
        error: {
          type: 'ValueError',
          message: expect.stringMatching(/^A session holds 1048576 characters of JSON at most/),
        },
      },
    ],
  });
});

test('progress and messages reach the client of their call, and nobody after it', async () => {
  const { call } = await startTestGuest();
  const told: unknown[] = [];
  const client = (name: string) => ({
    progress: (...facts: unknown[]) => void told.push([name, 'progress', ...facts]),
    log: (...facts: unknown[]) => void told.push([name, 'log', ...facts]),
  });
  const tell = [
    { type: 'progress', progress: 1, total: 4, message: 'one' },
    { type: 'progress', progress: 2 },
    { type: 'notify', level: 'warning', data: { a: 1 }, logger: 'app' },
    { type: 'notify', level: 'info', data: 'text' },
  ];
  await call({ tell }, undefined, { client: client('a') });
  expect(await call({ echo: 1 }, undefined, { client: client('b') })).toEqual({ kind: 'result', value: 1 });
  expect(told).toEqual([
    ['a', 'progress', 1, 4, 'one'],
    ['a', 'progress', 2, undefined, undefined],
    ['a', 'log', 'warning', { a: 1 }, 'app'],
    ['a', 'log', 'info', 'text', undefined],
  ]);
});

test('a defect in the host reaches user code as an error and the log in full', async () => {
  const { call, logged } = await startTestGuest({
    database: {
      execute: async () => {
        throw new Error('boom');
      },
    },
  });
  expect(await call({ ask: [{ type: 'execute', sql: 'select 1' }] })).toEqual({
    kind: 'result',
    value: [refused('InternalError', 'The host could not answer; see its log.')],
  });
  expect(logged[0]).toMatch(/^error A question of user code \(execute\) failed inside the host: Error: boom\n/);
});

test('a reload is passed on, and refused where nothing can be reloaded', async () => {
  const { call, reloads } = await startTestGuest();
  const ask = [{ type: 'reload', description: 'new data' }];
  expect(await call({ ask })).toEqual({ kind: 'result', value: [value(null)] });
  expect(reloads).toEqual([{ description: 'new data' }]);
  const other = await startTestGuest({ services: { requestReload: undefined } });
  expect(await other.call({ ask })).toEqual({
    kind: 'result',
    value: [refused('RuntimeError', 'Nothing can be reloaded here.')],
  });
  await vi.waitFor(() => expect(reloads).toHaveLength(1));
});
