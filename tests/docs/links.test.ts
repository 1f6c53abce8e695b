import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { expect, test } from 'vitest';
import { listPages, readPage, repository } from './support/read-page.ts';

const pages = ['README.md', 'CONTRIBUTING.md', ...listPages('docs')];

test.each(pages)('every link of %s leads to a file, and to a heading of it', path => {
  expect(linksOf(path).filter(link => !resolves(path, link))).toEqual([]);
});

test('every page of the reference is in its index', () => {
  const linked = linksOf('docs/reference/README.md').map(link => `docs/reference/${link}`);
  const missing = listPages('docs/reference').filter(path => !linked.includes(path));
  expect(missing).toEqual(['docs/reference/README.md']);
});

function linksOf(path: string): readonly string[] {
  const prose = readPage(path).text.replace(/^```.*?^```$/gms, '');
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = '']) => link).filter(link => !/^[a-z]+:/.test(link));
}

function resolves(from: string, link: string): boolean {
  const [file = '', heading] = link.split('#');
  const target = file === '' ? from : normalize(join(dirname(from), file));
  if (!existsSync(join(repository, target))) return false;
  return heading === undefined || headingsOf(target).includes(heading);
}

/** The anchors of a page, as GitHub makes them. */
function headingsOf(path: string): readonly string[] {
  const prose = readPage(path).text.replace(/^```.*?^```$/gms, '');
  return [...prose.matchAll(/^#+ (.+)$/gm)].map(([, title = '']) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}
