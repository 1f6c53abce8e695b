import { expect, test } from 'vitest';
import { sqlTool, startFolder } from '../support/start-folder.ts';

const ok = (value: unknown) => ({ kind: 'ok', value });
const files = { 'tools/a.yml': sqlTool('a', 'SELECT 1 AS n'), 'tools/b.yml': sqlTool('b', 'SELECT 10 AS n') };

test('serves what the files say now, and says whether clients are offered something else', async () => {
  const { reloader, runtime, write, remove, call, said, lines } = await startFolder(files);
  const { database } = runtime;
  write('tools/a.yml', sqlTool('a', 'SELECT 2 AS n'));
  expect(await reloader.reload('test')).toEqual({ ok: true, generation: 2, changed: false, diagnostics: [] });
  expect(await call('a')).toEqual(ok(2));
  write('tools/c.yml', sqlTool('c', 'SELECT 3 AS n'));
  remove('tools/b.yml');
  expect(await reloader.reload('')).toEqual({ ok: true, generation: 3, changed: true, diagnostics: [] });
  expect([await call('c'), await call('b')]).toEqual([ok(3), { kind: 'not-found', endpoint: 'tool:b' }]);
  expect(runtime.database).toBe(database);
  expect(said).toEqual(['Reloaded: plan 2 is served.', 'Reloaded: plan 3 is served.']);
  expect(lines).toEqual([
    ['info', 'Reloading (test).'],
    ['info', 'Reloading (no description).'],
  ]);
});

test('a broken edit is said with its place while the plan before is served on; a mended one is served', async () => {
  const { reloader, runtime, write, call, said, logged } = await startFolder(files);
  write('tools/b.yml', sqlTool('b', 'SELECT 11 AS n'));
  write('tools/a.yml', sqlTool('a', 'SELECT nope AS n FROM (SELECT 1 AS one)'));
  const message = 'The project has 1 error; the plan before is served on.';
  const refused = await reloader.reload('test');
  expect({ ...refused, diagnostics: refused.diagnostics.map(({ code }) => code) }).toEqual({
    ok: false,
    message,
    diagnostics: ['plan/sql-unknown-column'],
  });
  expect([await call('a'), await call('b')]).toEqual([ok(1), ok(10)]);
  expect(logged('error')).toEqual([
    expect.stringMatching(/^What was found:\ntools\/a\.yml:6:27 error plan\/sql-unknown-column /),
    `The reload failed. ${message}`,
  ]);
  expect(runtime.readiness()).toEqual({
    ready: true,
    generation: 1,
    problems: ['The last reload failed; see the log.'],
  });
  expect(reloader.status).toEqual({ isRunning: false, endedAt: expect.any(Date), result: refused });
  write('tools/a.yml', sqlTool('a', 'SELECT 2 AS n'));
  expect(await reloader.reload('test')).toEqual({ ok: true, generation: 2, changed: false, diagnostics: [] });
  expect([await call('a'), await call('b')]).toEqual([ok(2), ok(11)]);
  expect(runtime.readiness()).toEqual({ ready: true, generation: 2, problems: [] });
  expect(said).toEqual(['Reloaded: plan 2 is served.']);
});

test('a file that cannot be read as YAML is said with its place too', async () => {
  const { reloader, write, call, logged } = await startFolder(files);
  write('tools/a.yml', 'mxcp: 1\ntool:\n  name: [a\n');
  expect(await reloader.reload('test')).toMatchObject({ ok: false });
  expect(logged('error')[0]).toMatch(/^What was found:\ntools\/a\.yml:\d+:\d+ error yaml\/syntax /);
  expect(await call('a')).toEqual(ok(1));
});

test('without its site file the project is served on as it was', async () => {
  const { reloader, remove, call } = await startFolder(files);
  remove('mxcp-site.yml');
  expect(await reloader.reload('test')).toMatchObject({ ok: false });
  expect(await call('a')).toEqual(ok(1));
});

test('a folder that cannot be read at all is a failed reload', async () => {
  const started = await startFolder(files);
  const { reloader, call } = started;
  started.failReading(new Error('The disk is gone.'));
  expect(await reloader.reload('test')).toEqual({ ok: false, message: 'The disk is gone.', diagnostics: [] });
  expect(await call('a')).toEqual(ok(1));
});

test('those who ask while an ordinary reload waits get that one; later ones get another', async () => {
  const { reloader, runtime } = await startFolder(files);
  const first = reloader.reload('first');
  const second = reloader.reload('second');
  const running = new Promise(resolve => reloader.onLoaded(resolve));
  expect(reloader.status).toEqual({ isRunning: true, endedAt: undefined, result: undefined });
  await running;
  const third = reloader.reload('third');
  const results = await Promise.all([first, second, third, reloader.reload('fourth')]);
  expect(results.map(result => result.ok && result.generation)).toEqual([2, 2, 3, 3]);
  expect(runtime.plan.generation).toBe(3);
});

test('finish waits for what was asked for and says what went wrong, once', async () => {
  const { reloader, write } = await startFolder(files);
  expect(await reloader.finish()).toEqual({ failed: [] });
  write('tools/a.yml', sqlTool('a', 'SELEC'));
  reloader.host.requestReload?.({ description: 'from code' });
  expect(await reloader.finish()).toEqual({
    failed: ['The reload failed. The project has 1 error; the plan before is served on.'],
  });
  expect(await reloader.finish()).toEqual({ failed: [] });
});

test('a call that runs while the plan is replaced ends in the plan that it began in', async () => {
  const slow = 'SELECT count(*)::INTEGER AS n FROM range(30000000) a WHERE hash(a.range) IS NOT NULL';
  const { reloader, call, write } = await startFolder({ 'tools/a.yml': sqlTool('a', slow) });
  const running = call('a');
  write('tools/a.yml', sqlTool('a', 'SELECT 2 AS n'));
  await reloader.reload('test');
  expect(await call('a')).toEqual(ok(2));
  expect(await running).toEqual(ok(30_000_000));
});
