import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test, vi } from 'vitest';
import { buildGuest } from '../build-guest.ts';
import { writeFolder } from '../project-folder.ts';
import { withTestEngine } from '../start-test-engine.ts';

const startTestEngine = withTestEngine();
const ok = (value: unknown) => ({ kind: 'ok', value });

test('an endless loop is killed when it is cancelled, and the next call works', async () => {
  const { call } = await startTestEngine(
    { 'tools/loop.ts': 'export const loop = () => { for (;;); };\nexport const echo = ({ x }) => x;' },
    ['loop', 'echo'].map(name => ({ name, file: 'tools/loop.ts' })),
  );
  const controller = new AbortController();
  const outcome = call('loop', {}, { signal: controller.signal });
  setTimeout(() => controller.abort(), 50);
  expect(await outcome).toEqual({
    kind: 'unavailable',
    reason: 'The TypeScript process was blocked by another call and was ended.',
    retryAfterMs: 1000,
  });
  expect(await call('echo', { x: 1 })).toEqual(ok(1));
});

test('signals that are meant for the host do not end the guest', async () => {
  const { call } = await startTestEngine({ 'tools/pid.ts': 'export const pid = () => process.pid;' }, [
    { name: 'pid', file: 'tools/pid.ts' },
  ]);
  const before = await call('pid');
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.kill(before.kind === 'ok' ? Number(before.value) : Number.NaN, signal);
    expect(await call('pid')).toEqual(before);
  }
});

test('process.exit costs the calls in flight; the next call works', async () => {
  const { call } = await startTestEngine(
    { 'tools/exit.ts': 'export const exit = () => process.exit(0);\nexport const echo = ({ x }) => x;' },
    ['exit', 'echo'].map(name => ({ name, file: 'tools/exit.ts' })),
  );
  expect(await call('exit')).toEqual({
    kind: 'unavailable',
    reason: 'The TypeScript process ended with code 0 during the call.',
    retryAfterMs: 1000,
  });
  expect(await call('echo', { x: 1 })).toEqual(ok(1));
});

test('a cancelled call is answered at once and its signal aborts; the process stays', async () => {
  const { call, logged } = await startTestEngine(
    {
      'tools/wait.ts': `
        import { context, db } from 'mxcp-ts/runtime';
        export const wait = async () => {
          const { signal } = context();
          console.log('waiting');
          await new Promise(resolve => signal.addEventListener('abort', resolve));
          try { await db.execute('select 1'); } catch (error) { console.log(error.name); }
        };
        export const pid = () => process.pid;
      `,
    },
    ['wait', 'pid'].map(name => ({ name, file: 'tools/wait.ts' })),
  );
  const before = await call('pid');
  const controller = new AbortController();
  const outcome = call('wait', {}, { signal: controller.signal });
  await vi.waitFor(() => expect(logged).toEqual(['info wait c1 waiting']));
  controller.abort();
  expect(await outcome).toMatchObject({ kind: 'failed', error: { type: 'Cancelled' } });
  expect(await call('pid')).toEqual(before);
  expect(logged).toEqual(['info wait c1 waiting', 'info - - Cancelled']);
});

test('what code prints is logged with its call; raw writes and subprocesses break nothing', async () => {
  const { call, logged } = await startTestEngine(
    {
      'tools/print.ts': `
        import { spawnSync } from 'node:child_process';
        import { writeSync } from 'node:fs';
        import { log } from 'mxcp-ts/runtime';
        export const print = async ({ n }) => {
          console.log('first %d', n, { n });
          await new Promise(resolve => setTimeout(resolve, 5));
          console.error('second', n);
          log.warn('third', n);
          process.stdout.write('fou'); process.stdout.write('rth\\nfif'); process.stdout.write('th');
        };
        export const raw = () => {
          writeSync(1, 'raw write to fd 1\\n');
          return spawnSync('echo', ['from a subprocess'], { stdio: 'inherit' }).status;
        };
      `,
    },
    ['print', 'raw'].map(name => ({ name, file: 'tools/print.ts' })),
  );
  await Promise.all(Array.from({ length: 50 }, (_, n) => call('print', { n }, { id: `c${n}` })));
  for (const n of [0, 49]) {
    expect(logged.filter(line => line.includes(` c${n} `))).toEqual([
      `info print c${n} first ${n} { n: ${n} }`,
      `error print c${n} second ${n}`,
      `warning print c${n} third ${n}`,
      `info print c${n} fourth`,
      `info print c${n} fifth`,
    ]);
  }
  expect(logged.length).toBe(250);
  expect(await call('raw')).toEqual(ok(0));
});

