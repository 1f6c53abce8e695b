import type { ReloadPayload } from '@mxcp-ts/engine';
import { expect, test, vi } from 'vitest';
import type { ExclusiveReload } from '../src/index.ts';
import { callA, gives, held, openRuntime, startNext } from './support/open-runtime.ts';
import { toolFile } from './support/scripted-engine.ts';

const files = { 'tools/a.yml': toolFile('a') };
const closing = { drainTimeoutMs: 60_000, stopTimeoutMs: 500 };
const done = { kind: 'done' } as const;

/** A runtime whose first generation answers 1, and reloads of it whose next one answers 2. */
async function open(handler = gives(1)) {
  const opened = await openRuntime(files, { handlers: { a: handler } });
  const { runtime, events, project } = opened;
  const payload: ReloadPayload = {
    run: async () => {
      events.push('payload');
      return done;
    },
    end: async () => void events.push('end of payload'),
  };
  const reload = (more: Partial<ExclusiveReload> = {}) =>
    runtime.replaceExclusively({
      ...closing,
      payload,
      reopen: () => startNext(project, { handlers: { a: gives(2) } }, events),
      ...more,
    });
  return { ...opened, payload, reload };
}

const turn = () => new Promise(resolve => setImmediate(resolve));
const ok = (value: unknown) => ({ kind: 'ok', value });
const unavailable = (reason: string, retryAfterMs: number) => ({ kind: 'unavailable', reason, retryAfterMs });
const beforeReload = ['start sql a'];
const wholeReload = ['stop sql 500', 'close 500', 'payload', 'end of payload', 'start sql a'];

test('lets calls end, stops, closes, runs the payload, opens again and then serves what waited', async () => {
  const { handler, finish } = held('old');
  const { runtime, events, reload } = await open(handler);
  const running = runtime.invoke(callA);
  const reloaded = reload();
  const waiting = runtime.invoke(callA);
  await turn();
  expect(events).toEqual(beforeReload);
  expect([runtime.isHolding, runtime.activeCalls]).toEqual([true, 1]);
  expect(runtime.readiness()).toEqual({ ready: false, generation: 1, problems: ['The server is reloading.'] });
  finish();
  expect(await running).toEqual(ok('old'));
  expect(await reloaded).toEqual(done);
  expect(await waiting).toEqual(ok(2));
  expect(events.slice(1)).toEqual(wholeReload);
  expect([runtime.isHolding, runtime.isOpen]).toEqual([false, true]);
  expect(runtime.readiness()).toEqual({ ready: true, generation: 2, problems: [] });
});

test('without a payload it only opens anew', async () => {
  const { runtime, events, reload } = await open();
  expect(await reload({ payload: undefined })).toEqual(done);
  expect(events.slice(1)).toEqual(['stop sql 500', 'close 500', 'start sql a']);
  expect(await runtime.invoke(callA)).toEqual(ok(2));
});

test('a caller who gives up does not wait for the end of the reload', async () => {
  const { runtime, reload } = await open();
  const { handler: run, finish } = held('');
  const payload = { run: () => run({} as never).then(() => done), end: async () => {} };
  const reloaded = reload({ payload });
  const caller = new AbortController();
  const leaves = runtime.invoke({ ...callA, signal: caller.signal });
  const stays = runtime.invoke(callA);
  caller.abort();
  expect(await leaves).toEqual({ kind: 'cancelled' });
  expect(runtime.isHolding).toBe(true);
  finish();
  await reloaded;
  expect(await stays).toEqual(ok(2));
});

test('a call that does not end holds the reload no longer than allowed', async () => {
  const { runtime, events, reload } = await open(() => new Promise(() => {}));
  void runtime.invoke(callA);
  await reload({ drainTimeoutMs: 10 });
  expect(events.slice(1)).toEqual(wholeReload);
  expect(await runtime.invoke(callA)).toEqual(ok(2));
});

test('generations that were replaced before are stopped before the database is closed', async () => {
  const { handler, finish } = held('old');
  const { runtime, events, project, reload } = await open(handler);
  const running = runtime.invoke(callA);
  runtime.replace(await startNext(project, { handlers: {} }, events), closing);
  const reloaded = reload();
  await turn();
  expect(events).toEqual(['start sql a', 'start sql a']);
  finish();
  await Promise.all([running, reloaded]);
  expect(events.slice(2)).toEqual(['stop sql 500', ...wholeReload]);
});

test('a payload that fails is reported, and the project is served again', async () => {
  const { runtime, events, payload, reload } = await open();
  const failed = { kind: 'failed', message: 'No disk.', details: 'stack' } as const;
  expect(await reload({ payload: { ...payload, run: async () => failed } })).toEqual(failed);
  expect(events.slice(1)).toEqual(['stop sql 500', 'close 500', 'end of payload', 'start sql a']);
  expect(await runtime.invoke(callA)).toEqual(ok(2));
});

