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
