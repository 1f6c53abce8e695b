import { expect, test } from 'vitest';
import { splitLines } from '../src/line-splitter.ts';

/** A line that is a number announces that many raw bytes. */
function splitterFor(maxBytes: number) {
  const seen: string[] = [];
  const receive = splitLines({
    maxBytes,
    onLine: line => {
      seen.push(line);
      return /^\d+$/.test(line) ? Number(line) : undefined;
    },
    onBytes: bytes => void seen.push(`<${[...bytes].join(' ')}>`),
    onTooLong: () => void seen.push('<too long>'),
  });
  return { seen, receive: (text: string | Buffer) => receive(Buffer.from(text as string)) };
}

test('gives whole lines, however the bytes are cut', () => {
  const text = Buffer.from('{"a":"é"}\n\n{"b":2}\n{"c":3}\n{"rest"');
  for (let size = 1; size <= text.length; size++) {
    const { seen, receive } = splitterFor(100);
    for (let at = 0; at < text.length; at += size) receive(text.subarray(at, at + size));
    expect(seen).toEqual(['{"a":"é"}', '{"b":2}', '{"c":3}']);
  }
});

test('gives raw bytes apart from lines, line feeds among them, however the bytes are cut', () => {
  const raw = (...bytes: number[]) => Buffer.from(bytes);
  const text = Buffer.concat([
    Buffer.from('5\n'),
    raw(10, 0, 10, 255, 13),
    Buffer.from('x\n0\n3\n'),
    raw(52, 10, 10),
    Buffer.from('y\n'),
  ]);
  for (let size = 1; size <= text.length; size++) {
    const { seen, receive } = splitterFor(5);
    for (let at = 0; at < text.length; at += size) receive(text.subarray(at, at + size));
    expect(seen).toEqual(['5', '<10 0 10 255 13>', 'x', '0', '<>', '3', '<52 10 10>', 'y']);
  }
});

test('gives no part of raw bytes before all have come', () => {
  const { seen, receive } = splitterFor(100);
  receive('4\nab');
  expect(seen).toEqual(['4']);
});

test('reports a line beyond the limit once and gives nothing after it', () => {
  const { seen, receive } = splitterFor(5);
  receive('abcde\n123');
  receive('456\nok\n');
  receive('more\n');
  expect(seen).toEqual(['abcde', '<too long>']);
});

test('reports raw bytes beyond the limit when they are announced', () => {
  const { seen, receive } = splitterFor(5);
  receive('6\n');
  receive('123456ok\n');
  expect(seen).toEqual(['6', '<too long>']);
});
