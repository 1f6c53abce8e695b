import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeFolder, makeProject } from '../../../tests/support/make-project.ts';
import { program, runProgram } from '../../../tests/support/program.ts';
import { runHere } from '../support/run-here.ts';

test('makes a project whose samples validate and run, and says what to do next', async () => {
  const cwd = makeFolder();
  expect(await runProgram(['init', 'my demo', '--bootstrap', '--yes'], { cwd })).toEqual({
    exitCode: 0,
    stdout: `  my demo/mxcp-site.yml
  my demo/.gitignore
  my demo/requirements.txt
  my demo/tools/hello-world.yml
  my demo/sql/hello-world.sql
  my demo/tools/word-count.yml
  my demo/typescript/word-count.ts
  my demo/tools/text-statistics.yml
  my demo/python/text_statistics.py
`,
    stderr: `
Next: cd 'my demo' && mxcp-ts validate
      mxcp-ts run tool hello_world --param name=World
      mxcp-ts serve
`,
  });
  const folder = join(cwd, 'my demo');
  expect(await runProgram(['validate', '--strict', '-C', folder])).toEqual({
    exitCode: 0,
    stdout: '',
    stderr: '3 endpoint files checked: no findings.\n',
  });
  const results = [];
  for (const [tool, param] of [
    ['hello_world', 'name=World'],
    ['word_count', 'text=to be or not to be'],
    ['text_statistics', 'text=a bit longer'],
  ] as const) {
    results.push(
      JSON.parse((await runProgram(['run', 'tool', tool, '-p', param, '--json', '-C', folder])).stdout).result,
    );
  }
  expect(results).toEqual(['Hello, World!', { words: 6, different: 4 }, { longest: 'longer', mean_length: 3.33 }]);
});

test.each(['it\'s "ü" & co', '日本', '123', 'null', 'a: b # c'])('the project may be called %s', async name => {
  const folder = join(makeFolder(), name);
  expect((await runHere(['init', folder, '--yes'])).exitCode).toBe(0);
  expect(await runHere(['validate', '--strict', '-C', folder])).toMatchObject({ exitCode: 0, stdout: '' });
  const list = await runHere(['list', '--json', '-C', folder]);
  expect(JSON.parse(list.stdout)).toEqual({ status: 'ok', result: { status: 'ok', endpoints: [] } });
  expect(list.stderr).toBe('');
});

test('refuses a project, a folder inside one, and a file, and writes nothing', async () => {
  const folder = makeProject({ 'a-file': '' });
  const said = async (path: string) => {
    const { exitCode, stdout, stderr } = await runHere(['init', path, '--yes']);
    return [exitCode, stdout, stderr.split('\n')[0]];
  };
  expect(await said(folder)).toEqual([2, '', `There is a project in ${folder} already.`]);
  expect(await said(join(folder, 'deep/er'))).toEqual([2, '', `There is a project in ${folder} already.`]);
  expect(await said(join(folder, 'a-file'))).toEqual([2, '', `${join(folder, 'a-file')} is a file, not a folder.`]);
  expect([existsSync(join(folder, 'deep')), existsSync(join(folder, 'tools'))]).toEqual([false, false]);
});

test('overwrites nothing that is there already', async () => {
  const folder = makeFolder();
  writeFileSync(join(folder, '.gitignore'), 'mine\n');
  expect((await runHere(['init', folder, '--yes'])).exitCode).toBe(0);
  expect(readFileSync(join(folder, '.gitignore'), 'utf8')).toBe('mine\n');
});

test('--client-config says how to start this project, also for one that is there', async () => {
  const folder = makeProject({});
  expect(await runHere(['init', folder, '--client-config', '--json'])).toEqual({
    exitCode: 0,
    stdout: `${JSON.stringify({ status: 'ok', result: { folder, files: ['server_config.json'] } }, null, 2)}\n`,
    stderr: '',
  });
  expect(JSON.parse(readFileSync(join(folder, 'server_config.json'), 'utf8'))).toEqual({
    mcpServers: {
      test: { command: process.execPath, args: [program, 'serve', '--transport', 'stdio', '-C', folder] },
    },
  });
});
