import fc from 'fast-check';
import type { HttpStep, Unit } from '../step.ts';
import type { Call } from './calls.ts';
import { plainPost } from './http-steps.ts';
import { isMapping, type Json, RawJson } from './json-text.ts';
import { initializeWith, legacyMessage, type Message, modernMessage } from './messages.ts';
import { mutateDocument, mutation } from './mutate-document.ts';
import { end, stream } from './sessions.ts';

const everything = {
  elicitation: { form: {}, url: {} },
  sampling: {},
  roots: {},
  extensions: { 'io.modelcontextprotocol/tasks': {} },
};

const asking: fc.Arbitrary<Call> = fc.constantFrom(
  { method: 'tools/call', params: { name: 'sql_asks', arguments: { text: 'x' } } },
  { method: 'tools/call', params: { name: 'ts_asks', arguments: {} } },
  { method: 'tools/call', params: { name: 'py_asks', arguments: {} } },
  { method: 'prompts/get', params: { name: 'asks', arguments: { name: 'x' } } },
);

const task: fc.Arbitrary<Call> = fc
  .tuple(fc.constantFrom('ts_task', 'py_task'), fc.constantFrom(0, 5, 50))
  .map(([name, ms]) => ({ method: 'tools/call', params: { name, arguments: { ms } } }));

const answers: Json = {
  answer: { action: 'accept', content: { ok: true, text: 'yes', days: 3 } },
  model: { role: 'assistant', content: { type: 'text', text: 'Hello.' }, model: 'm' },
  folders: { roots: [{ uri: 'file:///a', name: 'a' }] },
};

/** What was asked for, or something like it. */
const answersGiven: fc.Arbitrary<Json> = fc.oneof(
  { weight: 3, arbitrary: fc.constant(answers) },
  {
    weight: 2,
    arbitrary: fc.array(mutation, { minLength: 1, maxLength: 2 }).map(changes => mutateDocument(answers, changes)),
  },
);

const state = fc.constantFrom<Json>(
  '@@state@@',
  '@@state@@',
  '@@state@@',
  '@@state@@',
  '@@state-tampered@@',
  '',
  'e30',
  null,
);

const modern = (call: Call, id: number, retry: { readonly [key: string]: Json } = {}) =>
  plainPost(modernMessage(call, { id, meta: { 'io.modelcontextprotocol/clientCapabilities': everything }, retry }));

/** A client of 2026 that is asked, and makes its call again with answers. */
const asked: fc.Arbitrary<readonly HttpStep[]> = fc
  .tuple(asking, fc.array(fc.tuple(answersGiven, state), { minLength: 1, maxLength: 4, size: 'max' }))
  .map(([call, rounds]) => [
    modern(call, 0),
    ...rounds.map(([inputResponses, requestState], at) => modern(call, at + 1, { inputResponses, requestState })),
  ]);

const lookAfter: fc.Arbitrary<Call> = fc.oneof(
  { weight: 3, arbitrary: fc.constant<Call>({ method: 'tasks/get', params: { taskId: '@@task@@' } }) },
  {
    weight: 3,
    arbitrary: answersGiven.map(
      (inputResponses): Call => ({ method: 'tasks/update', params: { taskId: '@@task@@', inputResponses } }),
    ),
  },
  { weight: 1, arbitrary: fc.constant<Call>({ method: 'tasks/cancel', params: { taskId: '@@task@@' } }) },
);

/** A client of 2026 that looks after its task. */
const tasked: fc.Arbitrary<readonly HttpStep[]> = fc
  .tuple(task, fc.array(lookAfter, { minLength: 1, maxLength: 8, size: 'max' }))
  .map(([call, rest]) => [call, ...rest].map((each, at) => modern(each, at)));

/** A client of 2025 that is asked in the stream of its call, and picks up where it left it. */
const askedInSession: fc.Arbitrary<readonly HttpStep[]> = fc
  .tuple(fc.oneof(asking, task), fc.array(answersGiven, { minLength: 1, maxLength: 4, size: 'max' }))
  .map(([call, rounds]) => [
    plainPost(initializeWith('2025-11-25', everything)),
    plainPost(legacyMessage(call, 1)),
    ...rounds.flatMap(given => [plainPost(answerOf(given)), stream(true)]),
    end,
  ]);

/** One of the answers, whatever was asked. */
function answerOf(given: Json): Message {
  const result = isMapping(given) ? (given['answer'] ?? {}) : given;
  const document = { jsonrpc: '2.0', id: new RawJson('@@asked@@'), result };
  return { era: '2025', method: '', name: undefined, document };
}

/** Clients that are asked something while they wait, and those that do not wait. */
export const dialogue: fc.Arbitrary<Unit> = fc
  .oneof(asked, tasked, askedInSession)
  .map(steps => ({ turns: steps.map(step => [step]) }));
