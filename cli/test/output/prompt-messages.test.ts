import type { JsonValue } from '@mxcp-ts/values';
import { expect, test } from 'vitest';
import { promptMessages, renderPrompt } from '../../src/output/prompt-messages.ts';

const image = { type: 'image', data: 'aW1n', mimeType: 'image/png' };
const note = { type: 'resource', resource: { uri: 'notes://7', mimeType: 'text/plain', text: 'Milk.' } };
const link = { type: 'resource_link', uri: 'notes://8', name: 'Eight' };

test.each<[string, JsonValue, JsonValue, string]>([
  [
    'messages',
    [
      { role: 'user', content: { type: 'text', text: 'Hello.' } },
      { role: 'assistant', content: image },
    ],
    [
      { prompt: 'Hello.', role: 'user', type: 'text' },
      { role: 'assistant', ...image },
    ],
    'user:\nHello.\n\nassistant:\n[image/png, 3 bytes]',
  ],
  [
    'messages whose content is a text',
    [{ role: 'assistant', content: 'Hello.' }, { text: 'You.' }],
    [
      { prompt: 'Hello.', role: 'assistant', type: 'text' },
      { prompt: 'You.', role: 'user', type: 'text' },
    ],
    'assistant:\nHello.\n\nuser:\nYou.',
  ],
  [
    'content blocks',
    [note, link],
    [
      { role: 'user', ...note },
      { role: 'user', ...link },
    ],
    'user:\n[notes://7]\nMilk.\n\nuser:\n[Eight: notes://8]',
  ],
  ['a text', 'Hello.', [{ prompt: 'Hello.', role: 'user', type: 'text' }], 'user:\nHello.'],
])('shows %s that a prompt gave', (_what, value, json, text) => {
  expect(promptMessages(value)).toEqual(json);
  expect(renderPrompt(value)).toBe(text);
});
