import { existsSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder } from '../../../tests/support/make-project.ts';
import { renderPythonTypes, renderTypeScriptTypes, writeTypes } from '../src/index.ts';
import { load, tool } from './load.ts';

const typescript = { language: 'typescript', path: 'mxcp-types.d.ts' } as const;
const python = { language: 'python', path: 'python/mxcp_types.py' } as const;

test('files are written when their content changes, and only then', async () => {
  const project = await load({ ...tool('a', 'ts', ''), ...tool('b', 'py', '') });
  const file = join(project.root, 'mxcp-types.d.ts');
  expect(writeTypes(project, { mode: 'check' })).toEqual([
    { ...typescript, state: 'outdated' },
    { ...python, state: 'outdated' },
  ]);
  expect(existsSync(file)).toBe(false);
  expect(writeTypes(project, { mode: 'write' })).toEqual([
    { ...typescript, state: 'written' },
    { ...python, state: 'written' },
  ]);
  expect(readFileSync(file, 'utf8')).toBe(renderTypeScriptTypes(project));
  expect(readFileSync(join(project.root, 'python/mxcp_types.py'), 'utf8')).toBe(renderPythonTypes(project));
  utimesSync(file, 1, 1);
  expect(writeTypes(project, { mode: 'write' })).toEqual([
    { ...typescript, state: 'unchanged' },
    { ...python, state: 'unchanged' },
  ]);
  expect(statSync(file).mtimeMs).toBe(1000);
});

test('a refresh touches only what is there', async () => {
  const project = await load({ ...tool('a', 'ts', ''), ...tool('b', 'py', '') });
  expect(writeTypes(project, { mode: 'refresh' })).toEqual([]);
  writeFileSync(join(project.root, 'mxcp-types.d.ts'), '// old\n');
  expect(writeTypes(project, { mode: 'refresh' })).toEqual([{ ...typescript, state: 'written' }]);
});

test('a language without handlers gets no file, but one that is there is emptied', async () => {
  const project = await load({});
  expect(writeTypes(project, { mode: 'write' })).toEqual([]);
  writeFileSync(join(project.root, 'mxcp-types.d.ts'), '// old\n');
  expect(writeTypes(project, { mode: 'check' })).toEqual([{ ...typescript, state: 'outdated' }]);
});

test('both files can lie in another folder', async () => {
  const project = await load({ ...tool('a', 'ts', ''), ...tool('b', 'py', '') });
  const folder = join(makeFolder(), 'types');
  expect(writeTypes(project, { mode: 'write', folder })).toEqual([
    { language: 'typescript', path: join(folder, 'mxcp-types.d.ts'), state: 'written' },
    { language: 'python', path: join(folder, 'mxcp_types.py'), state: 'written' },
  ]);
});
