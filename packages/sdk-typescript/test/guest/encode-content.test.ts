import { expect, test } from 'vitest';
import { encodeResult } from '../../src/guest/encode-result.ts';
import { content } from '../../src/runtime/content.ts';

const png = Buffer.from('89504e470d0a1a0a00', 'hex');
const wire = (value: unknown): unknown => JSON.parse(`{${encodeResult(value)}}`);

test('a block alone is the whole content, as MCP has it', () => {
  expect(encodeResult(content.text('hi'))).toBe('"content":[{"type":"text","text":"hi"}]');
  expect(wire(content.image(png, undefined, { priority: 1, meta: { at: new Date(0) } }))).toEqual({
    content: [
      {
        type: 'image',
        data: 'iVBORw0KGgoA',
        mimeType: 'image/png',
        annotations: { priority: 1 },
        _meta: { at: '1970-01-01T00:00:00.000Z' },
      },
    ],
  });
});

test('in an array with a block, texts become blocks and other values their JSON', () => {
  expect(wire(['a', content.text('b'), { n: 1, at: new Date(0) }, null, 3n])).toEqual({
    content: [
      { type: 'text', text: 'a' },
      { type: 'text', text: 'b' },
      { type: 'text', text: '{"n":1,"at":"1970-01-01T00:00:00.000Z"}' },
      { type: 'text', text: 'null' },
      { type: 'text', text: '3' },
    ],
  });
  expect(wire(['a', 'b'])).toEqual({ value: ['a', 'b'] });
});

test('content.result has a value, with its exact numbers, and blocks beside it', () => {
  expect(wire(content.result({ n: 2n ** 60n }, ['see', content.text('b')], { meta: { took: 5 } }))).toEqual({
    value: { n: '1152921504606846976' },
    exact: [{ pointer: '/n', text: '1152921504606846976' }],
    content: [
      { type: 'text', text: 'see' },
      { type: 'text', text: 'b' },
    ],
    meta: { took: 5 },
  });
  expect(wire(content.result([1], [], { meta: { a: 1 } }))).toEqual({ value: [1], meta: { a: 1 } });
  expect(wire(content.result(undefined, [content.text('b')]))).toEqual({
    content: [{ type: 'text', text: 'b' }],
  });
  expect(wire(content.result(undefined))).toEqual({ value: null });
  expect(wire(content.result(png))).toEqual({ value: 'iVBORw0KGgoA', isBytes: true });
});

test('bytes as a whole are marked as such, bytes in a value are not', () => {
  expect(wire(png)).toEqual({ value: 'iVBORw0KGgoA', isBytes: true });
  expect(wire({ png })).toEqual({ value: { png: 'iVBORw0KGgoA' } });
});

test('in the messages of a prompt blocks stay where they are', () => {
  const link = content.link({ uri: 'a://b', name: 'b' });
  expect(wire([{ role: 'user', content: 'hi' }, 'you', { content: link, role: 'assistant' }])).toEqual({
    value: [
      { role: 'user', content: 'hi' },
      'you',
      { role: 'assistant', content: { type: 'resource_link', uri: 'a://b', name: 'b' } },
    ],
  });
});

test('a block made by another copy of the package is known', () => {
  const mark = Symbol.for('mxcp-ts.content.1');
  const foreign = Object.assign(Object.create({ [mark]: true }), { type: 'text', text: 'far' });
  expect(wire([foreign])).toEqual({ content: [{ type: 'text', text: 'far' }] });
});

const advice =
  'which has no place inside of a value. Return a block, an array of blocks, or content.result(value, [blocks]).';

test.each<[unknown, string]>([
  [{ picture: content.text('a') }, `The result, at /picture, holds a content block, ${advice}`],
  [[{ role: 'user', name: content.text('a') }], `The result, at /0/name, holds a content block, ${advice}`],
  [new Set([content.text('a')]), `The result, at /0, holds a content block, ${advice}`],
  [[content.text('a'), { b: [content.text('c')] }], `The result, at /1/b/0, holds a content block, ${advice}`],
  [[content.result(1)], `The result, at /0, holds a result of content.result, ${advice}`],
  [content.result(content.text('a')), `The value of content.result is a content block, ${advice}`],
  [
    content.result({ a: [content.text('a')] }),
    `The value of content.result, at /a/0, holds a content block, ${advice}`,
  ],
  [
    content.text('a', { meta: { f: () => 1 } }),
    'A content block, at /_meta/f, holds a function, which JSON cannot express.',
  ],
])('a block in the wrong place is refused, with the place', (value, message) => {
  expect(() => encodeResult(value)).toThrow(new TypeError(message));
});
