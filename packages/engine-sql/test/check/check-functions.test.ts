import { formatLine, sortDiagnostics } from '@mxcp-ts/diagnostics';
import type { PluginDefinition } from '@mxcp-ts/project';
import { expect, test } from 'vitest';
import { check, sqlTool } from '../support/endpoints.ts';
import { openTestDatabase, setupFile, temporaryFolder } from '../support/fixtures.ts';
import { sqlFunction } from '../support/functions.ts';

const plugin: PluginDefinition = {
  name: 'text',
  language: 'python',
  file: undefined,
  module: 'text',
  isListed: true,
  config: {},
  span: undefined,
};

const tools = [
  sqlTool('mine', 'SELECT yell_at(name) AS name FROM people'),
  sqlTool('through', 'SELECT * FROM loud'),
  sqlTool('wrong', 'SELECT uper(nam) FROM people'),
  sqlTool('who', "SELECT get_username() AS u, get_request_header('x') AS h, get_request_headers_json() AS j"),
];
const setup = [
  setupFile(
    'setup.sql',
    'CREATE TABLE people (name VARCHAR);\nCREATE VIEW loud AS SELECT yell_at(name) AS name FROM people',
  ),
];

test('a function that a plug-in may define is a warning where plug-ins do not run', async () => {
  expect(await check(tools, temporaryFolder(), { setup }, [plugin])).toEqual([
    'mine.sql:1:8 warning plan/sql-not-checked There is no function "yell_at" yet: the statement cannot be checked before the plug-ins run.',
    'setup.sql:2:28 warning plan/sql-not-checked There is no function "yell_at" yet: the statement cannot be checked before the plug-ins run.',
    'wrong.sql:1:8 warning plan/sql-not-checked There is no function "uper" yet: the statement cannot be checked before the plug-ins run. hint: Did you mean "upper"?',
  ]);
});

test('without plug-ins it is an error', async () => {
  expect(await check(tools, temporaryFolder(), { setup })).toEqual([
    'mine.sql:1:8 error plan/sql-unknown-function There is no function "yell_at".',
    'setup.sql:2:28 error plan/sql-unknown-function There is no function "yell_at".',
    'wrong.sql:1:8 error plan/sql-unknown-function There is no function "uper". hint: Did you mean "upper"?',
  ]);
});

test('in a server the functions of plug-ins are known, and what is missing is an error', async () => {
  const database = await openTestDatabase({
    setup: [setupFile('setup.sql', 'CREATE TABLE people (name VARCHAR); CREATE TABLE loud (name VARCHAR)')],
  });
  const shout = { name: 'yell_at', parameters: ['VARCHAR'], returns: 'VARCHAR' };
  await database.defineFunctions([sqlFunction({ ...shout, row: text => `${text}!` })]);
  const lines = async () =>
    sortDiagnostics(await database.check(tools)).map(finding => formatLine([finding]).trimEnd());
  const wrong =
    'wrong.sql:1:8 error plan/sql-unknown-function There is no function "uper". hint: Did you mean "upper"?';
  expect(await lines()).toEqual([wrong]);
  await database.defineFunctions([sqlFunction({ ...shout, parameters: ['VARCHAR', 'INTEGER'], row: text => text })]);
  expect(await lines()).toEqual([
    'mine.sql:1:8 error plan/sql-binding Macro yell_at() does not support the supplied arguments. You might need to add explicit type casts.',
    wrong,
  ]);
  await database.close({ deadlineMs: 1000 });
});
