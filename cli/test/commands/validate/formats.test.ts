import { dirname, relative } from 'node:path';
import { expect, test } from 'vitest';
import { makeProject } from '../../../../tests/support/make-project.ts';
import { runProgram } from '../../../../tests/support/program.ts';
import { brokenSql, brokenYaml } from '../../support/projects.ts';

const folder = makeProject({ 'tools/broken.yml': brokenSql, 'tools/yaml.yml': brokenYaml });
const parent = dirname(folder);
const name = relative(parent, folder);
const validate = (format: string, env: Record<string, string> = {}, cwd = folder) =>
  runProgram(['validate', '--format', format, '-C', folder], { cwd, env: { GITHUB_WORKSPACE: '', ...env } });

test.concurrent('--format github annotates the lines of a pull request', async () => {
  const commands = (
    path: string,
  ) => `::error file=${path}tools/broken.yml,line=6,col=21,endColumn=21,title=plan/sql-syntax::Syntax error at end of input.
::error file=${path}tools/yaml.yml,line=3,col=1,endColumn=1,title=yaml/syntax::A list that starts with [ is not closed.
`;
  const stderr = '2 endpoint files checked: 2 errors.\n';
  expect(await validate('github')).toEqual({ exitCode: 1, stdout: commands(''), stderr });
  expect((await validate('github', {}, parent)).stdout).toBe(commands(`${name}/`));
  expect((await validate('github', { GITHUB_WORKSPACE: parent })).stdout).toBe(commands(`${name}/`));
  expect((await validate('github', { GITHUB_WORKSPACE: '/no/such/folder' })).stdout).toBe(commands(''));
});

test.concurrent('--format sarif is one document', async () => {
  const { exitCode, stdout } = await validate('sarif', { GITHUB_WORKSPACE: parent });
  const log = JSON.parse(stdout);
  const [{ results, tool }] = log.runs;
  expect([exitCode, log.version, tool.driver.name, tool.driver.version]).toEqual([
    1,
    '2.1.0',
    'mxcp-ts',
    expect.stringMatching(/^\d+\.\d+\.\d+$/),
  ]);
  expect(results.map(({ ruleId, locations }: { ruleId: string; locations: unknown }) => [ruleId, locations])).toEqual([
    ['plan/sql-syntax', [locationOf('tools/broken.yml', { startLine: 6, startColumn: 21, endLine: 6, endColumn: 21 })]],
    ['yaml/syntax', [locationOf('tools/yaml.yml', { startLine: 3, startColumn: 1, endLine: 3, endColumn: 1 })]],
  ]);
});

test.concurrent.each(['github', 'sarif'])('--infer has no place in --format %s', async format => {
  expect(await runProgram(['validate', '--infer', '--format', format, '-C', folder])).toEqual({
    exitCode: 2,
    stdout: '',
    stderr: `--infer cannot be used with --format ${format}.\n`,
  });
});

function locationOf(path: string, region: object) {
  return { physicalLocation: { artifactLocation: { uri: `${name}/${path}` }, region } };
}
