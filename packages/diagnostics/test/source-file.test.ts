import { expect, test } from 'vitest';
import { SourceFile } from '../src/index.ts';

test('counts lines and columns from 1, in UTF-16 code units', () => {
  const source = new SourceFile('a.yml', 'one\n\n😀x\n');
  expect([0, 3, 4, 5, 7, 8, 9].map(offset => source.positionAt(offset))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 4 },
    { line: 2, column: 1 },
    { line: 3, column: 1 },
    { line: 3, column: 3 },
    { line: 3, column: 4 },
    { line: 4, column: 1 },
  ]);
});

test('an offset outside of the text gives its nearest end', () => {
  const source = new SourceFile('a.yml', 'ab\ncd');
  expect(source.positionAt(-1)).toEqual({ line: 1, column: 1 });
  expect(source.positionAt(99)).toEqual({ line: 2, column: 3 });
});

test('gives the offset of a position back, and the end for one past it', () => {
  const source = new SourceFile('a.yml', 'ab\ncd\n');
  for (let offset = 0; offset <= source.text.length; offset += 1) {
    expect(source.offsetAt(source.positionAt(offset))).toBe(offset);
  }
  expect(source.offsetAt({ line: 9, column: 1 })).toBe(6);
});

test('gives lines without their breaks, also those of Windows', () => {
  const source = new SourceFile('a.yml', 'one\r\ntwo\n\nfour');
  expect(source.lineCount).toBe(4);
  expect([1, 2, 3, 4, 5].map(line => source.lineText(line))).toEqual(['one', 'two', '', 'four', '']);
});

test('an empty file has one empty line', () => {
  const source = new SourceFile('a.yml', '');
  expect([source.lineCount, source.lineText(1), source.positionAt(0)]).toEqual([1, '', { line: 1, column: 1 }]);
});
