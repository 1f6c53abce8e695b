import type { InputRequest } from '@mxcp-ts/engine';
import { expect, test } from 'vitest';
import { parseAnswer } from '../../src/answers/parse-answer.ts';

const form = (properties: object, required: string[] = []): InputRequest => ({
  method: 'elicitation/create',
  params: { message: 'Well?', requestedSchema: { type: 'object', properties: { ...properties }, required } },
});
const name = form({ name: { type: 'string' }, days: { type: 'integer', default: 14 } });
const url: InputRequest = {
  method: 'elicitation/create',
  params: { mode: 'url', message: 'Pay.', url: 'https://example.com' },
};
const sample: InputRequest = { method: 'sampling/createMessage', params: { messages: [], maxTokens: 9 } };
const roots: InputRequest = { method: 'roots/list' };
const said = (text: string) => ({
  role: 'assistant',
  content: { type: 'text', text },
  model: 'mxcp-ts run',
  stopReason: 'endTurn',
});

test.each<[string, InputRequest, string, unknown]>([
  ['the content of a form', name, '{"name": "Ada"}', { action: 'accept', content: { name: 'Ada' } }],
  [
    'a whole answer',
    name,
    '{"action": "accept", "content": {"name": "Ada"}}',
    { action: 'accept', content: { name: 'Ada' } },
  ],
  ['a declined form', name, '{"action": "decline"}', { action: 'decline' }],
  ['a word', name, ' cancel\n', { action: 'cancel' }],
  ['the defaults of a form', name, 'accept', { action: 'accept', content: { days: 14 } }],
  [
    'a field named action',
    form({ action: { type: 'string' } }),
    '{"action": "decline"}',
    { action: 'accept', content: { action: 'decline' } },
  ],
  [
    'what no schema can check',
    form({ name: { type: 'string', pattern: '(' } }),
    '{"name": "Ada"}',
    { action: 'accept', content: { name: 'Ada' } },
  ],
  ['a visit of a page', url, 'accept', { action: 'accept' }],
  ['no visit', url, '{"action": "decline"}', { action: 'decline' }],
  ['what a model says', sample, 'Broken glass', said('Broken glass')],
  ['JSON that is no message', sample, '{"style": "cubism"}', said('{"style": "cubism"}')],
  ['a message', sample, '{"content": "Hm.", "model": "m"}', { ...said('Hm.'), model: 'm' }],
  ['URIs', roots, '["file:///work"]', { roots: [{ uri: 'file:///work' }] }],
  ['roots', roots, '{"roots": [{"uri": "file:///a", "name": "A"}]}', { roots: [{ uri: 'file:///a', name: 'A' }] }],
])('%s', (_what, request, text, answer) => {
  expect(parseAnswer('key', request, text)).toEqual(answer);
});

test.each<[InputRequest, string, string, string]>([
  [name, 'Ada', 'must be a JSON object.', `--answer 'key={"name":"…","days":14}'`],
  [name, '{"name": 7}', 'does not fit its form: /name must be a string.', `--answer 'key={"name":"…","days":14}'`],
  [
    name,
    '{"nane": "Ada"}',
    'does not fit its form: /nane is not a declared property; did you mean "name"?',
    `--answer 'key={"name":"…","days":14}'`,
  ],
  [
    form({ size: { type: 'string', oneOf: [{ const: 's', title: 'Small' }, { const: 'l' }] } }),
    '{"size": "xl"}',
    'does not fit its form: /size must be one of "s", "l".',
    `--answer 'key={"size":"s"}'`,
  ],
  [
    form({ who: { type: 'string', default: "O'Hara" } }, ['who']),
    '{}',
    'does not fit its form: /who is required.',
    `--answer 'key={"who":"O'\\''Hara"}'`,
  ],
  [
    form({ all: { type: 'array', items: { anyOf: [{ const: 'a', title: 'A' }] } }, one: { enum: ['x', 'y'] } }),
    '[]',
    'must be a JSON object.',
    `--answer 'key={"all":["a"],"one":"x"}'`,
  ],
  [url, 'perhaps', 'is accept, decline or cancel.', '--answer key=accept'],
  [roots, 'file:///work', 'must be a JSON list of URIs.', `--answer 'key=["file:///home/ada/work"]'`],
  [roots, '[7]', 'must be a JSON list of URIs.', `--answer 'key=["file:///home/ada/work"]'`],
])('no answer to %j is %s', (request, text, what, example) => {
  expect(() => parseAnswer('key', request, text)).toThrow(
    expect.objectContaining({ code: 'usage', message: `The answer to "key" ${what}`, hint: `For example: ${example}` }),
  );
});
