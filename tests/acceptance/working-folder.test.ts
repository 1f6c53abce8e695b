import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makeProject } from '../support/make-project.ts';
import { runProgram } from '../support/program.ts';

test('relative paths in SQL start at the project, wherever the command was given', async () => {
  const folder = makeProject({ 'in.csv': 'a\n1\n' });
  mkdirSync(join(folder, 'below'));
  const copied = await runProgram(['query', '--json', "COPY (FROM 'in.csv') TO 'out.csv'"], {
    cwd: join(folder, 'below'),
  });
  expect(JSON.parse(copied.stdout)).toEqual({ status: 'ok', result: [{ Count: 1 }] });
  expect(existsSync(join(folder, 'out.csv'))).toBe(true);
  const read = await runProgram(['query', '--json', "FROM 'out.csv'", '-C', folder], { cwd: realpathSync(tmpdir()) });
  expect(JSON.parse(read.stdout)).toEqual({ status: 'ok', result: [{ a: 1 }] });
});
