import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findProjectRoot } from '@mxcp-ts/project';
import { expect, test } from 'vitest';
import { findMatching } from '../../src/files/find-files.ts';
import { findingsOf, plainSite, projectFolder } from '../project-folder.ts';

const tool = (name: string) => `tool:\n  name: ${name}\n  source: {code: select 1}\n`;

test('finds .yml and .yaml files in all folders, sorted, without hidden ones and what editors leave', async () => {
  const { root, load } = projectFolder({
    'tools/b.yml': tool('b'),
    'tools/a/z.yaml': tool('z'),
    'tools/a.yml': tool('a'),
    'tools/.draft/x.yml': 'broken: [',
    'tools/.x.yml': 'broken: [',
    'tools/a.yml~': 'broken: [',
    'tools/#a.yml': tool('hash'),
    'tools/notes.md': 'x',
    'tools/B.YML': 'broken: [',
    'elsewhere/linked.yml': tool('linked'),
    'elsewhere/folder/y.yml': tool('y'),
  });
  symlinkSync(join(root, 'elsewhere/linked.yml'), join(root, 'tools/c.yml'));
  symlinkSync(join(root, 'elsewhere/folder'), join(root, 'tools/d'));
  const { project, diagnostics } = await load();
  expect(diagnostics).toEqual([]);
  expect(project?.endpoints.map(({ file, name }) => `${file.path} ${name}`)).toEqual([
    'tools/#a.yml hash',
    'tools/a.yml a',
    'tools/a/z.yaml z',
    'tools/b.yml b',
    'tools/c.yml linked',
  ]);
});

test('lets one folder hold every kind when the site file says so', async () => {
  const site = `${plainSite}paths: {tools: all, resources: all, prompts: all}\n`;
  const files = {
    'mxcp-site.yml': site,
    'all/t.yml': tool('t'),
    'all/p.yml': 'prompt: {name: p, messages: [{prompt: hi}]}',
  };
  const { project, diagnostics } = await projectFolder(files).load();
  expect([diagnostics, project?.endpoints.map(({ id }) => id)]).toEqual([[], ['tool:t', 'prompt:p']]);
});

test('refuses a source that leaves the project through a symbolic link', async () => {
  const { root, load } = projectFolder({
    '~/secret.sql': 'select 1',
    'tools/t.yml': 'tool: {name: t, source: {file: link.sql}}',
  });
  symlinkSync(join(dirname(root), 'home/secret.sql'), join(root, 'tools/link.sql'));
  const { diagnostics } = await load();
  expect(diagnostics.map(({ code }) => code)).toEqual(['source/outside-project']);
});

test('reads UTF-16 and byte order marks, with columns as an editor shows them', async () => {
  const broken = 'tool:\n  nme: t\n  source: {code: select 1}\n';
  const utf16 = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(broken, 'utf16le')]);
  const finding = '2:3 error project/unknown-field "nme" is not a field here. hint: Did you mean "name"?';
  expect(await findingsOf({ 'tools/a.yml': utf16, 'tools/b.yml': `\uFEFF${broken}` })).toEqual([
    `tools/a.yml:${finding}`,
    `tools/b.yml:${finding}`,
  ]);
});

test('takes a leading slash of a source as the project folder', async () => {
  const { project, diagnostics } = await projectFolder({
    'tools/deep/t.yml': 'tool: {name: t, source: {file: /src/t.py}}',
    'src/t.py': 'def t(): pass',
  }).load();
  expect(diagnostics).toEqual([]);
  expect(project?.endpoints[0]).toMatchObject({ source: { language: 'python', file: { relative: 'src/t.py' } } });
});

test.each([
  ['sql/*.sql', ['sql/a.sql', 'sql/b.sql']],
  ['sql/**/*.sql', ['sql/a.sql', 'sql/b.sql', 'sql/deep/er/c.sql']],
  ['**/c.sql', ['sql/deep/er/c.sql']],
  ['sql/?.sql', ['sql/a.sql', 'sql/b.sql']],
  ['sql/**', ['sql/a.sql', 'sql/b.sql', 'sql/deep/er/c.sql']],
  ['sql/a*', ['sql/a.sql']],
  ['nope/*', []],
])('finds what %s names', (pattern, expected) => {
  const { root } = projectFolder({ 'sql/b.sql': '', 'sql/a.sql': '', 'sql/deep/er/c.sql': '', 'sql/.hidden.sql': '' });
  expect(findMatching(root, pattern).filter(path => path !== 'mxcp-site.yml')).toEqual(expected);
});

test('finds the project folder from any folder below it', () => {
  const { root } = projectFolder({});
  mkdirSync(join(root, 'a/b'), { recursive: true });
  writeFileSync(join(root, 'a/b/file'), '');
  expect([findProjectRoot(join(root, 'a/b')), findProjectRoot(root), findProjectRoot(join(root, '..'))]).toEqual([
    root,
    root,
    undefined,
  ]);
});
