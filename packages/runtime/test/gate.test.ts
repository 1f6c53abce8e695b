import { getEventListeners } from 'node:events';
import { expect, test, vi } from 'vitest';
import { Gate } from '../src/gate.ts';

/** Whether it has settled by now. */
async function isSettled(promise: Promise<void>): Promise<boolean> {
  return await Promise.race([promise.then(() => true), new Promise<false>(resolve => setImmediate(resolve, false))]);
}

test('an open gate keeps nobody, neither before it was closed nor after', async () => {
  const gate = new Gate();
  expect([gate.isClosed, await isSettled(gate.wait(60_000, undefined))]).toEqual([false, true]);
  gate.close();
  gate.open();
  expect([gate.isClosed, await isSettled(gate.wait(60_000, undefined))]).toEqual([false, true]);
});

test('a closed gate holds everybody until it opens, then lets all of them through in their order', async () => {
  const gate = new Gate();
  gate.close();
  const passed: string[] = [];
  const all = ['first', 'second', 'third'].map(name => gate.wait(60_000, undefined).then(() => passed.push(name)));
  await new Promise(resolve => setImmediate(resolve));
  expect([gate.isClosed, passed]).toEqual([true, []]);
  gate.open();
  await Promise.all(all);
  expect(passed).toEqual(['first', 'second', 'third']);
});

test('whoever gives up leaves at once; the others stay', async () => {
  const gate = new Gate();
  gate.close();
  const caller = new AbortController();
  const leaves = gate.wait(60_000, caller.signal);
  const stays = gate.wait(60_000, undefined);
  caller.abort();
  await leaves;
  expect(await isSettled(stays)).toBe(false);
  gate.open();
  await stays;
});

test('whoever had given up before does not wait', async () => {
  const gate = new Gate();
  gate.close();
  await gate.wait(60_000, AbortSignal.abort());
  expect(gate.isClosed).toBe(true);
});

test('nobody waits longer than allowed', async () => {
  const gate = new Gate();
  gate.close();
  await gate.wait(10, undefined);
  expect(gate.isClosed).toBe(true);
});

test('what has passed leaves no timer and no listener behind', async () => {
  vi.useFakeTimers();
  try {
    const gate = new Gate();
    gate.close();
    const caller = new AbortController();
    const waiting = gate.wait(60_000, caller.signal);
    expect([vi.getTimerCount(), getEventListeners(caller.signal, 'abort').length]).toEqual([1, 1]);
    gate.open();
    await waiting;
    expect([vi.getTimerCount(), getEventListeners(caller.signal, 'abort').length]).toEqual([0, 0]);
  } finally {
    vi.useRealTimers();
  }
});
