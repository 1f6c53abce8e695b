import type { AppendRequest, Database, ExecuteRequest } from '@mxcp-ts/engine';
import { expect, test, vi } from 'vitest';
import { withTestEngine } from '../start-test-engine.ts';

const startTestEngine = withTestEngine();
const ok = (value: unknown) => ({ kind: 'ok', value });

test('context shows who calls and how; headers are found in any case', async () => {
  const { call, logged } = await startTestEngine(
    {
      'tools/who.ts': `
        import { context } from 'mxcp-ts/runtime';
        export const who = () => {
          const { callId, endpoint, transport, requestId, headers, user } = context();
          console.log(headers, user);
          return { callId, endpoint, transport, requestId, headers, user, same: context() === context(),
            found: [headers.get('X-Trace'), headers['x-trace'], headers.get('X-None') ?? null, headers.get('get')] };
        };
      `,
    },
    [{ name: 'who', file: 'tools/who.ts' }],
  );
  const headers = { 'x-trace': 't1', authorization: 'Bearer abc', get: 'of the caller' };
  const user = {
    provider: 'github',
    user_id: 'u1',
    username: 'ada',
    email: 'ada@example.com',
    name: null,
    avatar_url: null,
    raw_profile: { login: 'ada' },
    external_token: 'gho_abc',
    capabilities: ['read'],
  };
  const outcome = await call('who', {}, { id: 'c7', context: { transport: 'http', requestId: '42', headers, user } });
  expect(outcome).toEqual(
    ok({
      callId: 'c7',
      endpoint: 'who',
      transport: 'http',
      requestId: '42',
      headers: { 'x-trace': 't1', authorization: 'Bearer abc' },
      user: {
        provider: 'github',
        userId: 'u1',
        username: 'ada',
        email: 'ada@example.com',
        name: null,
        avatarUrl: null,
        rawProfile: { login: 'ada' },
        externalToken: 'gho_abc',
        capabilities: ['read'],
      },
      same: true,
      found: ['t1', 't1', null, 'of the caller'],
    }),
  );
  expect(logged.join('\n')).toContain("externalToken: '****'");
  expect(logged.join('\n')).not.toMatch(/abc/);
  expect(await call('who')).toMatchObject(ok({ transport: 'cli', headers: {}, same: true }));
});

test('session data is that of the caller; one without a session is told so', async () => {
  const { call } = await startTestEngine(
    {
      'tools/cart.ts': `
        import { session } from 'mxcp-ts/runtime';
        export const add = async ({ item }) => {
          const items = (await session.get<string[]>('items')) ?? [];
          await session.set('items', [...items, item]);
          return { keys: await session.keys(), none: (await session.get('none')) ?? null };
        };
        export const items = () => session.get('items');
        export const clear = () => session.delete('items');
        export const large = () => session.set('large', 1);
        export const bad = () => session.set('f', () => 1);
        export const later = () => { setTimeout(() => session.get('items').catch(e => console.log(e.message)), 20); };
      `,
    },
    ['add', 'items', 'clear', 'large', 'bad', 'later'].map(name => ({ name, file: 'tools/cart.ts' })),
  );
  const as = (session: string) => ({ context: { session } });
  expect(await call('add', { item: 'a' }, as('s1'))).toEqual(ok({ keys: ['items'], none: null }));
  await call('add', { item: 'b' }, as('s1'));
  await call('add', { item: 'c' }, as('s2'));
  expect(await call('items', {}, as('s1'))).toEqual(ok(['a', 'b']));
  expect(await call('items', {}, as('s2'))).toEqual(ok(['c']));
  await call('clear', {}, as('s1'));
  expect(await call('items', {}, as('s1'))).toEqual(ok(null));
  expect(await call('large', {}, as('s1'))).toMatchObject({ error: { message: 'The session holds too much.' } });
  expect(await call('bad', {}, as('s1'))).toMatchObject({
    error: { message: 'The value for session.set is a function, which JSON cannot express.' },
  });
  expect(await call('items')).toMatchObject({
    error: {
      message:
        'This caller has no session: it is anonymous, and each of its requests stands alone. ' +
        'Session data needs a client with a session, or authentication.',
    },
  });
});

