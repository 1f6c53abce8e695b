import { expect, test } from 'vitest';
import { diagnostic, formatGithub, SourceFile } from '../../src/index.ts';

const source = new SourceFile('tools/a,b: 100%.yml', 'one: 😀 x\ntwo\nthree\n');
const at = (start: number, end: number) => ({ source, start, end });
const here = { folder: '' };

test('a finding is a command with its place, its code as the title, and everything escaped', () => {
  const found = [
    diagnostic('yaml/syntax', '50% is wrong.\r\nReally: yes, it is.', at(8, 9), 'Mend it.'),
    diagnostic('project/dotted-name', 'It has a dot.'),
  ];
  expect(formatGithub(found, here)).toBe(
    `::error file=tools/a%2Cb%3A 100%25.yml,line=1,col=9,endColumn=9,title=yaml/syntax::50%25 is wrong.%0D%0AReally: yes, it is.%0AMend it.
::warning title=project/dotted-name::It has a dot.
`,
  );
});

test.each([
  ['an empty place', at(0, 0), 'line=1,col=1,endColumn=1'],
  ['a place over several lines', at(0, 12), 'line=1,endLine=2'],
  ['a place up to the end of a line', at(10, 14), 'line=2,endLine=2'],
])('%s', (_what, span, place) => {
  const [line = ''] = formatGithub([diagnostic('yaml/syntax', 'Wrong.', span)], here).split('\n');
  expect(line).toBe(`::error file=tools/a%2Cb%3A 100%25.yml,${place},title=yaml/syntax::Wrong.`);
});

test.each([
  ['tools/a.yml', 'examples/shop/tools/a.yml'],
  ['/home/ada/config.yml', '/home/ada/config.yml'],
  ['mxcp-ts:tools/sql/tools/list_tables.yml', 'mxcp-ts%3Atools/sql/tools/list_tables.yml'],
])('in a project below the checkout %s is %s', (path, file) => {
  const span = { source: new SourceFile(path, 'a'), start: 0, end: 1 };
  expect(formatGithub([diagnostic('yaml/syntax', 'Wrong.', span)], { folder: 'examples/shop' })).toBe(
    `::error file=${file},line=1,col=1,endColumn=1,title=yaml/syntax::Wrong.\n`,
  );
});
