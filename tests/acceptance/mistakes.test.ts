import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { runProgram } from '../support/program.ts';

const folder = fileURLToPath(new URL('../cases/mistakes', import.meta.url));

/** What each file says of itself, written by hand: `# expect: code line:col`. */
function expectations(): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
    /\.(yml|py|sql|ts)$/.test(name),
  );
  return files.flatMap(name => {
    const texts = [...readFileSync(join(folder, name), 'utf8').matchAll(/^# expect: (\S+) (\d+:\d+)$/gm)];
    return texts.map(([, code, place]) => `${name}:${place} ${code}`);
  });
}

interface JsonFinding {
  readonly path: string;
  readonly line: number;
  readonly column: number;
  readonly code: string;
}

test('a project with 20 mistakes gives exactly those findings, each at its line and column, in one run', async () => {
  const { exitCode, stdout } = await runProgram(['validate', '-C', folder, '--json']);
  const { result } = JSON.parse(stdout) as { result: { diagnostics: JsonFinding[] } };
  const found = result.diagnostics.map(({ path, line, column, code }) => `${path}:${line}:${column} ${code}`);
  expect(found.toSorted()).toEqual(expectations().toSorted());
  expect(found).toHaveLength(20);
  expect(exitCode).toBe(1);
});
