import { readFileSync } from 'node:fs';
import type { ReloadPayload } from '@mxcp-ts/engine';
import { expect, test, vi } from 'vitest';
import { isRunning } from './fixtures/is-running.ts';
import { recordFile, startTestGuest, type TestGuest } from './start-test-guest.ts';

const options = { deadlineMs: 5_000 };

/** A guest that has offered these functions. */
async function startWithPayloads(numbers: readonly number[], user: Readonly<Record<string, unknown>> = {}) {
  const record = recordFile();
  const started = await startTestGuest({ cancelGraceMs: 50 }, { record, ...user });
  const pid = await pidOf(started);
  await offer(started, numbers);
  return { ...started, record: () => readFileSync(record, 'utf8').split('\n').slice(0, -1), pid };
}

async function offer({ call }: Pick<TestGuest, 'call'>, numbers: readonly number[]): Promise<void> {
  const ask = numbers.map(payload => ({ type: 'reload', description: `reload ${payload}`, payload }));
  expect(await call({ ask })).toMatchObject({ kind: 'result' });
}

async function pidOf({ call }: Pick<TestGuest, 'call'>): Promise<number> {
  const outcome = await call({ pid: true });
  return Number('value' in outcome && outcome.value);
}

function payloadAt({ reloads }: Pick<TestGuest, 'reloads'>, index: number): ReloadPayload {
  const payload = reloads[index]?.payload;
  if (payload === undefined) throw new Error(`There is no payload ${index}.`);
  return payload;
}

test('a stopped guest runs its hooks, then its payloads in turn, and ends with the last of them', async () => {
  const { guest, reloads, record, pid, logged } = await startWithPayloads([1, 2]);
  expect(reloads.map(({ description }) => description)).toEqual(['reload 1', 'reload 2']);
  await guest.stop(options);
  expect(record()).toEqual(['start', 'stop and hold']);
  expect(logged).toEqual(['error The shutdown hook bye failed: no']);
  for (const index of [0, 1]) {
    const payload = payloadAt({ reloads }, index);
    expect(isRunning(pid)).toBe(true);
    expect(await payload.run()).toEqual({ kind: 'done' });
    await payload.end();
  }
  expect(isRunning(pid)).toBe(false);
  expect(record()).toEqual(['start', 'stop and hold', 'payload 1', 'payload 2']);
});

test.each([
  [7, { kind: 'failed', message: 'ValueError: no', details: 'ValueError: no' }],
  [8, { kind: 'failed', message: 'ValueError: no', details: 'Traceback' }],
  [13, { kind: 'failed', message: 'Its process ended while it ran.', details: 'Its process ended while it ran.' }],
])('payload %i fails and its guest can be ended all the same', async (number, outcome) => {
  const { guest, reloads, pid } = await startWithPayloads([number]);
  await guest.stop(options);
  const payload = payloadAt({ reloads }, 0);
  expect(await payload.run()).toEqual(outcome);
  await payload.end();
  expect(isRunning(pid)).toBe(false);
});

test('a payload of a process that has died fails, and so does the next one', async () => {
  const { guest, call, reloads } = await startWithPayloads([1, 2]);
  await call({ exit: 1 });
  await guest.stop(options);
  const why = 'The process that was to run it has ended.';
  for (const index of [0, 1]) {
    expect(await payloadAt({ reloads }, index).run()).toEqual({ kind: 'failed', message: why, details: why });
    await payloadAt({ reloads }, index).end();
  }
});

test('a payload that is given up before the stop lets its guest stop as any other', async () => {
  const { guest, reloads, record, pid } = await startWithPayloads([1]);
  await payloadAt({ reloads }, 0).end();
  expect(isRunning(pid)).toBe(true);
  await guest.stop(options);
  expect(isRunning(pid)).toBe(false);
  expect(record()).toEqual(['start', 'stop']);
});

test('later calls are unavailable while the guest is held', async () => {
  const { guest, call, reloads } = await startWithPayloads([1]);
  await guest.stop(options);
  expect(await call({ echo: 1 })).toEqual({
    kind: 'unavailable',
    reason: 'The Test process has been stopped.',
    retryAfterMs: 1000,
  });
  await payloadAt({ reloads }, 0).end();
});

test('a guest that does not obey is ended at the deadline, and its payload fails', async () => {
  const { guest, reloads, pid } = await startWithPayloads([1], { ignoreStop: true });
  await guest.stop({ deadlineMs: 100 });
  expect(isRunning(pid)).toBe(false);
  expect(await payloadAt({ reloads }, 0).run()).toMatchObject({ kind: 'failed' });
  await payloadAt({ reloads }, 0).end();
});

test('a process that was replaced keeps what it offered until the guest is stopped', async () => {
  const { guest, call, reloads, record, pid } = await startWithPayloads([1]);
  const controller = new AbortController();
  const stuck = call({ hang: 'deaf' }, controller.signal);
  controller.abort();
  await vi.waitFor(() => expect(record().sort()).toEqual(['start', 'start', 'stop and hold']), 10_000);
  const replacement = await pidOf({ call });
  expect(replacement).not.toBe(pid);
  await guest.stop(options);
  expect([isRunning(pid), isRunning(replacement)]).toEqual([true, false]);
  const payload = payloadAt({ reloads }, 0);
  expect(await payload.run()).toEqual({ kind: 'done' });
  await payload.end();
  expect(isRunning(pid)).toBe(false);
  expect((await stuck).kind).toBe('unavailable');
  expect(record().slice(3)).toEqual(['stop', 'payload 1']);
});
