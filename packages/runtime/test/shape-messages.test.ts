import type { JsonValue } from '@mxcp-ts/values';
import { expect, test } from 'vitest';
import { shapeMessages } from '../src/shape-messages.ts';

const text = (role: string, said: string) => ({ role, content: { type: 'text', text: said } });
const image = { type: 'image', data: 'aW1n', mimeType: 'image/png' };

test.each<[JsonValue, JsonValue]>([
  ['Hi', [text('user', 'Hi')]],
  [
    ['Hi', { role: 'assistant', content: 'Ho' }],
    [text('user', 'Hi'), text('assistant', 'Ho')],
  ],
  [
    [{ text: 'Hi' }, { role: 'user', content: image }],
    [text('user', 'Hi'), { role: 'user', content: image }],
  ],
])('%j is messages', (given, value) => {
  expect(shapeMessages(given)).toEqual({ ok: true, value });
});

test('what is no message is told at its place, without what it holds', () => {
  const given = [
    'Hi',
    7,
    { role: 'secret', content: 'x' },
    { role: 'user' },
    { content: { type: 'image', data: 'x' } },
  ];
  const content = 'must have content that is a text or a content block';
  expect(shapeMessages(given)).toEqual({
    ok: false,
    problems: [
      { pointer: '/1', message: 'must be a text or {role, content}' },
      { pointer: '/2', message: 'must have the role "user" or "assistant"' },
      { pointer: '/3', message: content },
      { pointer: '/4', message: content },
    ],
  });
  expect(shapeMessages(given, undefined, { isUnchecked: true })).toEqual({ ok: true, value: given });
});
