import { expect, test } from 'vitest';
import { diagnostic, formatLine, formatPretty, SourceFile, textWidth } from '../../src/index.ts';

function findingIn(text: string, marked: string, message = 'It is wrong.', hint?: string) {
  const start = text.indexOf(marked);
  return diagnostic(
    'yaml/syntax',
    message,
    { source: new SourceFile('a.yml', text), start, end: start + marked.length },
    hint,
  );
}

const pretty = (...parts: Parameters<typeof findingIn>) => formatPretty([findingIn(...parts)], { color: false });

test('one line holds place, severity, code, message and hint', () => {
  const found = [findingIn('a: 1\nb: 2\n', '2', 'It is\n  wrong.', 'Mend\nit.'), diagnostic('yaml/empty', 'Nothing.')];
  expect(formatLine(found)).toBe(
    'a.yml:2:4 error yaml/syntax It is wrong. hint: Mend it.\nerror yaml/empty Nothing.\n',
  );
});

test('a frame shows the line and the one before it, with the spot marked', () => {
  expect(pretty('one\ntwo\nthree four\n', 'four', 'It is wrong.', 'Mend it.')).toBe(
    [
      'a.yml:3:7  error  yaml/syntax',
      '  2 | two',
      '  3 | three four',
      '    |       ^^^^',
      '  It is wrong.',
      '  hint: Mend it.',
      '',
      '',
    ].join('\n'),
  );
});

test('messages and hints of several lines are indented', () => {
  expect(formatPretty([diagnostic('yaml/empty', 'One.\nTwo.', undefined, 'Do\nthis.')], { color: false })).toBe(
    'error  yaml/empty\n  One.\n  Two.\n  hint: Do\n  this.\n\n',
  );
});

function frameOf(...parts: Parameters<typeof findingIn>) {
  return pretty(...parts)
    .split('\n')
    .slice(1, -3);
}

test('a tab takes one column, so that the mark stays below its spot', () => {
  expect(frameOf('\ta:\tb', 'b')).toEqual(['  1 |  a: b', '    |     ^']);
});

test('wide characters take two columns and combining marks none', () => {
  expect(frameOf('日本: ?', '?')).toEqual(['  1 | 日本: ?', '    |       ^']);
  expect(frameOf('e\u0301: 😀 ?', '😀')).toEqual(['  1 | e\u0301: 😀 ?', '    |    ^^']);
  expect(textWidth('a日e\u0301😀')).toBe(6);
});

test('a span over several lines is marked in its first', () => {
  expect(frameOf('a: [1,\n  2]\n', '[1,\n  2]')).toEqual(['  1 | a: [1,', '    |    ^^^']);
});

test('an empty span and one at the end of the text get one mark', () => {
  expect(frameOf('ab', '')).toEqual(['  1 | ab', '    | ^']);
  const source = new SourceFile('a.yml', 'ab\n');
  const atEnd = diagnostic('yaml/syntax', 'It is wrong.', { source, start: 3, end: 3 });
  expect(formatPretty([atEnd], { color: false })).toBe(
    'a.yml:2:1  error  yaml/syntax\n  1 | ab\n  2 |\n    | ^\n  It is wrong.\n\n',
  );
});

test('of a very long line the part around the spot is shown', () => {
  const [line, mark] = frameOf(`${'x'.repeat(5_000)}HERE${'y'.repeat(5_000)}`, 'HERE');
  expect(line).toBe(`  1 | …${'x'.repeat(59)}HERE${'y'.repeat(96)}…`);
  expect(mark).toBe(`    | ${' '.repeat(60)}^^^^`);
});

test('control characters of a file do not reach the terminal', () => {
  expect(frameOf('a: \u001b[31mred', 'red')).toEqual(['  1 | a:  [31mred', '    |         ^^^']);
});

test('colours when asked to', () => {
  const found = [diagnostic('project/dotted-name', 'It has a dot.')];
  expect(formatPretty(found, { color: true })).toBe(
    '\u001b[33mwarning\u001b[39m  \u001b[2mproject/dotted-name\u001b[22m\n  It has a dot.\n\n',
  );
});