test('a payload that cannot even be run is reported the same way', async () => {
  const { runtime, events, payload, reload } = await open();
  const outcome = await reload({ payload: { ...payload, run: () => Promise.reject(new Error('It is gone.')) } });
  expect(outcome).toEqual({
    kind: 'failed',
    message: 'It is gone.',
    details: expect.stringContaining('Error: It is gone.'),
  });
  expect(events.slice(1)).toEqual(['stop sql 500', 'close 500', 'end of payload', 'start sql a']);
  expect(await runtime.invoke(callA)).toEqual(ok(2));
});

test('an engine that does not stop well costs a line in the log', async () => {
  const broken = { handlers: {}, stopping: Promise.reject(new Error('It clings.')) };
  broken.stopping.catch(() => {});
  const { runtime, events, lines, project } = await openRuntime(files, broken);
  const reopen = () => startNext(project, { handlers: { a: gives(2) } }, events);
  await runtime.replaceExclusively({ ...closing, payload: undefined, reopen });
  expect(events.slice(1)).toEqual(['stop sql 500', 'close 500', 'start sql a']);
  expect(lines.map(({ message }) => message)).toEqual(['A replaced plan did not end well. Error: It clings.']);
  expect(await runtime.invoke(callA)).toEqual(ok(2));
});

test('a payload is given up when the database cannot be closed', async () => {
  const { runtime, events, reload } = await open();
  vi.spyOn(runtime.database, 'close').mockRejectedValue(new Error('It is stuck.'));
  await expect(reload()).rejects.toThrow('It is stuck.');
  expect(events.slice(1)).toEqual(['stop sql 500', 'end of payload']);
  expect(runtime.isOpen).toBe(false);
});

test('when the project cannot be opened again every call is unavailable, until a reload succeeds', async () => {
  const { runtime, events, reload } = await open();
  const failing = reload({ reopen: () => Promise.reject(new Error('The file is gone.')) });
  const waiting = runtime.invoke(callA);
  await expect(failing).rejects.toThrow('The file is gone.');
  const answer = unavailable('The project could not be reloaded.', 30_000);
  expect([await waiting, await runtime.invoke(callA)]).toEqual([answer, answer]);
  expect([runtime.isHolding, runtime.isOpen]).toEqual([false, false]);
  expect(runtime.readiness()).toEqual({
    ready: false,
    generation: 1,
    problems: ['The project could not be opened again after a reload; see the log.'],
  });
  expect(await reload()).toEqual(done);
  // What was stopped and closed is not stopped and closed again.
  expect(events.slice(1)).toEqual([
    'stop sql 500',
    'close 500',
    'payload',
    'end of payload',
    'payload',
    'end of payload',
    'start sql a',
  ]);
  expect(await runtime.invoke(callA)).toEqual(ok(2));
  expect(runtime.readiness()).toEqual({ ready: true, generation: 2, problems: [] });
});

test('closing when nothing is open closes nothing twice', async () => {
  const { runtime, events, reload } = await open();
  await reload({ reopen: () => Promise.reject(new Error('gone')) }).catch(() => {});
  await runtime.close(closing);
  expect(events.slice(1)).toEqual(['stop sql 500', 'close 500', 'payload', 'end of payload']);
});

test('closing during a reload lets the payload end and does not open again', async () => {
  const { runtime, events, reload } = await open();
  const { handler: run, finish } = held('');
  const end = async () => void events.push('end of payload');
  const reloaded = reload({ payload: { run: () => run({} as never).then(() => done), end } });
  const waiting = runtime.invoke(callA);
  await vi.waitFor(() => expect(events.slice(1)).toEqual(['stop sql 500', 'close 500']));
  const closed = runtime.close(closing);
  await turn();
  finish();
  expect(await reloaded).toEqual(done);
  await closed;
  expect(await waiting).toEqual(unavailable('The server is shutting down.', 5_000));
  expect(events.slice(1)).toEqual(['stop sql 500', 'close 500', 'end of payload']);
});

test('closing while the project is being opened again closes what was opened', async () => {
  const { runtime, events, project, reload } = await open();
  const { handler: wait, finish } = held('');
  const reopen = async () => {
    await wait({} as never);
    return await startNext(project, { handlers: {} }, events);
  };
  const reloaded = reload({ reopen });
  await vi.waitFor(() => expect(events.at(-1)).toBe('end of payload'));
  const closed = runtime.close(closing);
  finish();
  await reloaded;
  await closed;
  expect(events.slice(1)).toEqual([...wholeReload, 'stop sql 500', 'close 500']);
});

test('a listener is told of the plan that is served then', async () => {
  const { runtime, reload } = await open();
  const heard: number[][] = [];
  runtime.onReload((plan, before) => void heard.push([before.generation, plan.generation]));
  await reload();
  expect(heard).toEqual([[1, 2]]);
});
