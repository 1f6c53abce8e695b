import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { formatLine } from '@mxcp-ts/diagnostics';
import { expect, test } from 'vitest';
import { findingsOf, projectFolder } from '../project-folder.ts';

const source = '  source: {code: select 1}\n';
const tool = (body: string) => ({ 'tools/t.yml': `tool:\n  name: t\n${body}${source}` });
const resource = (body: string) => ({ 'resources/r.yml': `resource:\n  uri: a://b\n${body}${source}` });

test.each(['" "', 'main.', 'a; drop', 'a.b.c.d', `'""'`, 'my-table'])('%s is not the name of a table', async table => {
  expect(await findingsOf(resource(`  changes: [{table: ${table}}]\n`))).toEqual([
    'resources/r.yml:3:21 error resource/bad-change This is not the name of a table. hint: Write it as in SQL: orders, main.orders, "odd name".',
  ]);
});

test('a question is not called as what every object has', async () => {
  const yaml = '  elicit: {message: Hi, key: __proto__, fields: [{name: a, type: string}]}\n';
  expect(await findingsOf(tool(yaml))).toEqual([
    'tools/t.yml:3:30 error project/wrong-value "key" is not written as it should be. hint: Start with a letter or _, go on with letters, digits, _ and -, at most 64.',
  ]);
});

test('a default that its schema refuses is found where it stands', async () => {
  const yaml = '  input_schema: {type: object, properties: {a: {type: integer, default: x}}}\n';
  expect(await findingsOf(tool(yaml))).toEqual([
    'tools/t.yml:3:73 error type/bad-default The default must be an integer.',
  ]);
});

test('a pipe is not read as an icon', async () => {
  const folder = projectFolder(tool('  icons: [{src: ../i.png}]\n'));
  execFileSync('mkfifo', [join(folder.root, 'i.png')]);
  expect(formatLine((await folder.load()).diagnostics)).toBe(
    'tools/t.yml:3:17 error project/bad-icon ../i.png is not a file.\n',
  );
});

const oneInSql = (a: string, b: string) =>
  `error project/duplicate-parameter "${a}" and "${b}" are one parameter in SQL, where case does not matter. hint: Rename one of them.`;

test('names that differ only in case are one parameter for SQL, wherever they are declared', async () => {
  const fields = '  elicit: {message: Hi, fields: [{name: iD, type: string}]}\n';
  expect(
    await findingsOf(tool(`  parameters: [{name: id, type: string}, {name: Id, type: string}]\n${fields}`)),
  ).toEqual([`tools/t.yml:3:49 ${oneInSql('id', 'Id')}`, `tools/t.yml:4:41 ${oneInSql('id', 'iD')}`]);
  expect(await findingsOf(tool('  input_schema: {type: object, properties: {id: {}, Id: {}}}\n'))).toEqual([
    `tools/t.yml:3:53 ${oneInSql('id', 'Id')}`,
  ]);
});

test('what was typed and a parameter are one for a completion in SQL too, but not in Python', async () => {
  const prompt = (code: string) => ({
    'prompts/p.yml': `prompt:\n  name: p\n  parameters: [{name: a, type: string, complete: {${code}}}, {name: Value, type: string}]\n  messages: [{prompt: Hi}]\n`,
  });
  expect(await findingsOf(prompt('code: select 1'))).toEqual([`prompts/p.yml:3:50 ${oneInSql('value', 'Value')}`]);
  expect(
    await findingsOf({ ...prompt('file: ../a.py, function: f'), 'a.py': 'def f(value, Value): return []\n' }),
  ).toEqual([]);
});
