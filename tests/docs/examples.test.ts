import { expect, test } from 'vitest';
import { checkFiles, describeFinding, type Files, userConfigPath } from './support/check-project.ts';
import { type Block, listPages, readPage } from './support/read-page.ts';

const sitePath = 'mxcp-site.yml';

/** Each of those on the page of findings shows a mistake; another test is about them. */
const pages = ['README.md', ...listPages('docs')].filter(path => path !== 'docs/reference/diagnostics.md');

const projects = pages.map(readPage).flatMap(({ path, blocks }) => projectsOf(path, blocks));

test('pages that show complete files are found', () => {
  expect(projects.length).toBeGreaterThan(10);
});

test.each(projects)('$title', async ({ files, allowed }) => {
  const findings = await checkFiles(files);
  expect(findings.filter(({ code }) => !allowed.includes(code)).map(describeFinding)).toEqual([]);
});

interface ExampleProject {
  readonly title: string;
  readonly files: Files;
  readonly allowed: readonly string[];
}

/** The files of a page are one project; a page that shows several site files or user configs shows as many projects. */
function projectsOf(path: string, blocks: readonly Block[]): readonly ExampleProject[] {
  const complete = blocks.flatMap(block => {
    const file = block.path ?? (isYaml(block) ? guessPath(block) : undefined);
    return file === undefined ? [] : [{ file, text: block.text, line: block.line }];
  });
  if (complete.length === 0) return [];
  const isConfig = ({ file }: { readonly file: string }) => file === sitePath || file === userConfigPath;
  const shared: Files = Object.fromEntries(
    complete.filter(each => !isConfig(each)).map(({ file, text }) => [file, text]),
  );
  const configs = complete.filter(isConfig);
  const variants = configs.length === 0 ? [{ line: complete[0]?.line ?? 0, own: {} }] : configs.map(variantOf);
  // The README shows a tool of a project whose tables it does not show; the page on Python, one of a shop.
  const isWhole = configs.some(({ file }) => file === sitePath) && path !== 'README.md';
  // `validate` runs no plug-ins, so it cannot know their functions.
  const aboutPlugins = path === 'docs/guides/plugins.md' ? ['plan/sql-not-checked'] : [];
  const allowed = [...aboutPlugins, ...(isWhole ? [] : ['plan/sql-unknown-table'])];
  return variants.map(({ line, own }) => ({
    title: `the files of ${path} validate, with those of line ${line}`,
    files: { ...shared, ...own },
    allowed,
  }));
}

function variantOf({ file, text, line }: { readonly file: string; readonly text: string; readonly line: number }) {
  return { line, own: { [file]: text } };
}

function isYaml({ language, text }: Block): boolean {
  return language === 'yaml' && /^(?:#.*\n)*mxcp: 1\n/.test(text);
}

function guessPath({ text, line }: Block): string {
  const kind = /^(tool|resource|prompt|project|projects):/m.exec(text)?.[1];
  if (kind === 'project') return sitePath;
  if (kind === 'projects' || kind === undefined) return userConfigPath;
  return `${kind}s/line-${line}.yml`;
}