test('session says when there is no call, or no longer', async () => {
  const { call, logged, root } = await startTestEngine(
    {
      'tools/late.ts': `
        import { onInit, session } from 'mxcp-ts/runtime';
        onInit(async function early() { await session.get('a'); });
        export const late = () => { setTimeout(() => session.keys().catch(error => console.log(error.message)), 20); };
      `,
    },
    [{ name: 'late', file: 'tools/late.ts' }],
  );
  await call('late', {}, { context: { session: 's1' } });
  await vi.waitFor(() =>
    expect(logged).toEqual([
      'error - - The onInit hook "early" failed: Error: session.get is only available while a handler runs.\n' +
        `    at early (${root}/tools/late.ts:3:55)`,
      'info - - session.keys is only available while a handler runs.',
    ]),
  );
});

test('progress and notify reach the client of their call', async () => {
  const { call } = await startTestEngine(
    {
      'tools/tell.ts': `
        import { notify, onInit, progress } from 'mxcp-ts/runtime';
        onInit(() => progress(0));
        export const tell = async ({ n }) => {
          progress(n, 10, 'step');
          await null;
          progress(n + 1);
          notify.info('plain');
          notify.warning({ at: new Date(0), n }, 'mine');
        };
        export const wrong = () => progress('1' as never);
        export const cycle = () => notify.info(() => 1);
      `,
    },
    ['tell', 'wrong', 'cycle'].map(name => ({ name, file: 'tools/tell.ts' })),
  );
  const told = async (n: number) => {
    const heard: unknown[] = [];
    const client = {
      progress: (...args: unknown[]) => void heard.push(['progress', ...args]),
      log: (...args: unknown[]) => void heard.push(['log', ...args]),
    };
    await call('tell', { n }, { id: `c${n}`, client });
    return heard;
  };
  const [first, second] = await Promise.all([told(1), told(5)]);
  const heardBy = (n: number) => [
    ['progress', n, 10, 'step'],
    ['progress', n + 1, undefined, undefined],
    ['log', 'info', 'plain', undefined],
    ['log', 'warning', { at: '1970-01-01T00:00:00.000Z', n }, 'mine'],
  ];
  expect([first, second]).toEqual([heardBy(1), heardBy(5)]);
  expect(await call('wrong')).toMatchObject({ error: { message: 'progress needs a number as its first argument.' } });
  expect(await call('cycle')).toMatchObject({
    error: { message: 'The data of notify is a function, which JSON cannot express.' },
  });
});

test('a transaction is committed when its function returns and rolled back when it throws', async () => {
  const { database, steps } = recordingDatabase();
  const { call } = await startTestEngine(
    {
      'tools/move.ts': `
        import { db } from 'mxcp-ts/runtime';
        let kept;
        export const commit = () => db.transaction(async tx => {
          kept = tx;
          await tx.execute('insert $n', { n: 1 });
          await tx.append('t', [{ a: 1 }]);
          for await (const rows of tx.stream('select')) return rows;
        });
        export const rollback = () => db.transaction(async tx => { await tx.execute('insert'); throw new RangeError('too much'); });
        export const broken = () => db.transaction(tx => tx.execute('broken'));
        export const refused = () => db.transaction(tx => tx.execute('refused at commit'));
        export const nested = () => db.transaction(() => db.transaction(() => 1));
        export const after = () => kept.execute('select');
        export const besides = () => db.transaction(() => db.execute('outside'));
        export const twice = async () => { await db.transaction(() => 1); return await db.transaction(() => 2); };
        export const wrong = () => db.transaction('select' as never);
      `,
    },
    ['commit', 'rollback', 'broken', 'refused', 'nested', 'after', 'besides', 'twice', 'wrong'].map(name => ({
      name,
      file: 'tools/move.ts',
    })),
    { database },
  );
  const stepsOf = async (name: string) => {
    steps.length = 0;
    return { outcome: await call(name), steps: [...steps] };
  };
  expect(await stepsOf('commit')).toEqual({
    outcome: ok([{ n: 1 }, { n: 2 }]),
    steps: [
      'begin 1',
      'execute insert $n {"n":1} in 1',
      'append t [{"a":1}] in 1',
      'stream select 2048 in 1',
      'close 1',
      'commit 1',
    ],
  });
  expect(await stepsOf('rollback')).toMatchObject({
    outcome: { error: { type: 'RangeError', message: 'too much' } },
    steps: ['begin 2', 'execute insert in 2', 'rollback 2'],
  });
  expect(await stepsOf('broken')).toMatchObject({
    outcome: { error: { type: 'DatabaseError', message: 'syntax error' } },
    steps: ['begin 3', 'execute broken in 3', 'rollback 3'],
  });
  expect(await stepsOf('refused')).toMatchObject({
    outcome: { error: { type: 'DatabaseError', message: 'conflict' } },
    steps: ['begin 4', 'execute refused at commit in 4', 'commit 4', 'rollback 4'],
  });
  expect(await stepsOf('nested')).toMatchObject({
    outcome: {
      error: { message: 'db.transaction cannot be used inside db.transaction: DuckDB has no nested transactions.' },
    },
    steps: ['begin 5', 'rollback 5'],
  });
  expect(await stepsOf('after')).toMatchObject({
    outcome: {
      error: { message: 'The transaction is over: `tx` can be used until the function of db.transaction has ended.' },
    },
    steps: [],
  });
  expect(await stepsOf('besides')).toMatchObject({ steps: ['begin 6', 'execute outside', 'commit 6'] });
  expect(await stepsOf('twice')).toEqual({ outcome: ok(2), steps: ['begin 7', 'commit 7', 'begin 8', 'commit 8'] });
  expect(await stepsOf('wrong')).toMatchObject({
    outcome: { error: { message: 'db.transaction needs a function as its argument.' } },
  });
});

