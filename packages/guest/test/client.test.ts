import type { InputAnswer } from '@mxcp-ts/engine';
import { expect, test } from 'vitest';
import { startTestGuest } from './start-test-guest.ts';

const request = { method: 'roots/list' };

test.each<[InputAnswer, object]>([
  [
    { kind: 'answer', value: { roots: [] } },
    { ok: true, value: { answer: { roots: [] } } },
  ],
  [{ kind: 'waiting' }, { ok: true, value: { waiting: true } }],
  [
    { kind: 'client-cannot', message: 'No.' },
    { ok: false, error: { type: 'ClientCannot', message: 'No.' } },
  ],
  [
    { kind: 'refused', message: 'Wrong.' },
    { ok: false, error: { type: 'ValueError', message: 'Wrong.' } },
  ],
])('a question to the client is answered with %o', async (answer, reply) => {
  const asked: unknown[] = [];
  const ask = (...question: unknown[]) => {
    asked.push(question);
    return answer;
  };
  const { call } = await startTestGuest();
  const outcome = await call({ ask: [{ type: 'ask', key: 'k', request }] }, undefined, { ask });
  expect(outcome).toEqual({ kind: 'result', value: [reply] });
  expect(asked).toEqual([['k', request]]);
});

test('outside of a call there is no client to ask', async () => {
  const { call } = await startTestGuest();
  expect(await call({ ask: [{ type: 'ask', key: 'k', request }], outside: true })).toEqual({
    kind: 'result',
    value: [{ ok: false, error: { type: 'RuntimeError', message: 'There is no call whose client could be asked.' } }],
  });
});

test('content blocks, bytes and notes for the client come with the result, with a value or without one', async () => {
  const { call } = await startTestGuest();
  const content = [{ type: 'text', text: 'a' }];
  expect(await call({ result: { content } })).toEqual({ kind: 'result', value: undefined, content });
  const meta = { 'example.com/a': 1 };
  expect(await call({ result: { value: 1, content, meta } })).toEqual({ kind: 'result', value: 1, content, meta });
  expect(await call({ result: { value: 'aA==', isBytes: true } })).toEqual({
    kind: 'result',
    value: 'aA==',
    isBytes: true,
  });
});

test('a guest announces changes, also when it runs no call', async () => {
  const { call, announced } = await startTestGuest();
  await call({ tell: [{ type: 'announce', change: { kind: 'resource', uri: 'a:b' } }] });
  await expect.poll(() => announced).toEqual(Array(2).fill({ kind: 'resource', uri: 'a:b' }));
});

test.each([
  { type: 'ask', id: 1, key: 'k', request: { method: 'tools/call' } },
  { type: 'ask', id: 1, key: 7, request },
  { type: 'ask', id: 1, key: 'k', request: { method: 'sampling/createMessage' } },
  { type: 'announce', change: { kind: 'resource' } },
  { type: 'announce', change: 'tools' },
  { type: 'result', id: 1 },
])('a guest that says %o breaks the protocol and is ended', async message => {
  const { call } = await startTestGuest();
  expect(await call({ garbage: JSON.stringify(message) })).toMatchObject({ kind: 'unavailable' });
});
