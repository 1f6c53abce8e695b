import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { makeFolder } from '../support/make-project.ts';
import { runProgram } from '../support/program.ts';

const example = fileURLToPath(new URL('../../examples/flights', import.meta.url));
const manifest = fileURLToPath(new URL('../../cli/package.json', import.meta.url));
const compiler = createRequire(import.meta.url).resolve('typescript/bin/tsc');

/** A copy of the example, with `mxcp-ts` as its package as an author has it installed. */
async function copyExample(): Promise<string> {
  const folder = makeFolder();
  cpSync(example, folder, { recursive: true, filter: path => !/node_modules|[\\/]data(?:[\\/]|$)/.test(path) });
  const installed = join(folder, 'node_modules/mxcp-ts');
  mkdirSync(join(installed, 'dist'), { recursive: true });
  cpSync(manifest, join(installed, 'package.json'));
  const { writeTypes } = (await import('../../scripts/build.mjs' as string)) as { writeTypes(folder: string): void };
  writeTypes(join(installed, 'dist'));
  return folder;
}

/** What `tsc` says in a folder: nothing when all is well. */
function compile(folder: string): string {
  try {
    execFileSync(process.execPath, [compiler, '--noEmit', '--pretty', 'false'], { cwd: folder, encoding: 'utf8' });
    return '';
  } catch (error) {
    return String(error instanceof Error && 'stdout' in error ? error.stdout : error);
  }
}

function edit(folder: string, path: string, from: string, to: string): void {
  const text = readFileSync(join(folder, path), 'utf8');
  if (!text.includes(from)) throw new Error(`${path} does not hold ${from}`);
  writeFileSync(join(folder, path), text.replace(from, to));
}

test('the types of the example are those of its YAML', async () => {
  expect(await runProgram(['types', '--check', '-C', example])).toEqual({
    exitCode: 0,
    stdout: 'mxcp-types.d.ts: unchanged\npython/mxcp_types.py: unchanged\n',
    stderr: '',
  });
});

test("a wrong argument name, result or tool in a handler fails its author's tsc at its line", async () => {
  const folder = await copyExample();
  expect(compile(folder)).toBe('');
  const file = 'typescript/great-circle-route.ts';
  edit(folder, file, 'async ({ origin, destination, steps })', 'async ({ orign, destination, steps })');
  edit(folder, file, 'distance_km: rounded(km, 1)', 'distance_km: String(km)');
  edit(folder, 'typescript/compare-airports.ts', "Tool<'compare_airports'>", "Tool<'compare_airport'>");
  const lines = readFileSync(join(folder, file), 'utf8').split('\n');
  const lineOf = (text: string) => lines.findIndex(line => line.includes(text)) + 1;
  const found = compile(folder).split('\n');
  expect(found).toContainEqual(
    expect.stringMatching(
      `^${file}\\(${lineOf('orign')},\\d+\\): error TS2339: Property 'orign' does not exist on type`,
    ),
  );
  expect(found).toContainEqual(expect.stringMatching(/^typescript\/compare-airports\.ts\(\d+,\d+\): error TS2344: /));
  edit(folder, file, 'orign', 'origin');
  expect(compile(folder)).toContain(`Type 'string' is not assignable to type 'number'`);
});

test('types follow the YAML: a renamed parameter fails the handler that is not renamed', async () => {
  const folder = await copyExample();
  edit(folder, 'tools/great-circle-route.yml', 'name: steps', 'name: parts');
  const written = await runProgram(['types', '-C', folder]);
  expect(written.stdout).toBe('mxcp-types.d.ts: written\npython/mxcp_types.py: unchanged\n');
  expect(compile(folder)).toMatch(/^typescript\/great-circle-route\.ts\(\d+,\d+\): error TS2339: Property 'steps' /);
});
