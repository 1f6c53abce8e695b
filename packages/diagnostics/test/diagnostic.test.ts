import { expect, test } from 'vitest';
import { diagnostic, hasErrors, SourceFile, sortDiagnostics } from '../src/index.ts';

const source = (path: string) => new SourceFile(path, 'abc\ndef\n');

test('takes its severity from the table of codes', () => {
  expect(diagnostic('project/unknown-field', 'It is unknown.')).toEqual({
    code: 'project/unknown-field',
    severity: 'error',
    message: 'It is unknown.',
  });
  const span = { source: source('a.yml'), start: 0, end: 1 };
  expect(diagnostic('project/dotted-name', 'It has a dot.', span, 'Leave it out.')).toEqual({
    code: 'project/dotted-name',
    severity: 'warning',
    message: 'It has a dot.',
    span,
    hint: 'Leave it out.',
  });
});

test('warnings are no errors', () => {
  const warning = diagnostic('project/dotted-name', 'It has a dot.');
  expect(hasErrors([])).toBe(false);
  expect(hasErrors([warning])).toBe(false);
  expect(hasErrors([warning, diagnostic('yaml/syntax', 'It is not YAML.')])).toBe(true);
});

test('sorts by file and place, what has no place first, and keeps the order of equals', () => {
  const at = (path: string, start: number, message: string) =>
    diagnostic('yaml/syntax', message, { source: source(path), start, end: start });
  const found = [at('b.yml', 0, '5'), at('a.yml', 4, '3'), at('a.yml', 4, '4'), at('a.yml', 1, '2')];
  const sorted = sortDiagnostics([...found, diagnostic('yaml/syntax', '1')]);
  expect(sorted.map(({ message }) => message)).toEqual(['1', '2', '3', '4', '5']);
  expect(found.map(({ message }) => message)).toEqual(['5', '3', '4', '2']);
});
