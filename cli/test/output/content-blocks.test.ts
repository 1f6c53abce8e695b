import { expect, test } from 'vitest';
import { renderBlock, renderSize } from '../../src/output/content-blocks.ts';

test.each([
  [{ type: 'text', text: 'Hello.' }, 'Hello.'],
  [{ type: 'image', data: 'aW1n', mimeType: 'image/png' }, '[image/png, 3 bytes]'],
  [{ type: 'audio', data: 'YQ==', mimeType: 'audio/wav' }, '[audio/wav, 1 byte]'],
  [{ type: 'resource', resource: { uri: 'notes://7', text: 'Milk.' } }, '[notes://7]\nMilk.'],
  [{ type: 'resource', resource: { uri: 'notes://7', mimeType: 'a/b', blob: 'aW1n' } }, '[notes://7: a/b, 3 bytes]'],
  [{ type: 'resource_link', uri: 'notes://8', name: 'eight', title: 'Eight' }, '[Eight: notes://8]'],
  [{ type: 'tool_use', id: '1' }, '{"type":"tool_use","id":"1"}'],
])('%j is shown to a person', (block, text) => {
  expect(renderBlock(block)).toBe(text);
});

test.each([
  [999, '999 bytes'],
  [1_000, '1 kB'],
  [1_240, '1.2 kB'],
  [12_345, '12 kB'],
  [999_600, '1 MB'],
  [12_345_678, '12 MB'],
])('%d bytes are %s', (bytes, text) => {
  expect(renderSize(bytes)).toBe(text);
});
