import type { BoundHandler } from '@mxcp-ts/engine';
import { expect, test } from 'vitest';
import { describeOutcome, type Invocation, localContext } from '../src/index.ts';
import { openRuntime } from './support/open-runtime.ts';
import { toolFile } from './support/scripted-engine.ts';

const integer = '  return: { type: integer }\n';

async function call(handler: BoundHandler, { more = '', ...invocation }: Partial<Invocation> & { more?: string } = {}) {
  const { runtime, lines } = await openRuntime({ 'tools/a.yml': toolFile('a', more) }, { handlers: { a: handler } });
  const outcome = await runtime.invoke({ endpoint: 'tool:a', args: {}, context: localContext('cli'), ...invocation });
  return { outcome, lines, runtime };
}

const gives =
  (value: string | number | object[]): BoundHandler =>
  async () => ({ kind: 'ok', value: value as never });

test('gives the shaped result, and the handler read arguments with their defaults', async () => {
  const seen: unknown[] = [];
  const { outcome, lines } = await call(
    async ({ id, args }) => {
      seen.push(id, args);
      return { kind: 'ok', value: [{ n: 2 }] };
    },
    { more: integer },
  );
  expect(outcome).toEqual({ kind: 'ok', value: 2 });
  expect(seen).toEqual(['1', { n: 1 }]);
  expect(lines).toEqual([]);
});

test('arguments that do not fit never reach the handler', async () => {
  const { outcome } = await call(() => expect.unreachable(), { args: { n: 'x', m: 1 } });
  expect(outcome).toEqual({
    kind: 'invalid-input',
    problems: [
      { pointer: '/n', message: 'must be an integer' },
      { pointer: '/m', message: 'is not a declared argument' },
    ],
  });
});

test('an endpoint that is not there is not found', async () => {
  const { outcome } = await call(gives(1), { endpoint: 'tool:b' });
  expect(outcome).toEqual({ kind: 'not-found', endpoint: 'tool:b' });
});

const failure = { message: 'no such table: secrets', type: 'Catalog', stack: undefined, userMessage: undefined };

test('why a handler failed is in the log, under an incident that the caller is told', async () => {
  const { outcome, lines } = await call(async () => ({ kind: 'failed', error: failure }));
  expect(outcome).toEqual({
    kind: 'handler-failed',
    message: expect.stringMatching(/^The tool a failed \(incident [0-9a-f]{8}\)\.$/),
    incident: expect.stringMatching(/^[0-9a-f]{8}$/),
  });
  const incident = outcome.kind === 'handler-failed' ? outcome.incident : '';
  expect(lines).toEqual([
    {
      level: 'error',
      message: `Failed (incident ${incident}). Catalog: no such table: secrets`,
      fields: { endpoint: 'a', call: '1' },
    },
  ]);
});

test("an author's stack is logged instead of the bare message", async () => {
  const { lines } = await call(async () => ({ kind: 'failed', error: { ...failure, stack: 'boom\n  at a.ts:3' } }));
  expect(lines.map(({ message }) => message)).toEqual([
    expect.stringMatching(/^Failed \(incident [0-9a-f]{8}\)\. boom\n {2}at a\.ts:3$/),
  ]);
});

test('a message that is meant for the caller reaches it, and is no news for the log', async () => {
  const { outcome, lines } = await call(async () => ({
    kind: 'failed',
    error: { ...failure, userMessage: 'There is no such airport.' },
  }));
  expect(outcome).toMatchObject({ kind: 'handler-failed', message: 'There is no such airport.' });
  expect(lines).toEqual([]);
});

test('a result that breaks its declared type names places and types, never values', async () => {
  const { outcome, lines } = await call(gives('secret'), { more: integer });
  expect(outcome).toEqual({
    kind: 'invalid-output',
    problems: [{ pointer: '', message: 'must be an integer or null' }],
    incident: expect.stringMatching(/^[0-9a-f]{8}$/),
  });
  expect(lines.map(({ level, message }) => [level, message])).toEqual([
    [
      'error',
      expect.stringMatching(
        /^The result does not fit its declared type \(incident [0-9a-f]{8}\): the value must be an integer or null$/,
      ),
    ],
  ]);
});

test('without the check of results they are shaped all the same', async () => {
  const unchecked = { more: integer, isResultUnchecked: true };
  expect((await call(gives([{ n: 'text' }]), unchecked)).outcome).toEqual({ kind: 'ok', value: 'text' });
  expect((await call(gives([{ n: 1 }, { n: 2 }]), unchecked)).outcome).toMatchObject({ kind: 'invalid-output' });
});

