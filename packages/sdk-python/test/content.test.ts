import { afterAll, beforeAll, expect, test } from 'vitest';
import { openGuest, type TestGuest } from './support/open-guest.ts';

const file = 'python/app.py';
const png = 'iVBORw0KGgoAAAANSUhEUg==';
const pngBytes = `base64.b64decode("${png}")`;
const code = `
import array, base64, datetime, io, pathlib
from decimal import Decimal
from mxcp.runtime import content

class Picture:
    """As PIL has it."""
    def save(self, buffer, format):
        buffer.write(b"saved as " + format.encode())

class Figure:
    """As matplotlib has it."""
    def savefig(self, buffer, format):
        buffer.write(b"figure as " + format.encode())

def blocks():
    yield "first"
    yield content.text("second")

def evaluate(expression): return eval(expression)
async def evaluate_async(expression): return eval(expression)
`;

let guest: TestGuest;

beforeAll(async () => {
  guest = await openGuest({
    files: { [file]: code, 'data/pixel.png': '\x89PNG\r\n' },
    handlers: [
      { file, endpoint: 'evaluate' },
      { file, endpoint: 'evaluate_async' },
    ],
  });
});
afterAll(() => guest.kill());

async function resultOf(expression: string, endpoint = 'evaluate') {
  const { type, id: _, ...rest } = await guest.call(endpoint, { expression });
  return type === 'result' ? rest : { failure: (rest['error'] as { message: string }).message };
}

test.each([
  ['content.text("a")', { type: 'text', text: 'a' }],
  [`content.image(${pngBytes})`, { type: 'image', data: png, mimeType: 'image/png' }],
  [`content.image("${png}")`, { type: 'image', data: png, mimeType: 'image/png' }],
  ['content.image("PHN2\\nZz4=", "image/svg+xml")', { type: 'image', data: 'PHN2Zz4=', mimeType: 'image/svg+xml' }],
  [
    'content.image(pathlib.Path("data/pixel.png"), "image/png")',
    { type: 'image', data: Buffer.from('\x89PNG\r\n').toString('base64'), mimeType: 'image/png' },
  ],
  [
    'content.image(Picture(), "image/jpeg")',
    { type: 'image', data: Buffer.from('saved as JPEG').toString('base64'), mimeType: 'image/jpeg' },
  ],
  [
    'content.image(Figure(), mime_type="image/png")',
    { type: 'image', data: Buffer.from('figure as png').toString('base64'), mimeType: 'image/png' },
  ],
  [
    'content.audio(array.array("B", b"fLaC----"))',
    { type: 'audio', data: Buffer.from('fLaC----').toString('base64'), mimeType: 'audio/flac' },
  ],
  [
    'content.resource("test://x", "text/plain", text="hello")',
    { type: 'resource', resource: { uri: 'test://x', mimeType: 'text/plain', text: 'hello' } },
  ],
  ['content.resource("test://x", blob=b"ab")', { type: 'resource', resource: { uri: 'test://x', blob: 'YWI=' } }],
  ['content.link("test://x", "x")', { type: 'resource_link', uri: 'test://x', name: 'x' }],
  [
    'content.link("test://x", "x", title="X", description="An x", mime_type="text/csv", size=12)',
    {
      type: 'resource_link',
      uri: 'test://x',
      name: 'x',
      title: 'X',
      description: 'An x',
      mimeType: 'text/csv',
      size: 12,
    },
  ],
  [
    'content.text("a", audience="user", priority=0.5, last_modified=datetime.date(2026, 1, 2), meta={"k": [1]})',
    {
      type: 'text',
      text: 'a',
      annotations: { audience: ['user'], priority: 0.5, lastModified: '2026-01-02' },
      _meta: { k: [1] },
    },
  ],
  [
    'content.link("u:x", "x", audience=["user", "assistant"])',
    { type: 'resource_link', uri: 'u:x', name: 'x', annotations: { audience: ['user', 'assistant'] } },
  ],
])('%s is a block', async (expression, block) => {
  expect(await resultOf(expression)).toEqual({ content: [block] });
});

test.each([
  ['\\x89PNG\\r\\n\\x1a\\n', 'image/png'],
  ['\\xff\\xd8\\xff\\xe0', 'image/jpeg'],
  ['GIF89a', 'image/gif'],
  ['RIFF0000WEBPVP8 ', 'image/webp'],
  ['RIFF0000WAVEfmt ', 'audio/wav'],
  ['ID3\\x04', 'audio/mpeg'],
  ['\\xff\\xfb\\x90\\x00', 'audio/mpeg'],
  ['OggS\\x00', 'audio/ogg'],
  ['fLaC', 'audio/flac'],
])('bytes that begin with %s are %s', async (head, mimeType) => {
  const make = `content.${mimeType.split('/')[0]}`;
  expect(await resultOf(`${make}(b"${head}").model_dump()["mimeType"]`)).toEqual({ value: mimeType });
  expect(await resultOf(`${make}(base64.b64encode(b"${head}").decode()).model_dump()["mimeType"]`)).toEqual({
    value: mimeType,
  });
});

