import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect, onTestFinished, test, vi } from 'vitest';
import { isRunning } from './fixtures/is-running.ts';
import { recordFile, startTestGuest } from './start-test-guest.ts';

test('answers calls with results and failures', async () => {
  const { call, guest } = await startTestGuest();
  expect(guest.firstStart).toEqual({ ok: true, modules: [], handlers: [], plugins: [], functions: [], hooks: [] });
  expect(await call({ echo: { a: [1, null] } })).toEqual({ kind: 'result', value: { a: [1, null] } });
  expect(await call({ fail: true })).toEqual({
    kind: 'failure',
    error: { type: 'ValueError', message: 'bad', isForUser: true },
  });
});

test('keeps a hundred concurrent calls and megabytes apart', async () => {
  const { call } = await startTestGuest();
  const large = call({ size: 3_000_000 });
  const outcomes = await Promise.all(Array.from({ length: 100 }, (_, index) => call({ echo: index })));
  expect(outcomes).toEqual(Array.from({ length: 100 }, (_, value) => ({ kind: 'result', value })));
  expect(await large).toEqual({ kind: 'result', value: 'é'.repeat(3_000_000) });
});

test('a message beyond the limit ends the process and says so', async () => {
  const { call } = await startTestGuest({ maxLineBytes: 2 * 1024 * 1024 });
  expect(await call({ size: 2_000_000 })).toEqual({
    kind: 'unavailable',
    reason: 'The Test process sent a message of more than 2 MiB and was ended.',
    retryAfterMs: 1000,
  });
  expect(await call({ echo: 1 })).toEqual({ kind: 'result', value: 1 });
});

test.each(['not json', '{"type":"result"}', '{"type":"unheard-of"}'])(
  'ends a process that sends %s and serves the next call',
  async garbage => {
    const { call } = await startTestGuest();
    expect(await call({ garbage })).toEqual({
      kind: 'unavailable',
      reason: 'The Test process sent something that is not part of the protocol and was ended.',
      retryAfterMs: 1000,
    });
    expect(await call({ echo: 1 })).toEqual({ kind: 'result', value: 1 });
  },
);

test.each([
  [{ exit: 3 }, 'The Test process ended with code 3 during the call.'],
  [{ exit: 0 }, 'The Test process ended with code 0 during the call.'],
  [{ signal: 'SIGSEGV' }, 'The Test process was ended by SIGSEGV during the call.'],
])('a crash %j costs the calls in flight and nothing else', async (how, reason) => {
  const { call } = await startTestGuest();
  const other = call({ hang: 'deaf' });
  const unavailable = { kind: 'unavailable', reason, retryAfterMs: 1000 };
  expect(await call(how)).toEqual(unavailable);
  const next = call({ echo: 'next' });
  expect(await other).toEqual(unavailable);
  expect(await next).toEqual({ kind: 'result', value: 'next' });
});

test('what a guest had started ends with it, however it ends', async () => {
  const { call } = await startTestGuest();
  for (const ending of [{ exit: 0 }, { signal: 'SIGKILL' }]) {
    const started = await call({ subprocess: true });
    const pid = Number('value' in started && started.value);
    expect(isRunning(pid)).toBe(true);
    await call(ending);
    await vi.waitFor(() => expect(isRunning(pid)).toBe(false), { timeout: 5_000 });
  }
});

test('a cancelled call that obeys keeps its process', async () => {
  const { call } = await startTestGuest();
  const before = await call({ pid: true });
  const controller = new AbortController();
  const outcome = call({ hang: 'obedient' }, controller.signal);
  controller.abort();
  expect(await outcome).toEqual({ kind: 'failure', error: { type: 'Cancelled', message: 'stopped' } });
  expect(await call({ pid: true })).toEqual(before);
});

test('a call with an aborted signal is not sent', async () => {
  const { call } = await startTestGuest();
  expect(await call({ exit: 1 }, AbortSignal.abort())).toEqual({
    kind: 'failure',
    error: { type: 'Cancelled', message: 'The call was cancelled.' },
  });
});

test('an endless loop is killed after it was cancelled, and new calls go to another process at once', async () => {
  const { call } = await startTestGuest({ cancelGraceMs: 50, pingTimeoutMs: 100 });
  const before = await call({ pid: true });
  const controller = new AbortController();
  const outcome = call({ spin: true }, controller.signal);
  controller.abort();
  expect(await outcome).toEqual({
    kind: 'unavailable',
    reason: 'The Test process was blocked by another call and was ended.',
    retryAfterMs: 1000,
  });
  const after = await call({ pid: true });
  expect(after.kind).toBe('result');
  expect(after).not.toEqual(before);
});

test('a stuck call retires its process, which first finishes its other calls and its hooks', async () => {
  const record = recordFile();
  const { call, logged } = await startTestGuest({ cancelGraceMs: 50 }, { record });
  const controller = new AbortController();
  const stuck = call({ hang: 'deaf' }, controller.signal);
  const other = call({ afterMs: 2_000 });
  controller.abort();
  expect(await other).toEqual({ kind: 'result', value: 'late' });
  expect(await stuck).toEqual({
    kind: 'unavailable',
    reason: 'The Test process ended with code 0 during the call.',
    retryAfterMs: 1000,
  });
  expect(readFileSync(record, 'utf8')).toBe('start\nstart\nstop\n');
  expect(logged).toEqual([
    'warning A cancelled call did not end; its Test process is being replaced.',
    'info A new Test process is ready.',
    'error The shutdown hook bye failed: no',
  ]);
});