test('errors in the background are logged and end nothing', async () => {
  const { call, logged } = await startTestEngine(
    {
      'tools/stray.ts': `
        export const stray = () => { setTimeout(() => { throw new Error('thrown'); }, 1); void Promise.reject(new Error('rejected')); return process.pid; };
      `,
    },
    [{ name: 'stray', file: 'tools/stray.ts' }],
  );
  const first = await call('stray');
  await vi.waitFor(() => expect(logged.length).toBe(2));
  expect(logged.map(line => line.split('\n')[0]).sort()).toEqual([
    'error - - A promise was rejected in the background: Error: rejected',
    'error - - An error was thrown in the background: Error: thrown',
  ]);
  expect(await call('stray')).toEqual(first);
});

test('hooks run in order and in reverse; one that throws is reported and not fatal', async () => {
  const { call, engine, root, logged, asked } = await startTestEngine(
    {
      'lib/first.ts': `
        import { onInit, onShutdown, db } from 'mxcp-ts/runtime';
        import { appendFileSync } from 'node:fs';
        export const note = (text: string) => appendFileSync('trace.txt', text + '\\n');
        onInit(async () => { await db.execute('create table t'); note('init 1'); });
        onShutdown(async () => { await db.execute('drop table t'); note('shutdown 1'); });
      `,
      'tools/hooked.ts': `
        import { onInit, onShutdown } from 'mxcp-ts/runtime';
        import { note } from '../lib/first.ts';
        onInit(function warmUp() { note('init 2'); throw new Error('no model'); });
        onInit(() => note('init 3'));
        onShutdown(function failing() { throw new Error('cannot close'); });
        onShutdown(() => note('shutdown 2'));
        export const hooked = () => { onInit(() => {}); };
      `,
    },
    [{ name: 'hooked', file: 'tools/hooked.ts' }],
  );
  expect(engine.diagnostics).toEqual([]);
  expect(engine.problems()).toEqual(['The TypeScript hook "warmUp" failed; see the log.']);
  expect(await call('hooked')).toMatchObject({
    error: { message: 'onInit must be called while the module loads.' },
  });
  await engine.stop({ deadlineMs: 5_000 });
  expect(readFileSync(join(root, 'trace.txt'), 'utf8')).toBe('init 1\ninit 2\ninit 3\nshutdown 2\nshutdown 1\n');
  expect(asked.map(({ sql }) => sql)).toEqual(['create table t', 'drop table t']);
  expect(logged).toEqual([
    'error - - The onInit hook "warmUp" failed: Error: no model\n' +
      `    at warmUp (${join(root, 'tools/hooked.ts')}:4:58)`,
    'error - - The shutdown hook failing failed: cannot close',
  ]);
});

test('a name that mxcp-ts/runtime does not have is told without the place of that file', async () => {
  const { engine } = await startTestEngine(
    { 'tools/a.ts': `export { contnt } from 'mxcp-ts/runtime'; export const a = () => 1;` },
    [{ name: 'a', file: 'tools/a.ts' }],
  );
  expect(engine.diagnostics.map(({ message }) => message)).toEqual([
    'tools/a.ts cannot be loaded: mxcp-ts/runtime has no "contnt".',
  ]);
});

