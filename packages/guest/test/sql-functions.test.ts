import { writeFileSync } from 'node:fs';
import { expect, test, vi } from 'vitest';
import { bindGuestFunctions } from '../src/index.ts';
import { recordFile, startTestGuest } from './start-test-guest.ts';

const never = () => new AbortController().signal;

test('a guest reports its functions, and they are bound as the database calls them', async () => {
  const { guest } = await startTestGuest({}, { functions: ['double'], pluginFault: true });
  const signature = { parameters: ['INTEGER'], returns: 'INTEGER', nulls: 'skip', isPure: true };
  expect(guest.firstStart).toEqual({
    ok: true,
    modules: [],
    handlers: [],
    plugins: [{ plugin: 0, error: { type: 'ImportError', message: 'no' } }],
    functions: [{ name: 'double', ...signature, plugin: 0 }],
    hooks: [],
  });
  const [double, ...others] = bindGuestFunctions(guest);
  expect(others).toEqual([]);
  expect(double).toEqual({ name: 'double', ...signature, apply: expect.any(Function) });
  expect(await double?.apply('[[1,2,3]]', never())).toEqual({ ok: true, json: '[2,4,6]' });
});

test('chunks and calls run at the same time; values are handed on as the text they came as', async () => {
  const { guest, call } = await startTestGuest({}, { functions: ['double', 'big'] });
  const chunks = Array.from({ length: 50 }, (_, n) => guest.apply('double', `[[${n}]]`, never()));
  const calls = Array.from({ length: 50 }, (_, n) => call({ echo: n }));
  expect(await Promise.all(chunks)).toEqual(chunks.map((_, n) => ({ ok: true, json: `[${n * 2}]` })));
  expect(await Promise.all(calls)).toEqual(calls.map((_, value) => ({ kind: 'result', value })));
  expect(await guest.apply('big', '[[1]]', never())).toEqual({ ok: true, json: '[9007199254740993, "\\u00e9 ]}"]' });
});

test.each([
  ['fails', 'no such value'],
  ['wrong', 'The chunk was answered in the wrong form.'],
  ['malformed', 'The Test process sent something that is not part of the protocol and was ended.'],
  ['dies', 'The Test process ended with code 4 during the call.'],
  ['unheard_of', 'unheard_of is not defined any more.'],
])('a function that %s gives the statement its error', async (name, message) => {
  const { guest, call } = await startTestGuest({}, { functions: ['fails', 'wrong', 'malformed', 'dies'] });
  expect(await guest.apply(name, '[[1]]', never())).toEqual({ ok: false, message });
  expect(await call({ echo: 1 })).toEqual({ kind: 'result', value: 1 });
});

test('a call that is answered as if it were a function fails alone', async () => {
  const { call } = await startTestGuest();
  const before = await call({ pid: true });
  expect(await call({ applied: true })).toEqual({
    kind: 'failure',
    error: { type: 'ProtocolError', message: 'The call was answered in the wrong form.' },
  });
  expect(await call({ pid: true })).toEqual(before);
});

test('functions of a replacement are found by name, whatever their place is there', async () => {
  const functionsFile = recordFile();
  writeFileSync(functionsFile, '["which","double","fails"]');
  const { guest, call } = await startTestGuest({}, { functionsFile });
  expect(await guest.apply('double', '[[4]]', never())).toEqual({ ok: true, json: '[8]' });
  writeFileSync(functionsFile, '["fails","which","double"]');
  const before = await guest.apply('which', '[[0]]', never());
  await call({ exit: 0 });
  const after = await guest.apply('which', '[[0]]', never());
  expect(after).toEqual({ ok: true, json: expect.stringMatching(/^\[\d+\]$/) });
  expect(after).not.toEqual(before);
  expect(await guest.apply('double', '[[4]]', never())).toEqual({ ok: true, json: '[8]' });
  writeFileSync(functionsFile, '["which"]');
  await call({ exit: 0 });
  expect(await guest.apply('double', '[[4]]', never())).toEqual({
    ok: false,
    message: 'double is not defined any more.',
  });
});

test('a cancelled chunk that obeys keeps its process; one that does not has it replaced', async () => {
  const { guest, call, logged } = await startTestGuest({ cancelGraceMs: 50 }, { functions: ['obedient', 'deaf'] });
  const before = await call({ pid: true });
  const first = new AbortController();
  const obedient = guest.apply('obedient', '[[1]]', first.signal);
  first.abort();
  expect(await obedient).toEqual({ ok: false, message: 'stopped' });
  expect(await call({ pid: true })).toEqual(before);
  const second = new AbortController();
  const deaf = guest.apply('deaf', '[[1]]', second.signal);
  second.abort();
  expect(await deaf).toEqual({ ok: false, message: 'The Test process ended with code 0 during the call.' });
  const after = await call({ pid: true });
  expect(after.kind).toBe('result');
  expect(after).not.toEqual(before);
  await vi.waitFor(() =>
    expect([...logged].sort()).toEqual([
      'error The shutdown hook bye failed: no',
      'info A new Test process is ready.',
      'warning A cancelled call did not end; its Test process is being replaced.',
    ]),
  );
});

test('a chunk is not sent when its statement is over or the guest has been stopped', async () => {
  const { guest } = await startTestGuest({}, { functions: ['double'] });
  expect(await guest.apply('double', '[[1]]', AbortSignal.abort())).toEqual({
    ok: false,
    message: 'The statement was interrupted.',
  });
  await guest.stop({ deadlineMs: 5_000 });
  expect(await guest.apply('double', '[[1]]', never())).toEqual({
    ok: false,
    message: 'The Test process has been stopped.',
  });
});