test.each([
  [
    'content.image(b"what")',
    'content.image does not recognize these bytes. Give their media type: content.image(data, "image/svg+xml").',
  ],
  ['content.image(b"fLaC")', 'content.image was given bytes of audio/flac. Use content.audio.'],
  ['content.image(b"a", "text/plain")', 'content.image takes a media type that begins with image/, not text/plain.'],
  ['content.audio(b"a", "image/png")', 'content.audio takes a media type that begins with audio/, not image/png.'],
  ['content.image(b"a", "image/")', 'content.image takes a media type that begins with image/, not image/.'],
  [
    'content.image("chart.png")',
    'content.image takes text only when it is base64. For a file, give pathlib.Path(...).',
  ],
  [
    'content.image(5)',
    'content.image takes bytes, a pathlib.Path, a PIL image, a matplotlib figure or base64 text, not int.',
  ],
  ['content.text(5)', 'content.text takes text, not int.'],
  [
    'content.text("a", color="red")',
    'content.text has no option color. There are audience, priority, last_modified and meta.',
  ],
  ['content.text("a", audience="all")', 'The audience is "user", "assistant" or a list of both, not \'all\'.'],
  ['content.text("a", priority=2)', 'The priority is a number from 0 to 1, not 2.'],
  ['content.resource("u:x")', 'content.resource takes either text or blob: what the resource holds.'],
  [
    '{"charts": [content.text("a")]}',
    'The result holds a ContentBlock at /charts/0, where it cannot be shown. Return a block, a list that holds blocks, or content.result(value, blocks).',
  ],
  [
    '[content.text("a"), {"b": content.text("c")}]',
    'The result holds a ContentBlock at /1/b, where it cannot be shown. Return a block, a list that holds blocks, or content.result(value, blocks).',
  ],
  [
    '{"a": content.result(1)}',
    'The result holds a ContentResult at /a, where it cannot be shown. Return a block, a list that holds blocks, or content.result(value, blocks).',
  ],
])('%s is refused', async (expression, failure) => {
  expect(await resultOf(expression)).toEqual({ failure });
});

test('a list that holds a block is a list of blocks: texts as they are, other values as their JSON', async () => {
  const expression = '["see", content.text("b"), {"n": 1, "at": datetime.date(2026, 1, 2)}, None, Decimal("2.50")]';
  const text = (...texts: string[]) => ({ content: texts.map(text => ({ type: 'text', text })) });
  const expected = text('see', 'b', '{"n":1,"at":"2026-01-02"}', 'null', '2.50');
  expect(await resultOf(expression)).toEqual(expected);
  expect(await resultOf(`tuple(${expression})`)).toEqual(expected);
  expect(await resultOf(expression, 'evaluate_async')).toEqual(expected);
  expect(await resultOf('blocks()')).toEqual(text('first', 'second'));
  expect(await resultOf('["no", "block"]')).toEqual({ value: ['no', 'block'] });
});

test('a result has a value with blocks and meta beside it', async () => {
  const block = { type: 'text', text: 'b' };
  expect(await resultOf('content.result({"n": 1}, [content.text("b"), "c"], meta={"k": 1})')).toEqual({
    value: { n: 1 },
    content: [block, { type: 'text', text: 'c' }],
    meta: { k: 1 },
  });
  expect(await resultOf('content.result(Decimal("1.50"), content.text("b"))')).toEqual({
    value: '1.50',
    exact: [{ pointer: '', text: '1.50' }],
    content: [block],
  });
  expect(await resultOf('content.result(None, "b")')).toEqual({ value: null, content: [block] });
  expect(await resultOf('content.result(5, meta={"k": 1})')).toEqual({ value: 5, meta: { k: 1 } });
  expect(await resultOf('content.result(blocks=["b"], meta={"k": 1})')).toEqual({ content: [block], meta: { k: 1 } });
});

test('blocks in the messages of a prompt are written where they stand', async () => {
  const expression = '[{"role": "user", "content": content.text("a")}, {"role": "assistant", "content": "plain"}]';
  expect(await resultOf(expression)).toEqual({
    value: [
      { role: 'user', content: { type: 'text', text: 'a' } },
      { role: 'assistant', content: 'plain' },
    ],
  });
  expect(await resultOf('[{"role": "user", "content": [content.text("a")]}]')).toMatchObject({
    failure: expect.stringContaining('a ContentBlock at /0/content/0,'),
  });
});