test('a module that fails to load costs its own endpoints', async () => {
  const { call, engine } = await startTestEngine(
    {
      'tools/bad.ts': `throw new TypeError('at the top'); export const bad = () => 1;`,
      'tools/worse.ts': `export const worse = 5;`,
      'tools/broken.ts': 'export const broken = (;',
      'tools/importer.ts': `import '../lib/far.ts'; export const importer = () => 1;`,
      'lib/far.ts': `import 'not-installed';`,
      'tools/good.ts': 'export const good = () => 1;',
    },
    ['bad', 'worse', 'broken', 'importer', 'good'].map(name => ({ name, file: `tools/${name}.ts` })),
  );
  expect(engine.diagnostics.map(({ code, message, span }) => [code, message, span?.source.path, span?.start])).toEqual([
    ['plan/code-syntax', 'Unexpected ";".', 'tools/broken.ts', 23],
    ['plan/unresolved-import', '"not-installed" cannot be found.', 'lib/far.ts', 7],
    ['plan/module-load', 'tools/importer.ts imports a file that has errors.', 'tools/importer.yml', 9],
    ['plan/module-load', 'tools/bad.ts cannot be loaded: TypeError: at the top.', 'tools/bad.ts', 6],
    ['plan/missing-export', 'The export "worse" of tools/worse.ts is not a function.', 'tools/worse.yml', 6],
  ]);
  expect(await call('good')).toEqual(ok(1));
  for (const name of ['bad', 'worse', 'broken', 'importer']) expect((await call(name)).kind).toBe('failed');
});

test('a process that ends while it loads is a finding about every endpoint', async () => {
  const { engine } = await startTestEngine({ 'tools/quit.ts': 'process.exit(4); export const quit = () => 1;' }, [
    { name: 'quit', file: 'tools/quit.ts' },
  ]);
  expect(engine.diagnostics.map(({ code, message }) => [code, message])).toEqual([
    ['plan/module-load', 'The TypeScript process ended with code 4 while it was starting.'],
  ]);
});

test('a guest in an endless loop ends when its host is killed', async () => {
  const built = await buildGuest();
  onTestFinished(() => rmSync(built.folder, { recursive: true, force: true }));
  const root = writeFolder({ 'loop.mjs': 'export const loop = () => { for (;;); };' });
  const start = {
    type: 'start',
    root,
    modules: [{ file: join(root, 'loop.mjs'), path: 'loop.mjs' }],
    handlers: [{ module: 0, endpoint: 'loop', parameters: [] }],
    plugins: [],
    config: { project: 'p', profile: 'dev', secrets: {}, site: {}, user: {} },
    canReload: false,
  };
  const hostCode = `
    const { spawn } = require('node:child_process');
    const guest = spawn(process.execPath, [process.argv[1]], { stdio: ['ignore', 2, 2, 'pipe'], detached: true });
    guest.stdio[3].write(process.argv[2] + '\\n');
    guest.stdio[3].once('data', () => {
      guest.stdio[3].write(JSON.stringify({ type: 'call', id: 1, call: 'c', handler: 0, args: {}, context: { transport: 'cli', headers: {}, hasSession: false } }) + '\\n');
      setTimeout(() => process.stdout.write(guest.pid + '\\n'), 300);
    });
  `;
  const host = spawn(process.execPath, ['-e', hostCode, fileURLToPath(built.guestFile), JSON.stringify(start)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [printed] = await once(host.stdout, 'data');
  const guestPid = Number(String(printed));
  expect(isRunning(guestPid)).toBe(true);
  host.kill('SIGKILL');
  await vi.waitFor(() => expect(isRunning(guestPid)).toBe(false), { timeout: 20_000, interval: 100 });
});

test('writes nothing into the project and leaves nothing behind', async () => {
  const temporary = writeFolder({});
  vi.stubEnv('TMPDIR', temporary);
  onTestFinished(() => void vi.unstubAllEnvs());
  const { call, engine, root } = await startTestEngine({ 'tools/a.ts': 'export const a = () => import.meta.url;' }, [
    { name: 'a', file: 'tools/a.ts' },
  ]);
  chmodSync(root, 0o555);
  expect(await call('a')).toEqual(ok(`file://${root}/tools/a.ts`));
  expect(readdirSync(root)).toEqual(['tools']);
  const bundles = () => readdirSync(temporary).filter(name => name.startsWith('mxcp-typescript-'));
  expect(bundles().length).toBe(1);
  await engine.stop({ deadlineMs: 5_000 });
  expect(bundles()).toEqual([]);
  chmodSync(root, 0o755);
});

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  // Where nobody reaps orphans, a dead one stays in the table.
  const stat = `/proc/${pid}/stat`;
  return !existsSync(stat) || !readFileSync(stat, 'utf8').includes(') Z ');
}
