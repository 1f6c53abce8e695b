import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, makeProject } from '../../../tests/support/make-project.ts';
import { brokenSql, brokenYaml, greet, json } from '../support/projects.ts';
import { runHere } from '../support/run-here.ts';

const typed = (name: string, extension: string) => ({
  [`tools/${name}.yml`]: `mxcp: 1\ntool: { name: ${name}, source: { file: ../python/${name}.${extension} } }\n`,
  [`python/${name}.${extension}`]: '',
});
const files = { ...typed('a', 'ts'), ...typed('b', 'py') };
const types = (folder: string, ...options: string[]) => runHere(['types', ...options, '-C', folder]);

test('writes, says what is out of date, and writes nothing twice', async () => {
  const folder = makeProject(files);
  const advice = 'Run `mxcp-ts types` and commit what it writes.\n';
  expect(await types(folder, '--check')).toEqual({
    exitCode: 1,
    stdout: 'mxcp-types.d.ts: out of date\npython/mxcp_types.py: out of date\n',
    stderr: advice,
  });
  expect(await types(folder)).toEqual({
    exitCode: 0,
    stdout: 'mxcp-types.d.ts: written\npython/mxcp_types.py: written\n',
    stderr: '',
  });
  expect(readFileSync(join(folder, 'python/mxcp_types.py'), 'utf8')).toContain('class B(Protocol):');
  expect(await types(folder, '--check', '--json')).toEqual({
    exitCode: 0,
    stdout: json({
      status: 'ok',
      result: {
        status: 'ok',
        files: [
          { language: 'typescript', path: 'mxcp-types.d.ts', state: 'unchanged' },
          { language: 'python', path: 'python/mxcp_types.py', state: 'unchanged' },
        ],
      },
    }),
    stderr: '',
  });
});

test('--out is a folder, made when it is missing', async () => {
  const out = join(makeFolder(), 'deep/types');
  const { exitCode, stdout } = await types(makeProject(files), '--out', out);
  expect([exitCode, stdout]).toEqual([0, `${out}/mxcp-types.d.ts: written\n${out}/mxcp_types.py: written\n`]);
});

test('SQL alone needs no types', async () => {
  expect(await types(makeProject({ 'tools/greet.yml': greet }))).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: 'No endpoint has a TypeScript or Python file as its handler, so there is nothing to write.\n',
  });
});

test('a broken endpoint file writes nothing: types without it would be wrong', async () => {
  const folder = makeProject({ ...files, 'tools/yaml.yml': brokenYaml });
  const { exitCode, stdout, stderr } = await types(folder);
  expect([exitCode, stdout]).toEqual([1, '']);
  expect(stderr).toBe(`tools/yaml.yml:3:1  error  yaml/syntax
  2 | tool: [
  3 |
    | ^
  A list that starts with [ is not closed.

The project has errors, so its types cannot be written.
`);
  expect(existsSync(join(folder, 'mxcp-types.d.ts'))).toBe(false);
});

test('neither SQL that is wrong nor a variable that is not set here stands in the way', async () => {
  const site =
    'mxcp: 1\nproject: test\nprofile: default\nprofiles: { default: { duckdb: { path: "$UNSET" } } }\n'.replace(
      '$UNSET',
      '$'.concat('{NO_SUCH_VARIABLE}'),
    );
  const { exitCode, stderr } = await types(
    makeProject({ ...files, 'mxcp-site.yml': site, 'tools/broken.yml': brokenSql }),
  );
  expect([exitCode, stderr]).toEqual([0, '']);
});
