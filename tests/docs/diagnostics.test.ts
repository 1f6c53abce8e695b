import { expect, test } from 'vitest';
import { type Diagnostic, diagnosticCodes } from '../../packages/diagnostics/src/index.ts';
import { checkFiles, describeFinding, userConfigPath } from './support/check-project.ts';
import { type Block, readPage, sectionsOf } from './support/read-page.ts';

const page = readPage('docs/reference/diagnostics.md');

/** Findings that need a file without permission, an environment variable, a server, or a running project. */
const withoutExample: readonly string[] = [
  'project/unreadable-file',
  'reference/unreadable-secret',
  'plan/module-load',
  'config/bad-path',
];

interface Section {
  readonly code: string;
  readonly severity: string | undefined;
  readonly files: Readonly<Record<string, string>>;
}

const sections: readonly Section[] = [...sectionsOf(page.text, 3)].map(([title, text]) => ({
  code: title.replaceAll('`', ''),
  severity: /^\*\*(\w+)\*\* — /.exec(text.trim())?.[1],
  files: filesOf(page.blocks.filter(block => block.path !== undefined && text.includes(block.text))),
}));

test('the page describes exactly the codes that exist, each with its severity', () => {
  const described = sections.map(({ code, severity }) => `${code} ${severity}`);
  const existing = Object.entries(diagnosticCodes).map(([code, { severity }]) => `${code} ${severity}`);
  expect(described).toEqual(existing);
});

test('every code has an example, apart from those that no file alone can show', () => {
  const bare = sections.filter(({ files }) => Object.keys(files).length === 0).map(({ code }) => code);
  expect(bare).toEqual(withoutExample);
});

const isWholeProject = ({ files }: Section) => 'mxcp-site.yml' in files || userConfigPath in files;

test.each(sections.filter(isWholeProject).map(section => [section.code, section] as const))(
  'the example of %s gives that finding and no other',
  async (code, { files }) => {
    const findings = await checkFiles(files);
    expect(new Set(findings.map(finding => finding.code)), findings.map(describeFinding).join('\n')).toEqual(
      new Set([code]),
    );
  },
);

test('the other examples, put into one project, give their findings and no other', async () => {
  const examples = sections.filter(section => !isWholeProject(section) && !withoutExample.includes(section.code));
  const shared = filesOf(
    page.blocks.filter(({ path, line }) => path !== undefined && line < lineOf('## Reading YAML')),
  );
  const findings = await checkFiles({ ...shared, ...Object.assign({}, ...examples.map(({ files }) => files)) });
  const found = examples.map(({ code, files }) => [code, codesIn(findings, Object.keys(files))]);
  expect(found).toEqual(examples.map(({ code }) => [code, [code]]));
  const known = new Set(examples.flatMap(({ files }) => Object.keys(files)));
  expect(findings.filter(({ span }) => !known.has(span?.source.path ?? '')).map(describeFinding)).toEqual([]);
});

function codesIn(findings: readonly Diagnostic[], paths: readonly string[]): readonly string[] {
  const inside = findings.filter(({ span }) => paths.includes(span?.source.path ?? ''));
  return [...new Set(inside.map(({ code }) => code))];
}

function filesOf(blocks: readonly Block[]): Readonly<Record<string, string>> {
  return Object.fromEntries(blocks.map(({ path = '', text }) => [path, text]));
}

function lineOf(heading: string): number {
  return page.text.slice(0, page.text.indexOf(`\n${heading}\n`)).split('\n').length;
}
