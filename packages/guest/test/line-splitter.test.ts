import { expect, test } from 'vitest';
import { splitLines } from '../src/line-splitter.ts';

function splitterFor(maxBytes: number) {
  const seen: string[] = [];
  const receive = splitLines({
    maxBytes,
    onLine: line => seen.push(line),
    onTooLong: () => seen.push('<too long>'),
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

test('reports a line beyond the limit once and gives nothing after it', () => {
  const { seen, receive } = splitterFor(5);
  receive('12345\n123');
  receive('456\nok\n');
  receive('more\n');
  expect(seen).toEqual(['12345', '<too long>']);
});
