import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeProject } from '../../../tests/support/make-project.ts';
import { program, runProgram } from '../../../tests/support/program.ts';
import { json } from '../support/projects.ts';

const folder = makeProject({});
const query = (...args: string[]) => runProgram(['query', '-C', folder, ...args]);

test('prints rows as a table, or as JSON', async () => {
  expect(await query("SELECT 1 AS n, 'a' AS t")).toEqual({
    exitCode: 0,
    stdout: 'n │ t\n──┼──\n1 │ a\n1 row\n',
    stderr: '',
  });
  expect(await query("SELECT $a::INTEGER AS a, DATE '2024-02-29' AS d", '-p', 'a=1', '--json')).toEqual({
    exitCode: 0,
    stdout: json({ status: 'ok', result: [{ a: 1, d: '2024-02-29' }] }),
    stderr: '',
  });
});

test('what DuckDB refuses is told with its kind', async () => {
  expect(await query('SELECT * FROM nowhere', '--json')).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('"code": "query-failed",\n  "type": "Catalog"'),
  });
});

test('a read-only database is not written to', async () => {
  await query('CREATE TABLE t (n INTEGER)');
  expect(await query('INSERT INTO t VALUES (1)', '--readonly', '--json')).toMatchObject({
    exitCode: 1,
    stdout: expect.stringContaining('"code": "query-failed"'),
  });
});

test('--no-readonly wins over the profile', async () => {
  const site = 'mxcp: 1\nproject: test\nprofile: default\nprofiles:\n  default:\n    duckdb: { readonly: true }\n';
  const readOnly = makeProject({ 'mxcp-site.yml': site });
  const create = ['query', '-C', readOnly, 'CREATE TABLE t (n INTEGER)'];
  expect((await runProgram([...create, '--no-readonly'])).exitCode).toBe(0);
  expect((await runProgram(create)).exitCode).toBe(1);
});

test('a broken configuration stands in the way, and no database is made', async () => {
  const broken = makeProject({ 'mxcp-site.yml': 'mxcp: 1\nproject: test\nprofile: default\nprofilez: {}\n' });
  const { exitCode, stdout } = await runProgram(['query', 'SELECT 1', '--json', '-C', broken]);
  expect([exitCode, JSON.parse(stdout)]).toEqual([
    1,
    {
      status: 'error',
      error: 'The configuration of the project has errors.',
      code: 'invalid-project',
      diagnostics: [
        expect.objectContaining({ code: 'project/unknown-field', path: 'mxcp-site.yml', line: 4, column: 1 }),
      ],
    },
  ]);
  expect(existsSync(join(broken, 'data'))).toBe(false);
});

test('Ctrl-C cancels and exits with 130', async () => {
  const endless = 'SELECT count(*) FROM range(100000000) a, range(100000000) b WHERE hash(a.range + b.range) = 1';
  const child = spawn(process.execPath, [program, 'query', '-C', folder, '--json', endless], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let stdout = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  const ended = new Promise(resolve => child.once('close', resolve));
  await new Promise(resolve => setTimeout(resolve, 1_500));
  child.kill('SIGINT');
  expect(await ended).toBe(130);
  expect(stdout).toBe(json({ status: 'error', error: 'The query was cancelled.', code: 'cancelled' }));
});

test('a reader that has seen enough is no error', async () => {
  const child = spawn(
    'sh',
    [
      '-c',
      `"$0" "$1" query -C "$2" --json "SELECT * FROM range(300000)" | head -1; exit 0`,
      process.execPath,
      program,
      folder,
    ],
    {
      stdio: ['ignore', 'pipe', 'pipe'],
    },
  );
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  }
  await new Promise(resolve => child.once('close', resolve));
  expect(output).toBe('{\n');
});