test("an engine's own problems with a result are told the same way", async () => {
  const problems = [{ pointer: '/0/n', message: 'loses digits' }];
  const { outcome } = await call(async () => ({ kind: 'invalid-output', problems }));
  expect(outcome).toMatchObject({ kind: 'invalid-output', problems });
});

test('at its limit a call ends, whether or not the handler notices', async () => {
  const seen: AbortSignal[] = [];
  const { outcome, lines } = await call(
    ({ signal }) => {
      seen.push(signal);
      return new Promise(() => {});
    },
    { more: '  timeout: 50ms\n' },
  );
  expect(outcome).toEqual({ kind: 'timed-out', timeoutMs: 50 });
  expect(seen.map(({ aborted }) => aborted)).toEqual([true]);
  expect(lines).toEqual([
    { level: 'warning', message: 'Stopped after its limit of 50 ms.', fields: { endpoint: 'a', call: '1' } },
  ]);
});

test('a call ends when its caller gives up, and is not logged', async () => {
  const controller = new AbortController();
  const { outcome, lines } = await call(
    () => {
      controller.abort();
      return new Promise(() => {});
    },
    { signal: controller.signal },
  );
  expect(outcome).toEqual({ kind: 'cancelled' });
  expect(lines).toEqual([]);
});

test('a call whose caller gave up before it began is cancelled', async () => {
  const { outcome } = await call(() => new Promise(() => {}), { signal: AbortSignal.abort() });
  expect(outcome).toEqual({ kind: 'cancelled' });
});

test('a guest that is not there is said with a time to try again', async () => {
  const unavailable = { kind: 'unavailable', reason: 'Python is being restarted.', retryAfterMs: 1_200 } as const;
  const { outcome, lines } = await call(async () => unavailable);
  expect(outcome).toEqual(unavailable);
  expect(lines).toEqual([
    { level: 'warning', message: 'Python is being restarted.', fields: { endpoint: 'a', call: '1' } },
  ]);
});

test.each([
  ['throws', () => Promise.reject(new Error('our bug'))],
  [
    'throws before it gives a promise',
    () => {
      throw new Error('our bug');
    },
  ],
] satisfies [string, BoundHandler][])(
  'an engine that %s is our bug: details only in the log',
  async (_how, handler) => {
    const { outcome, lines } = await call(handler);
    expect(outcome).toEqual({ kind: 'internal', incident: expect.stringMatching(/^[0-9a-f]{8}$/) });
    expect(lines.map(({ message }) => message.split('\n')[0])).toEqual([
      expect.stringMatching(/^Internal error \(incident [0-9a-f]{8}\)\. Error: our bug$/),
    ]);
  },
);

test('every outcome has a sentence for the caller', () => {
  const problems = [
    { pointer: '', message: 'must be an object' },
    { pointer: '/a', message: 'is required' },
  ];
  const sentences = [
    describeOutcome({ kind: 'invalid-input', problems }),
    describeOutcome({ kind: 'denied', reason: 'Only for managers.' }),
    describeOutcome({ kind: 'not-found', endpoint: 'resource:notes://{id}' }),
    describeOutcome({ kind: 'handler-failed', message: 'It failed.', incident: 'x' }),
    describeOutcome({ kind: 'invalid-output', problems, incident: 'abc' }),
    describeOutcome({ kind: 'timed-out', timeoutMs: 1_500 }),
    describeOutcome({ kind: 'cancelled' }),
    describeOutcome({ kind: 'unavailable', reason: 'It restarts.', retryAfterMs: 1_200 }),
    describeOutcome({ kind: 'internal', incident: 'abc' }),
  ];
  expect(sentences).toEqual([
    'The arguments are not valid.\n- the value must be an object\n- /a is required',
    'Only for managers.',
    'There is no resource "notes://{id}".',
    'It failed.',
    'The result does not fit its declared type (incident abc).\n- the value must be an object\n- /a is required',
    'The call took longer than its limit of 1.5 s and was stopped. Try a smaller request.',
    'The call was cancelled.',
    'It restarts. Try again in 2 s.',
    'Internal error (incident abc).',
  ]);
});

test('nobody is asked for a call that asks something impossible too', async () => {
  const { outcome, lines } = await call(
    async ({ ask }) => {
      ask('folders', { method: 'roots/list' });
      ask('', { method: 'roots/list' });
      return { kind: 'ok', value: 1 };
    },
    { context: { ...localContext('cli'), client: { name: 'c', version: '1', abilities: ['roots'] } } },
  );
  expect(outcome).toMatchObject({ kind: 'handler-failed' });
  expect(JSON.stringify(lines)).toContain('The key of a question has 1 to 200 characters.');
});
