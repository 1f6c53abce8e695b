import { expect, test } from 'vitest';
import { diagnostic, SourceFile, toJsonDiagnostic } from '../../src/index.ts';

test('gives both ends of the place', () => {
  const source = new SourceFile('a.yml', 'abc\ndef\n');
  expect(toJsonDiagnostic(diagnostic('yaml/syntax', 'It is wrong.', { source, start: 1, end: 6 }, 'Mend it.'))).toEqual(
    {
      code: 'yaml/syntax',
      severity: 'error',
      message: 'It is wrong.',
      path: 'a.yml',
      line: 1,
      column: 2,
      endLine: 2,
      endColumn: 3,
      hint: 'Mend it.',
    },
  );
});

test('says null where there is no place and no hint', () => {
  expect(toJsonDiagnostic(diagnostic('yaml/syntax', 'It is wrong.'))).toEqual({
    code: 'yaml/syntax',
    severity: 'error',
    message: 'It is wrong.',
    path: null,
    line: null,
    column: null,
    endLine: null,
    endColumn: null,
    hint: null,
  });
});