test('a stream gives its batches one by one and is closed when the loop is left', async () => {
  const { database, steps } = recordingDatabase();
  const { call } = await startTestEngine(
    {
      'tools/stream.ts': `
        import { db, DatabaseError } from 'mxcp-ts/runtime';
        const read = async (sql, params?, options?) => { const all = []; for await (const rows of db.stream(sql, params, options)) all.push(rows); return all; };
        export const all = () => read('select $n', { n: 1 }, { batchRows: 2 });
        export const some = async () => { for await (const rows of db.stream('select')) return rows; };
        export const thrown = async () => { for await (const rows of db.stream('select')) throw new Error('enough'); };
        export const unread = () => { db.stream('select'); };
        export const refused = () => read('broken');
        export const late = () => read('broken later').catch(error => error instanceof DatabaseError && error.type);
        export const wrong = () => read('select', [], { batchRows: 0 });
      `,
    },
    ['all', 'some', 'thrown', 'unread', 'refused', 'late', 'wrong'].map(name => ({ name, file: 'tools/stream.ts' })),
    { database },
  );
  const stepsOf = async (name: string) => {
    steps.length = 0;
    return { outcome: await call(name), steps: [...steps] };
  };
  expect(await stepsOf('all')).toEqual({
    outcome: ok([[{ n: 1 }, { n: 2 }], [{ n: 3 }]]),
    steps: ['stream select $n 2 {"n":1}'],
  });
  expect(await stepsOf('some')).toEqual({
    outcome: ok([{ n: 1 }, { n: 2 }]),
    steps: ['stream select 2048', 'close 2'],
  });
  expect(await stepsOf('thrown')).toMatchObject({
    outcome: { error: { message: 'enough' } },
    steps: ['stream select 2048', 'close 3'],
  });
  expect(await stepsOf('unread')).toEqual({ outcome: ok(null), steps: [] });
  expect(await stepsOf('refused')).toMatchObject({ outcome: { error: { message: 'syntax error' } } });
  expect(await stepsOf('late')).toEqual({ outcome: ok('Interrupt'), steps: ['stream broken later 2048'] });
  expect(await stepsOf('wrong')).toMatchObject({
    outcome: { error: { message: '`batchRows` must be a whole number of at least 1.' } },
    steps: [],
  });
});

