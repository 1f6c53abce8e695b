import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReloadPayload } from '@mxcp-ts/engine';
import { expect, test } from 'vitest';
import { runQuery } from '../../src/index.ts';
import { type StartedFolder, sqlTool, startFolder } from '../support/start-folder.ts';

const ok = (value: unknown) => ({ kind: 'ok', value });
const site = (duckdb: string) => `mxcp: 1\nproject: test\nprofile: default\nduckdb: ${duckdb}\n`;
const files = {
  'mxcp-site.yml': site('{ setup: setup.sql }'),
  'setup.sql': 'CREATE TABLE IF NOT EXISTS t AS SELECT 1 AS n, 2 AS m;',
  'tools/n.yml': sqlTool('n', 'SELECT n FROM t'),
  'tools/m.yml': sqlTool('m', 'SELECT m FROM t'),
};
const databasePath = 'data/db-default.duckdb';
const unfit = {
  kind: 'unavailable',
  reason: 'The tool m cannot be used since the last reload; the log of the server says why.',
  retryAfterMs: 60_000,
};

/** Makes a database file with this table `t`. */
async function makeDatabase(table: string): Promise<string> {
  const other = await startFolder({
    ...files,
    'setup.sql': table,
    'tools/n.yml': sqlTool('n', 'SELECT 1 AS n'),
    'tools/m.yml': sqlTool('m', 'SELECT 1 AS n'),
  });
  await other.close();
  return join(other.root, databasePath);
}

function payload(run: ReloadPayload['run'], end = async () => {}): ReloadPayload {
  return { run, end };
}

/** Asks for a reload as user code does and waits until it is over. */
async function reloadWith({ reloader }: StartedFolder, run: () => void | Promise<void>) {
  const once = payload(async () => {
    await run();
    return { kind: 'done' };
  });
  reloader.host.requestReload?.({ description: 'test', payload: once });
  return await reloader.finish();
}

test('settings of the database that change are those of a database that is opened anew', async () => {
  const { reloader, runtime, write, call } = await startFolder(files);
  const before = runtime.database;
  const threads = () => runQuery(runtime.database, "SELECT current_setting('threads')::INTEGER AS n", {});
  write('mxcp-site.yml', site('{ setup: setup.sql, settings: { threads: 3 } }'));
  expect(await reloader.reload('test')).toEqual({ ok: true, generation: 2, changed: false, diagnostics: [] });
  expect(runtime.database).not.toBe(before);
  expect([await threads(), await call('n')]).toEqual([{ ok: true, rows: [{ n: 3 }] }, ok(1)]);
});

test('settings that DuckDB refuses never cost the project: it is opened again as it was', async () => {
  const { reloader, runtime, write, call, logged } = await startFolder(files);
  write('mxcp-site.yml', site('{ setup: setup.sql, settings: { nonsense: 3 } }'));
  expect(await reloader.reload('test')).toMatchObject({ ok: false, message: expect.stringContaining('nonsense') });
  expect([await call('n'), runtime.readiness().ready]).toEqual([ok(1), true]);
  expect(logged('error')).toEqual([expect.stringMatching(/^The reload failed\. .*nonsense/)]);
  write('mxcp-site.yml', site('{ setup: setup.sql, settings: { threads: 3 } }'));
  expect(await reloader.reload('test')).toMatchObject({ ok: true });
  expect(await call('n')).toEqual(ok(1));
});

test('a setup file with an error never costs the project either', async () => {
  const { reloader, runtime, write, call } = await startFolder(files);
  write('more.sql', 'CREATE TABLE u AS SELEC 1;');
  write('mxcp-site.yml', site('{ setup: [setup.sql, more.sql] }'));
  expect(await reloader.reload('test')).toMatchObject({ ok: false, message: expect.stringContaining('more.sql:1:') });
  expect([await call('n'), runtime.readiness().ready]).toEqual([ok(1), true]);
});

test('the payload finds the file free, and a replaced one is served', async () => {
  const other = await makeDatabase('CREATE TABLE t AS SELECT 3 AS n, 4 AS m;');
  const started = await startFolder(files);
  const { root, call, runtime, logged } = started;
  expect(await reloadWith(started, () => copyFileSync(other, join(root, databasePath)))).toEqual({ failed: [] });
  expect([await call('n'), await call('m'), runtime.plan.generation]).toEqual([ok(3), ok(4), 2]);
  expect(logged('error')).toEqual([]);
});

