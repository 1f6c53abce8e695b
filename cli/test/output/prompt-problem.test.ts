import type { JsonValue } from '@mxcp-ts/values';
import { expect, test } from 'vitest';
import { findPromptProblem } from '../../src/output/prompt-problem.ts';

const image = { type: 'image', data: 'aW1n', mimeType: 'image/png' };

test.each<[JsonValue, string | undefined]>([
  ['Hello.', undefined],
  [['Hello.', { text: 'Hi.' }, { role: 'assistant', content: image }], undefined],
  [7, 'Message 1 of the prompt is neither a text nor {role, content}.'],
  [['Hello.', { role: 'system', content: 'x' }], 'Message 2 of the prompt has the role "system".'],
  [[{ role: 'user' }], 'Message 1 of the prompt has no content.'],
  [[{ content: { type: 'image' } }], 'Message 1 of the prompt has content that is neither a text nor a content block.'],
  [[image], 'Message 1 of the prompt has no content.'],
])('of %j that a prompt gave says: %s', (value, problem) => {
  expect(findPromptProblem({ kind: 'ok', value })).toBe(problem);
});

test('content blocks of the SDK are messages', () => {
  const rich = { content: [], isWhole: true, meta: undefined };
  expect(findPromptProblem({ kind: 'ok', value: [image], rich })).toBeUndefined();
});
