import { expect, test, vi } from 'vitest';
import { Lease } from '../src/lease.ts';

test('without calls it is idle at once', async () => {
  const lease = new Lease();
  await lease.whenIdle(60_000);
  lease.take();
  lease.giveBack();
  await lease.whenIdle(60_000);
});

test('it is idle after the last call, for everybody who waits', async () => {
  const lease = new Lease();
  lease.take();
  lease.take();
  const woken: string[] = [];
  const waiting = ['one', 'other'].map(name => lease.whenIdle(60_000).then(() => woken.push(name)));
  lease.giveBack();
  await new Promise(resolve => setImmediate(resolve));
  expect(woken).toEqual([]);
  lease.giveBack();
  await Promise.all(waiting);
  expect(woken).toEqual(['one', 'other']);
});

test('a call that does not end is not waited for longer than allowed', async () => {
  const lease = new Lease();
  lease.take();
  await lease.whenIdle(10);
  const idle = lease.whenIdle(60_000);
  lease.giveBack();
  await idle;
});

test('the clock stops with the last call', async () => {
  vi.useFakeTimers();
  try {
    const lease = new Lease();
    lease.take();
    const idle = lease.whenIdle(60_000);
    expect(vi.getTimerCount()).toBe(1);
    lease.giveBack();
    await idle;
    expect(vi.getTimerCount()).toBe(0);
  } finally {
    vi.useRealTimers();
  }
});