test('what does not fit a replaced database is unavailable until it does; the rest is served', async () => {
  const other = await makeDatabase('CREATE TABLE t AS SELECT 3 AS n;');
  const started = await startFolder(files);
  const { root, call, runtime, logged, reloader, write } = started;
  expect(await reloadWith(started, () => copyFileSync(other, join(root, databasePath)))).toEqual({ failed: [] });
  expect([await call('n'), await call('m')]).toEqual([ok(3), unfit]);
  expect(runtime.plan.tools.map(({ definition }) => definition.name)).toEqual(['m', 'n']);
  expect(logged('error')).toEqual(['The tool m does not fit the database any more and is unavailable.']);
  write('tools/m.yml', sqlTool('m', 'SELECT n FROM t'));
  expect(await reloader.reload('test')).toMatchObject({ ok: true, generation: 3 });
  expect(await call('m')).toEqual(ok(3));
});

test('a payload runs although the files have errors, which cost nothing that was served', async () => {
  const started = await startFolder(files);
  const { call, write, logged } = started;
  write('tools/m.yml', 'mxcp: 1\ntool: { name: m, description: [\n');
  let runs = 0;
  const count = () => {
    runs += 1;
  };
  expect(await reloadWith(started, count)).toEqual({
    failed: ['The reload "test" failed. The project has 1 error; the plan before is served on.'],
  });
  expect([runs, await call('n'), await call('m')]).toEqual([1, ok(1), ok(2)]);
  expect(logged('error')[0]).toMatch(/^What was found:\ntools\/m\.yml:\d+:\d+ error yaml\/syntax /);
});

test('a payload runs although the folder cannot be read, and the project is opened as it was', async () => {
  const started = await startFolder(files);
  let runs = 0;
  const outcome = await reloadWith(started, () => {
    runs += 1;
    started.failReading(new Error('The disk is gone.'));
  });
  expect(outcome).toEqual({ failed: ['The reload "test" failed. The disk is gone.'] });
  expect([runs, await started.call('n')]).toEqual([1, ok(1)]);
});

test('a payload that fails is reported with its stack in the log, and the project is served again', async () => {
  const { reloader, call, logged } = await startFolder(files);
  const failing = payload(async () => ({ kind: 'failed', message: 'No space.', details: 'No space.\n  at seed.ts:3' }));
  reloader.host.requestReload?.({ description: 'seed', payload: failing });
  expect(await reloader.finish()).toEqual({ failed: ['The reload "seed" failed. Its function failed: No space.'] });
  expect(await call('n')).toEqual(ok(1));
  expect(logged('error')).toEqual([
    'The function of a reload failed. No space.\n  at seed.ts:3',
    'The reload "seed" failed. Its function failed: No space.',
  ]);
});

test('a file that is no database makes everything unavailable, until a reload finds one again', async () => {
  const good = await makeDatabase('CREATE TABLE t AS SELECT 5 AS n, 6 AS m;');
  const started = await startFolder(files);
  const { write, root, call, runtime, reloader } = started;
  expect((await reloadWith(started, () => write(databasePath, 'no database'.repeat(1_000)))).failed).toHaveLength(1);
  expect([await call('n'), runtime.readiness().ready]).toEqual([
    { kind: 'unavailable', reason: 'The project could not be reloaded.', retryAfterMs: 30_000 },
    false,
  ]);
  copyFileSync(good, join(root, databasePath));
  expect(await reloader.reload('test')).toMatchObject({ ok: true, generation: 2 });
  expect([await call('n'), runtime.readiness().ready]).toEqual([ok(5), true]);
});

test('reloads that are asked for run in their order, each payload with an opening of its own', async () => {
  const { reloader, runtime } = await startFolder(files);
  const order: string[] = [];
  const ask = (name: string) =>
    reloader.host.requestReload?.({
      description: name,
      payload: payload(
        async () => {
          order.push(`run ${name} after plan ${runtime.plan.generation}`);
          return { kind: 'done' };
        },
        async () => void order.push(`end ${name}`),
      ),
    });
  ask('one');
  const between = reloader.reload('between');
  ask('two');
  expect(await reloader.finish()).toEqual({ failed: [] });
  expect(order).toEqual(['run one after plan 1', 'end one', 'run two after plan 3', 'end two']);
  expect([await between, runtime.plan.generation]).toEqual([
    { ok: true, generation: 3, changed: false, diagnostics: [] },
    4,
  ]);
});

test('closing gives up what waits and lets the running reload end', async () => {
  const { reloader, runtime } = await startFolder(files);
  const order: string[] = [];
  let finish: () => void = () => {};
  const running = new Promise<void>(begun => {
    const run = async () => {
      begun();
      await new Promise<void>(resolve => {
        finish = resolve;
      });
      order.push('run one');
      return { kind: 'done' } as const;
    };
    reloader.host.requestReload?.({
      description: 'one',
      payload: payload(run, async () => void order.push('end one')),
    });
  });
  const never = payload(
    () => expect.unreachable(),
    async () => void order.push('end two'),
  );
  reloader.host.requestReload?.({ description: 'two', payload: never });
  await running;
  const closed = reloader.close();
  finish();
  await closed;
  expect(order).toEqual(['end two', 'run one', 'end one']);
  expect(runtime.plan.generation).toBe(2);
});
