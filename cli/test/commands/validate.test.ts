import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeProject } from '../../../tests/support/make-project.ts';
import { runProgram } from '../../../tests/support/program.ts';
import { brokenSql, brokenYaml, greet, json } from '../support/projects.ts';

const files = { 'tools/broken.yml': brokenSql, 'tools/greet.yml': greet, 'tools/yaml.yml': brokenYaml };

test.concurrent('prints every finding of every file, and counts on stderr', async () => {
  expect(await runProgram(['validate', '-C', makeProject(files)])).toEqual({
    exitCode: 1,
    stdout: `tools/broken.yml:6:21  error  plan/sql-syntax
  5 |   source:
  6 |     code: SELECT 1 +
    |                     ^
  Syntax error at end of input.

tools/yaml.yml:3:1  error  yaml/syntax
  2 | tool: [
  3 |
    | ^
  A list that starts with [ is not closed.

`,
    stderr: '3 endpoint files checked: 2 errors.\n',
  });
});

test.concurrent('--format line is one line each', async () => {
  expect(await runProgram(['validate', '--format', 'line', '-C', makeProject(files)])).toMatchObject({
    exitCode: 1,
    stdout: `tools/broken.yml:6:21 error plan/sql-syntax Syntax error at end of input.
tools/yaml.yml:3:1 error yaml/syntax A list that starts with [ is not closed.
`,
  });
});

test.concurrent('--json lists files and findings', async () => {
  const found = {
    severity: 'error',
    path: 'tools/broken.yml',
    hint: null,
    line: 6,
    column: 21,
    endLine: 6,
    endColumn: 21,
  };
  const { exitCode, stdout, stderr } = await runProgram([
    'validate',
    '--json',
    '-C',
    makeProject(files),
    'broken',
    'greet',
  ]);
  expect([exitCode, stderr, JSON.parse(stdout)]).toEqual([
    1,
    '',
    {
      status: 'ok',
      result: {
        status: 'error',
        validated: [
          { status: 'error', path: 'tools/broken.yml', message: 'Syntax error at end of input.' },
          { status: 'ok', path: 'tools/greet.yml' },
        ],
        diagnostics: [{ ...found, code: 'plan/sql-syntax', message: 'Syntax error at end of input.' }],
      },
    },
  ]);
});

test.concurrent('takes names, paths from where one stands, folders and the site file', async () => {
  const folder = makeProject(files);
  const cwd = join(folder, 'tools');
  const outcomes = await Promise.all(
    [['greet'], ['greet.yml'], ['tools/greet.yml', 'greet'], ['../mxcp-site.yml'], ['.'], ['..']].map(async targets => {
      const { exitCode, stderr } = await runProgram(['validate', '--format', 'line', ...targets], { cwd });
      return [exitCode, stderr];
    }),
  );
  expect(outcomes).toEqual([
    [0, '1 endpoint file checked: no findings.\n'],
    [0, '1 endpoint file checked: no findings.\n'],
    [0, '1 endpoint file checked: no findings.\n'],
    [0, '0 endpoint files checked: no findings. Put YAML files into tools/, resources/ or prompts/.\n'],
    [1, '3 endpoint files checked: 2 errors.\n'],
    [1, '3 endpoint files checked: 2 errors.\n'],
  ]);
});

test.concurrent('a name that is not there is said with what is near', async () => {
  expect(await runProgram(['validate', '--json', 'gret', '-C', makeProject(files)])).toMatchObject({
    exitCode: 1,
    stdout: json({
      status: 'error',
      error: 'There is no endpoint and no endpoint file "gret".',
      code: 'not-found',
      hint: 'Did you mean "greet"?',
    }),
  });
});

test.concurrent('warnings are fine, unless --strict', async () => {
  const folder = makeProject({ 'tools/greet.yml': greet.replace('name: greet', 'name: greet.you') });
  expect(await runProgram(['validate', '-C', folder])).toMatchObject({
    exitCode: 0,
    stderr: '1 endpoint file checked: 1 warning.\n',
  });
  expect(await runProgram(['validate', '--strict', '-C', folder])).toMatchObject({ exitCode: 1 });
});

test.concurrent('an unknown profile is an error, and so is a broken site file', async () => {
  const folder = makeProject({ 'tools/greet.yml': greet });
  expect(await runProgram(['validate', '--format', 'line', '--profile', 'nope', '-C', folder])).toMatchObject({
    exitCode: 1,
    stdout:
      'error config/profile-not-found --profile names the profile "nope", which no file defines. hint: Known profiles: default.\n',
  });
  const broken = makeProject({ 'mxcp-site.yml': 'mxcp: 1\nprojct: test\nprofile: default\n' });
  const { exitCode, stdout } = await runProgram(['validate', '--format', 'line', '-C', broken]);
  expect([exitCode, stdout]).toEqual([
    1,
    'mxcp-site.yml:2:1 error project/unknown-field "projct" is not a field here. hint: Did you mean "project"?\n',
  ]);
});

test.concurrent('tools of packs are checked and listed too', async () => {
  const folder = makeProject({ 'mxcp-site.yml': 'mxcp: 1\nproject: test\nprofile: default\npacks: [sql]\n' });
  const { exitCode, stdout } = await runProgram(['validate', '--json', '-C', folder]);
  expect([exitCode, JSON.parse(stdout).result.validated]).toEqual([
    0,
    ['execute_sql_query', 'get_table_schema', 'list_tables'].map(name => ({
      status: 'ok',
      path: `mxcp-ts:tools/sql/tools/${name}.yml`,
    })),
  ]);
});
