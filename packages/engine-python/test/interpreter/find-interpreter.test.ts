import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { findInterpreter, rememberProbes } from '../../src/interpreter/find-interpreter.ts';
import { pythonEnvironment } from '../../src/interpreter/python-environment.ts';
import { makeProject } from '../support/make-project.ts';

const python = execFileSync('python3', ['-c', 'import sys; print(sys.executable)'], { encoding: 'utf8' }).trim();
const env = { PATH: process.env['PATH'], HOME: process.env['HOME'] };

/** What `python -m venv` makes, as far as an interpreter looks at it. */
function makeVirtualEnv(folder: string): string {
  mkdirSync(join(folder, 'bin'), { recursive: true });
  writeFileSync(join(folder, 'pyvenv.cfg'), `home = ${dirname(python)}\n`);
  symlinkSync(python, join(folder, 'bin/python'));
  return join(folder, 'bin/python');
}

function script(file: string, output: string): string {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, `#!/bin/sh\nprintf '${output}'\n`);
  chmodSync(file, 0o755);
  return file;
}

test('the .venv of the project wins over $VIRTUAL_ENV, which wins over the path', async () => {
  const { project } = makeProject({});
  const active = join(project.root, 'active');
  makeVirtualEnv(active);
  expect(await findInterpreter(project, env)).toMatchObject({ ok: true, interpreter: { executable: python } });
  expect(await findInterpreter(project, { ...env, VIRTUAL_ENV: active })).toMatchObject({
    interpreter: { executable: join(active, 'bin/python'), virtualEnv: active },
  });
  makeVirtualEnv(join(project.root, '.venv'));
  expect(await findInterpreter(project, { ...env, VIRTUAL_ENV: active })).toMatchObject({
    interpreter: { executable: join(project.root, '.venv/bin/python'), virtualEnv: join(project.root, '.venv') },
  });
});

test('a .venv that is too old is named, not passed over', async () => {
  const { project } = makeProject({});
  script(join(project.root, '.venv/bin/python'), '/old/python\\n3.8.10\\n');
  const found = await findInterpreter(project, env);
  expect(JSON.parse(JSON.stringify(found).replaceAll(project.root, '<root>'))).toEqual({
    ok: false,
    message:
      'There is no usable Python interpreter: <root>/.venv/bin/python (the project’s .venv) is Python 3.8.10, older than 3.10.',
    hint: 'Install Python 3.10 or newer, or name an interpreter in the site file as `python.interpreter`.',
  });
});

test('an interpreter is asked once, one that did not run each time', async () => {
  const { project } = makeProject({});
  const command = script(join(project.root, '.venv/bin/python'), 'no python');
  const probe = rememberProbes();
  expect(await findInterpreter(project, env, probe)).toMatchObject({ ok: false });
  script(command, '/new/python\\n3.12.1\\n');
  expect(await findInterpreter(project, env, probe)).toMatchObject({ ok: true, interpreter: { version: '3.12.1' } });
  script(command, '/new/python\\n3.13.0\\n');
  expect(await findInterpreter(project, env, probe)).toMatchObject({ ok: true, interpreter: { version: '3.12.1' } });
});

test('programs of the interpreter come first on the path of its processes', () => {
  const { project } = makeProject({});
  const interpreter = { executable: '/x/.venv/bin/python', version: '3.11.0', virtualEnv: '/x/.venv' };
  expect(pythonEnvironment(interpreter, project.root, { PATH: '/usr/bin', VIRTUAL_ENV: '/other' })).toEqual({
    PATH: '/x/.venv/bin:/usr/bin',
    VIRTUAL_ENV: '/x/.venv',
    PYTHONUNBUFFERED: '1',
  });
});
