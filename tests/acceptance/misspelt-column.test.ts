import { cpSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeFolder } from '../support/make-project.ts';
import { runProgram } from '../support/program.ts';

const flights = fileURLToPath(new URL('../../examples/flights', import.meta.url));

test('without a database, a misspelt column of the flagship is found at its place and no database is made', async () => {
  const folder = join(makeFolder(), 'flights');
  cpSync(flights, folder, { recursive: true, filter: path => !/node_modules|\.duckdb(\.wal)?$/.test(path) });
  const file = join(folder, 'tools/find-flights.yml');
  const before = readFileSync(file, 'utf8');
  const after = before.replace('ORDER BY departure', 'ORDER BY departture');
  expect(after).not.toBe(before);
  writeFileSync(file, after);
  const line = after.slice(0, after.indexOf('departture')).split('\n').length;
  const column = (after.split('\n')[line - 1]?.indexOf('departture') ?? 0) + 1;

  const { exitCode, stdout } = await runProgram(['validate', '--format', 'line'], { cwd: folder });
  expect(stdout).toContain(`tools/find-flights.yml:${line}:${column} error plan/sql-unknown-column`);
  expect(stdout.trim().split('\n')).toHaveLength(1);
  expect(exitCode).toBe(1);
  expect(existsSync(join(folder, 'data/flights.duckdb'))).toBe(false);
});
