import { inspect } from 'node:util';
import { expect, test } from 'vitest';
import { content } from '../../src/runtime/content.ts';
import { isContentBlock } from '../../src/runtime/content-block.ts';

const bytesOf = (hex: string) => new Uint8Array(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const json = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

test.each([
  ['image/png', '89 50 4e 47 0d 0a 1a 0a'],
  ['image/jpeg', 'ff d8 ff e0'],
  ['image/gif', '47 49 46 38 39 61'],
  ['image/webp', '52 49 46 46 0a 0a 0d 0d 57 45 42 50'],
  ['audio/wav', '52 49 46 46 00 00 00 00 57 41 56 45'],
  ['audio/mpeg', '49 44 33 04'],
  ['audio/mpeg', 'ff fb 90 64'],
  ['audio/ogg', '4f 67 67 53'],
  ['audio/flac', '66 4c 61 43'],
])('%s is known by its first bytes: %s', (mimeType, hex) => {
  const bytes = bytesOf(hex);
  const make = mimeType.startsWith('image/') ? content.image : content.audio;
  const data = Buffer.from(bytes).toString('base64');
  const block = { type: mimeType.split('/')[0], data, mimeType };
  expect(json(make(bytes))).toEqual(block);
  expect(json(make(bytes.buffer as ArrayBuffer))).toEqual(block);
  expect(json(make(data))).toEqual(block);
  expect(json(content.resource({ uri: 'a://b', blob: bytes }))).toEqual({
    type: 'resource',
    resource: { uri: 'a://b', mimeType, blob: data },
  });
});

test('blocks have the shapes of MCP, are frozen and marked', () => {
  const options = {
    audience: ['user'],
    priority: 0.5,
    lastModified: new Date(0),
    meta: { 'example.com/a': 1 },
  } as const;
  const block = content.text('a', options);
  expect(json(block)).toEqual({
    type: 'text',
    text: 'a',
    annotations: { audience: ['user'], priority: 0.5, lastModified: '1970-01-01T00:00:00.000Z' },
    _meta: { 'example.com/a': 1 },
  });
  expect(json(content.text('a', { audience: 'user' }))).toEqual(json(content.text('a', { audience: ['user'] })));
  expect(Object.isFrozen(block)).toBe(true);
  expect(isContentBlock(block)).toBe(true);
  expect(isContentBlock(json(block))).toBe(false);
  expect(inspect(content.text('a'))).toContain("type: 'text', text: 'a'");
  expect(json(content.image('AAEC', 'image/avif'))).toEqual({ type: 'image', data: 'AAEC', mimeType: 'image/avif' });
  expect(json(content.resource({ uri: new URL('a://b/c'), mimeType: 'text/csv', text: 'x' }))).toEqual({
    type: 'resource',
    resource: { uri: 'a://b/c', mimeType: 'text/csv', text: 'x' },
  });
  expect(json(content.resource({ uri: 'a:b', blob: new Uint8Array([1]) }))).toEqual({
    type: 'resource',
    resource: { uri: 'a:b', blob: 'AQ==' },
  });
  const link = { uri: 'a://b', name: 'b', title: 'B', description: 'The b.', mimeType: 'text/csv', size: 3 };
  expect(json(content.link(link))).toEqual({ type: 'resource_link', ...link });
});

const wrong = (value: unknown) => value as never;

test.each<[string, () => unknown, string]>([
  ['text', () => content.text(wrong(1)), '`text` of content.text must be text.'],
  [
    'unknown bytes',
    () => content.image(new Uint8Array([1])),
    "The media type of these bytes is not known. Name it: content.image(data, 'image/…').",
  ],
  [
    'the wrong kind of bytes',
    () => content.image(bytesOf('4f 67 67 53')),
    'content.image was given bytes of the media type audio/ogg.',
  ],
  ['text that is no base64', () => content.audio('a b!'), 'content.audio was given text that is not base64.'],
  [
    'no bytes',
    () => content.image(wrong([1])),
    'content.image needs bytes (a Uint8Array or an ArrayBuffer) or their base64.',
  ],
  [
    'a media type',
    () => content.image('AAEC', 'png'),
    'The media type given to content.image must be of the form image/png.',
  ],
  [
    'a media type of something else',
    () => content.image('AAEC', 'text/plain'),
    'content.image takes a media type that begins with image/, not text/plain.',
  ],
  [
    'a media type of a picture for a sound',
    () => content.audio('AAEC', 'image/png'),
    'content.audio takes a media type that begins with audio/, not image/png.',
  ],
  [
    'a URI',
    () => content.link({ uri: 'reports', name: 'r' }),
    '`uri` of content.link must be a URI with a scheme, such as reports://2026/q1.',
  ],
  [
    'a size',
    () => content.link({ uri: 'a:b', name: 'r', size: -1 }),
    '`size` of content.link must be a number of bytes.',
  ],
  ['a resource', () => content.resource(wrong({ uri: 'a:b' })), 'content.resource needs either `text` or `blob`.'],
  [
    'an audience',
    () => content.text('a', wrong({ audience: ['user', 'all'] })),
    "`audience` of content.text must be 'user', 'assistant' or an array of both.",
  ],
  ['a priority', () => content.text('a', { priority: 2 }), '`priority` of content.text must be a number from 0 to 1.'],
  [
    'a moment',
    () => content.text('a', { lastModified: 'soon' }),
    '`lastModified` of content.text must be a Date or ISO 8601 text.',
  ],
  ['meta', () => content.text('a', wrong({ meta: 1 })), '`meta` of content.text must be an object.'],
  [
    'blocks',
    () => content.result(1, wrong(['a', 2])),
    'content.result takes content blocks and texts; item 1 is neither.',
  ],
  ['an array', () => content.result(1, wrong('a')), 'content.result takes an array of content blocks and texts.'],
])('says what is wrong with %s', (_, make, message) => {
  expect(make).toThrow(new TypeError(message));
});