test('backs off while the process does not start, and recovers', async () => {
  const cure = recordFile();
  const { call, guest } = await startTestGuest({}, { dieUnless: cure });
  const reason = 'The Test process ended with code 7 while it was starting.';
  expect(guest.firstStart).toEqual({ ok: false, reason });
  expect(guest.problems()).toEqual([reason]);
  const early = await call({ echo: 1 });
  expect(early).toEqual({
    kind: 'unavailable',
    reason: 'The Test process does not start.',
    retryAfterMs: expect.any(Number),
  });
  writeFileSync(cure, '');
  await vi.waitFor(async () => expect(await call({ echo: 1 })).toEqual({ kind: 'result', value: 1 }), 5_000);
  expect(guest.problems()).toEqual([]);
});

test('says which program is missing by being unavailable, not by throwing', async () => {
  const { guest } = await startTestGuest({ command: '/nowhere/python' });
  expect(guest.firstStart).toEqual({
    ok: false,
    reason: 'The Test process could not be started (its program or the project folder does not exist).',
  });
});

test('gives up a start that takes too long', async () => {
  const { guest } = await startTestGuest({ startTimeoutMs: 300 }, { neverReady: true });
  expect(guest.firstStart).toEqual({
    ok: false,
    reason: 'The Test process was not ready after 0.3 s and was ended.',
  });
});

test('names the endpoint, the call and the logger of what user code logs', async () => {
  const { call, logged } = await startTestGuest();
  await call({ log: true });
  expect(logged).toEqual(['warning careful obey c1 app']);
});

test('stop runs the hooks; later calls are unavailable', async () => {
  const record = recordFile();
  const { call, guest, logged } = await startTestGuest({}, { record });
  await guest.stop({ deadlineMs: 5_000 });
  expect(readFileSync(record, 'utf8')).toBe('start\nstop\n');
  expect(logged).toEqual(['error The shutdown hook bye failed: no']);
  expect(await call({ echo: 1 })).toEqual({
    kind: 'unavailable',
    reason: 'The Test process has been stopped.',
    retryAfterMs: 1000,
  });
});

test('stop does not wait for a process that is blocked', async () => {
  const { call, guest } = await startTestGuest({ pingTimeoutMs: 100 });
  const outcome = call({ spin: true });
  await guest.stop({ deadlineMs: 1_000_000 });
  expect(await outcome).toEqual({
    kind: 'unavailable',
    reason: 'The Test process did not stop in time and was ended.',
    retryAfterMs: 1000,
  });
});

test('stop ends a process that does not obey at the deadline', async () => {
  const { call, guest } = await startTestGuest({}, { ignoreStop: true });
  const outcome = call({ hang: 'deaf' });
  await guest.stop({ deadlineMs: 100 });
  expect(await outcome).toEqual({
    kind: 'unavailable',
    reason: 'The Test process did not stop in time and was ended.',
    retryAfterMs: 1000,
  });
});

test('what a guest writes to its stdout is on the stderr of the host, and it ends with its host', async () => {
  const host = await spawnHost();
  onTestFinished(() => void host.process.kill('SIGKILL'));
  expect(host.guestPid).toBeGreaterThan(0);
  host.process.kill('SIGKILL');
  await host.ended;
  expect(host.stdout()).toBe(`${host.guestPid}\n`);
  expect(host.stderr()).toContain('raw write');
  await vi.waitFor(() => expect(isRunning(host.guestPid)).toBe(false), 5_000);
});

/** A host process with one guest that wrote to its fd 1; the host prints the guest's pid and waits. */
async function spawnHost() {
  const folder = mkdtempSync(join(tmpdir(), 'mxcp-guest-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const outfile = join(folder, 'host.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('fixtures/host.ts', import.meta.url))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
  });
  const guestFile = fileURLToPath(new URL('fixtures/guest.mjs', import.meta.url));
  const host = spawn(process.execPath, [outfile, guestFile], { stdio: ['ignore', 'pipe', 'pipe'] });
  let stdout = '';
  let stderr = '';
  host.stdout.on('data', chunk => {
    stdout += chunk;
  });
  host.stderr.on('data', chunk => {
    stderr += chunk;
  });
  const ended = new Promise(resolve => host.once('close', resolve));
  await vi.waitFor(() => expect(stdout).toMatch(/\n$/), 10_000);
  return { process: host, guestPid: Number(stdout), ended, stdout: () => stdout, stderr: () => stderr };
}

test('user code gets the environment, but not the secret that seals the state of calls', async () => {
  const { call } = await startTestGuest({ env: { ...process.env, MXCP_STATE_SECRET: 'secret', OTHER: 'other' } });
  expect(await call({ env: 'OTHER' })).toEqual({ kind: 'result', value: 'other' });
  expect(await call({ env: 'MXCP_STATE_SECRET' })).toEqual({ kind: 'result', value: null });
});