test('append and register hand over rows and give their number', async () => {
  const { database, steps } = recordingDatabase();
  const { call } = await startTestEngine(
    {
      'tools/load.ts': `
        import { db } from 'mxcp-ts/runtime';
        interface Flight { code: string; at: Date }
        export const append = async () => { const rows: Flight[] = [{ code: 'A', at: new Date(0) }]; return db.append('main.flights', rows); };
        export const register = () => db.register('seen', new Set([{ n: 2n ** 63n }, { n: 1 }]));
        export const wrong = () => db.append('t', [1] as never);
      `,
    },
    ['append', 'register', 'wrong'].map(name => ({ name, file: 'tools/load.ts' })),
    { database },
  );
  expect(await call('append')).toEqual(ok(1));
  expect(await call('register')).toEqual(ok(2));
  expect(await call('wrong')).toMatchObject({ error: { message: 'The rows of db.append must be objects.' } });
  expect(steps).toEqual([
    'append main.flights [{"code":"A","at":"1970-01-01T00:00:00.000Z"}]',
    'register seen [{"n":"9223372036854775808"},{"n":1}]',
  ]);
});

test('after it was cancelled a call reaches the database no more', async () => {
  const { call, asked, logged } = await startTestEngine(
    {
      'tools/wait.ts': `
        import { context, db } from 'mxcp-ts/runtime';
        export const wait = async () => {
          console.log('waiting');
          await new Promise(resolve => context().signal.addEventListener('abort', resolve));
          const tries = [() => db.execute('select 1'), () => db.transaction(() => 1), () => db.append('t', [])];
          for (const attempt of tries) await attempt().catch(error => console.log(error.name));
        };
      `,
    },
    [{ name: 'wait', file: 'tools/wait.ts' }],
  );
  const controller = new AbortController();
  const outcome = call('wait', {}, { signal: controller.signal });
  await vi.waitFor(() => expect(logged.length).toBe(1));
  controller.abort();
  expect(await outcome).toMatchObject({ kind: 'failed', error: { type: 'Cancelled' } });
  await vi.waitFor(() => expect(logged.length).toBe(4));
  expect(logged.slice(1)).toEqual(Array.from({ length: 3 }, () => 'info - - Cancelled'));
  expect(asked).toEqual([]);
});

/** Answers as a database would and notes what it was asked. */
function recordingDatabase(): { readonly database: Partial<Database>; readonly steps: string[] } {
  const steps: string[] = [];
  const place = (transaction: number | undefined) => (transaction === undefined ? '' : ` in ${transaction}`);
  const given = ({ parameters }: ExecuteRequest) => (parameters === undefined ? '' : ` ${JSON.stringify(parameters)}`);
  const failed = (type: string, message: string) => ({ kind: 'failed', error: { type, message } }) as const;
  const batches = ['[{"n":1},{"n":2}]', '[]', '[{"n":3}]'];
  const streams = new Map<number, string[]>();
  let lastStream = 0;
  let transactions = 0;
  let lastSql = '';
  const database: Partial<Database> = {
    execute: async request => {
      lastSql = request.sql;
      steps.push(`execute ${request.sql}${given(request)}${place(request.transaction)}`);
      return request.sql === 'broken' ? failed('Parser', 'syntax error') : { kind: 'rows', json: '[]', columns: [] };
    },
    begin: async () => {
      steps.push(`begin ${++transactions}`);
      return { kind: 'begun', transaction: transactions };
    },
    end: async (transaction, how) => {
      steps.push(`${how} ${transaction}`);
      return how === 'commit' && lastSql.includes('refused') ? failed('Transaction', 'conflict') : { kind: 'ended' };
    },
    openStream: async request => {
      steps.push(`stream ${request.sql} ${request.batchRows}${given(request)}${place(request.transaction)}`);
      if (request.sql === 'broken') return failed('Parser', 'syntax error');
      streams.set(++lastStream, request.sql === 'broken later' ? [] : [...batches]);
      return { kind: 'opened', stream: lastStream };
    },
    fetch: async stream => {
      const isBroken = steps.at(-1)?.includes('later') === true;
      const json = streams.get(stream)?.shift();
      if (json === undefined) streams.delete(stream);
      if (isBroken) return failed('Interrupt', 'interrupted');
      return json === undefined ? { kind: 'end' } : { kind: 'rows', json, columns: [] };
    },
    closeStream: stream => {
      // The host closes once more when the call ends.
      if (streams.delete(stream)) steps.push(`close ${stream}`);
    },
    append: async (request: AppendRequest) => {
      const json = 'json' in request.rows ? request.rows.json : '';
      steps.push(`${request.how} ${request.table} ${json}${place(request.transaction)}`);
      return { kind: 'appended', rows: JSON.parse(json).length };
    },
  };
  return { database, steps };
}
