import type { BoundHandler, EngineHost, InputAnswer, InputRequest } from '@mxcp-ts/engine';
import type { ElicitDefinition, ParameterDefinition, Project, PromptDefinition } from '@mxcp-ts/project';
import type { JsonObject } from '@mxcp-ts/values';
import { expect, test } from 'vitest';
import { createJinjaEngine } from '../src/index.ts';
import { callOf, describeFinding, elicitOf, promptOf } from './prompt-fixture.ts';

const fields: readonly ParameterDefinition[] = [
  { name: 'seats', type: 'integer', minimum: 1 },
  { name: 'note', type: 'string' },
  { name: 'window', type: 'boolean', default: true },
];
const booking = elicitOf('Book {{ flight | upper }}?', fields);

/** Runs a handler that gives its arguments, behind the question; `asked` is what the client was asked. */
async function run(elicit: ElicitDefinition, answer: InputAnswer, args: JsonObject = { flight: 'ba1' }) {
  const endpoint: PromptDefinition = { ...promptOf([], ['flight']), elicit };
  const started = await createJinjaEngine().start([endpoint], {} as EngineHost);
  const inner: BoundHandler = async call => ({ kind: 'ok', value: call.args });
  const handler = started.withElicit?.(endpoint, inner) ?? inner;
  const asked: [string, InputRequest][] = [];
  const result = await handler(
    callOf(args, (key, request) => {
      asked.push([key, request]);
      return answer;
    }),
  );
  return { result, asked };
}

const accepted = (content: JsonObject): InputAnswer => ({ kind: 'answer', value: { action: 'accept', content } });

test('asks with the filled-in message, and the handler gets the answer beside its arguments', async () => {
  const { result, asked } = await run(booking, accepted({ seats: 2, note: 'aisle', window: false, more: 1 }));
  expect(asked).toEqual([
    [
      'input',
      {
        method: 'elicitation/create',
        params: { mode: 'form', message: 'Book BA1?', requestedSchema: booking.schema },
      },
    ],
  ]);
  expect(result).toEqual({ kind: 'ok', value: { flight: 'ba1', seats: 2, note: 'aisle', window: false } });
});

test('a field that was left out has its default, or null', async () => {
  const { result } = await run(booking, accepted({ seats: 2 }));
  expect(result).toEqual({ kind: 'ok', value: { flight: 'ba1', seats: 2, note: null, window: true } });
});

test('a handler does not run while its question waits', async () => {
  expect((await run(booking, { kind: 'waiting' })).result).toEqual({ kind: 'ok', value: null });
});

test.each<[string, InputAnswer, JsonObject]>([
  [
    'declines',
    { kind: 'answer', value: { action: 'decline' } },
    { type: 'ElicitationDeclined', message: 'The user declined.', userMessage: 'The user declined.' },
  ],
  [
    'cancels',
    { kind: 'answer', value: { action: 'cancel' } },
    {
      type: 'ElicitationCancelled',
      message: 'The user did not answer.',
      userMessage: 'The user did not answer.',
    },
  ],
  [
    'answers with what the fields do not allow',
    accepted({ seats: 0, note: ['x'] }),
    {
      type: 'InvalidAnswer',
      message: 'The answer cannot be used: seats must be at least 1; note must be a string.',
      userMessage: 'The answer cannot be used: seats must be at least 1; note must be a string.',
    },
  ],
  [
    'cannot be asked',
    { kind: 'client-cannot', message: 'This client cannot be asked.' },
    { type: 'ClientCannot', message: 'This client cannot be asked.', userMessage: 'This client cannot be asked.' },
  ],
  ['is asked wrongly', { kind: 'refused', message: 'No.' }, { type: 'ElicitationError', message: 'No.' }],
])('the call fails when the user %s', async (_case, answer, error) => {
  const { result } = await run(booking, answer);
  expect(result).toEqual({ kind: 'failed', error: { stack: undefined, userMessage: undefined, ...error } });
});

test('a message that cannot be filled in asks nothing', async () => {
  const { result, asked } = await run(elicitOf('{{ flight | int // 0 }}', fields), accepted({}), { flight: '1' });
  expect(asked).toEqual([]);
  expect(result.kind === 'failed' && result.error.message).toBe('A division by zero has no result.');
});

test('a message is checked at its place; in it only the parameters are known', async () => {
  const endpoint: PromptDefinition = {
    ...promptOf(['{{ seats }}'], ['flight']),
    elicit: elicitOf('{{ seats }}', fields),
  };
  const engine = createJinjaEngine();
  const expected = [
    '1:4 prompt/unknown-variable <seats> The variable "seats" is not a parameter of this prompt. [Declare it under "parameters".]',
  ];
  expect((await engine.check([endpoint], {} as Project)).map(describeFinding)).toEqual(expected);
  const started = await engine.start([endpoint], {} as EngineHost);
  expect(started.diagnostics.map(describeFinding)).toEqual(expected);
  const handler = started.withElicit?.(endpoint, started.bind(endpoint));
  const result = await handler?.(callOf({}, () => ({ kind: 'waiting' })));
  expect(result?.kind === 'failed' && result.error.message).toBe(
    'The variable "seats" is not a parameter of this prompt.',
  );
});

test('the messages of a prompt can say what was asked for', async () => {
  const endpoint: PromptDefinition = { ...promptOf(['{{ flight }}: {{ seats }}'], ['flight']), elicit: booking };
  const started = await createJinjaEngine().start([endpoint], {} as EngineHost);
  expect(started.diagnostics).toEqual([]);
  const handler = started.withElicit?.(endpoint, started.bind(endpoint));
  const result = await handler?.(callOf({ flight: 'ba1' }, () => accepted({ seats: 2 })));
  expect(result).toEqual({ kind: 'ok', value: [{ role: 'user', content: { type: 'text', text: 'ba1: 2' } }] });
});
