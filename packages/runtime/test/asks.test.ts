import type { ClientAbility, ClientInfo, InputRequest } from '@mxcp-ts/engine';
import type { JsonValue } from '@mxcp-ts/values';
import { expect, test } from 'vitest';
import { createAnswerCheck } from '../src/answer-check.ts';
import { Asks } from '../src/asks.ts';

const every: readonly ClientAbility[] = ['elicit', 'elicit-url', 'sample', 'sample-tools', 'roots'];
const clientThatCan = (...abilities: readonly ClientAbility[]): ClientInfo => ({ name: 'c', version: '1', abilities });

const asksOf = (answers: Readonly<Record<string, JsonValue>> = {}, client = clientThatCan(...every)) =>
  new Asks(answers, client, createAnswerCheck());

const form = (requestedSchema: object): InputRequest => ({
  method: 'elicitation/create',
  params: { message: 'Where?', requestedSchema: requestedSchema as never },
});
const seat = form({ type: 'object', properties: { seat: { type: 'integer', minimum: 1 } }, required: ['seat'] });
const page: InputRequest = {
  method: 'elicitation/create',
  params: { mode: 'url', message: 'Pay', url: 'https://a.example' },
};
const message = { role: 'user', content: { type: 'text', text: 'Hi' } };
const sample: InputRequest = { method: 'sampling/createMessage', params: { messages: [message], maxTokens: 5 } };
const roots: InputRequest = { method: 'roots/list' };

test('what is not answered waits; what is answered is used and remembered', () => {
  const asks = asksOf({ a: { action: 'accept', content: { seat: 3 } }, unused: 1 });
  expect(asks.waiting).toBeUndefined();
  expect(asks.ask('a', seat)).toEqual({ kind: 'answer', value: { action: 'accept', content: { seat: 3 } } });
  expect(asks.waiting).toBeUndefined();
  expect(asks.ask('b', sample)).toEqual({ kind: 'waiting' });
  expect(asks.ask('c', roots)).toEqual({ kind: 'waiting' });
  expect({ ...asks.waiting }).toEqual({ b: sample, c: roots });
  expect({ ...asks.answered }).toEqual({ a: { action: 'accept', content: { seat: 3 } } });
});

test.each<[string, InputRequest, JsonValue, boolean]>([
  ['a form that is filled in', seat, { action: 'accept', content: { seat: 1 } }, true],
  ['a form with a value that does not fit', seat, { action: 'accept', content: { seat: 0 } }, false],
  ['a form that is not filled in', seat, { action: 'accept' }, false],
  ['a refusal', seat, { action: 'decline' }, true],
  ['a form that was put away', seat, { action: 'cancel' }, true],
  ['another action', seat, { action: 'perhaps', content: { seat: 1 } }, false],
  ['no object', seat, 'accept', false],
  ['a visit to a page', page, { action: 'accept' }, true],
  ['a message of the model', sample, { role: 'assistant', content: { type: 'text', text: 'x' }, model: 'm' }, true],
  ['a message without content', sample, { role: 'assistant' }, false],
  ['a message of several blocks', sample, { role: 'assistant', content: [{ type: 'tool_use' }] }, true],
  ['a message of what is no block', sample, { role: 'assistant', content: { x: 1 } }, false],
  ['a message of nothing', sample, { role: 'assistant', content: [null] }, false],
  ['a text without text', sample, { role: 'assistant', content: { type: 'text' } }, false],
  ['folders', roots, { roots: [{ uri: 'file:///a' }] }, true],
  ['folders without an address', roots, { roots: [{ name: 'a' }] }, false],
  [
    'a form whose schema nobody can compile',
    form({ type: 'object', properties: { a: { type: 'string', pattern: '(' } } }),
    { action: 'accept', content: { a: 'x' } },
    true,
  ],
])('%s is an answer or is asked for again', (_what, request, answer, isAnswer) => {
  expect(asksOf({ k: answer }).ask('k', request).kind).toBe(isAnswer ? 'answer' : 'waiting');
});

test('a client is asked only for what it can do', () => {
  const asks = asksOf({}, clientThatCan('elicit'));
  expect(asks.ask('a', seat).kind).toBe('waiting');
  expect(asks.ask('b', page)).toEqual({
    kind: 'client-cannot',
    message: 'This client cannot be asked for a visit of its user to a page (URL elicitation).',
  });
  expect(asks.ask('c', sample).kind).toBe('client-cannot');
  expect(asks.missing).toEqual(['elicit-url', 'sample']);
  expect(Object.keys(asks.waiting ?? {})).toEqual(['a']);
  expect(new Asks(undefined, undefined, createAnswerCheck()).ask('d', roots).kind).toBe('client-cannot');
});

test('a question that makes no sense is refused', () => {
  const refusalOf = (key: string, request: object) => asksOf().ask(key, request as InputRequest);
  const refused = (text: string) => ({ kind: 'refused', message: text });
  expect(refusalOf('', seat)).toEqual(refused('The key of a question has 1 to 200 characters.'));
  expect(refusalOf('k', form({ type: 'string' }))).toEqual(
    refused('The schema of an elicitation describes an object: {type: "object", properties: {…}}.'),
  );
  expect(refusalOf('k', { method: 'elicitation/create', params: { requestedSchema: {} } })).toEqual(
    refused('Elicitation needs a `message`, a text.'),
  );
  expect(refusalOf('k', { method: 'sampling/createMessage', params: { messages: [] } })).toEqual(
    refused('Sampling needs `messages`.'),
  );
  expect(refusalOf('k', { method: 'sampling/createMessage', params: { messages: [message] } })).toEqual(
    refused('Sampling needs `maxTokens`, a number.'),
  );
});

test('a form is flat', () => {
  const ofFields = (properties: object) => asksOf().ask('k', form({ type: 'object', properties })).kind;
  const choices = { type: 'array', items: { anyOf: [{ const: 'a', title: 'A' }] } };
  expect(ofFields({ a: { type: 'string', enum: ['x'] }, b: { type: 'boolean' }, c: choices })).toBe('waiting');
  expect(asksOf().ask('k', form({ type: 'object', properties: { place: { type: 'object' } } }))).toEqual({
    kind: 'refused',
    message:
      'The field "place" of an elicitation must be a string, number, integer or boolean, or an array whose items have an `enum` or `anyOf`.',
  });
  for (const odd of [{ type: 'strng' }, {}, { type: 'array', items: { type: 'string' } }, { $ref: '#/a' }])
    expect(ofFields({ odd })).toBe('refused');
});

test('a model may call tools only at a client that says so', () => {
  const withTools: InputRequest = {
    method: 'sampling/createMessage',
    params: { messages: [message], maxTokens: 5, tools: [] },
  };
  expect(asksOf().ask('a', withTools).kind).toBe('waiting');
  const asks = asksOf({}, clientThatCan('sample'));
  expect(asks.ask('a', withTools).kind).toBe('client-cannot');
  expect(asks.missing).toEqual(['sample-tools']);
});

test('one key stands for one question, and a call asks 32 at most', () => {
  const asks = asksOf();
  asks.ask('k', seat);
  expect(asks.ask('k', seat).kind).toBe('waiting');
  expect(asks.ask('k', roots)).toEqual({
    kind: 'refused',
    message: 'Two different questions have the key "k". Give each its own.',
  });
  for (let number = 0; number < 31; number += 1) expect(asks.ask(`q${number}`, roots).kind).toBe('waiting');
  expect(asks.ask('one more', roots)).toEqual({ kind: 'refused', message: 'One call may ask 32 questions at most.' });
});
