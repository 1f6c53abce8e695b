import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as runtime from '../../packages/sdk-typescript/src/runtime.ts';
import { readPage, repository } from './support/read-page.ts';

test('the page on TypeScript names every export of mxcp-ts/runtime', () => {
  expect(missingFrom('runtime-typescript', Object.keys(runtime))).toEqual([]);
});

test('the page on Python names every export of mxcp.runtime, apart from the classes of DuckDB errors', () => {
  const source = readFileSync(`${repository}packages/sdk-python/src/mxcp/runtime.py`, 'utf8');
  const exported = [...(/__all__ = \[(.*?)\]/s.exec(source)?.[1] ?? '').matchAll(/"(\w+)"/g)].map(
    ([, name = '']) => name,
  );
  const own = exported.filter(name => !name.endsWith('Exception'));
  expect(own).toContain('db');
  expect(missingFrom('runtime-python', own)).toEqual([]);
});

test('the page on the command line names every environment variable that is read', () => {
  const names = sourcesOf().flatMap(text => [...text.matchAll(/\benv\['([A-Z_]+)'\]/g)].map(([, name = '']) => name));
  expect(names).toContain('MXCP_PROFILE');
  expect(
    missingFrom(
      'cli',
      names.filter(name => name !== 'PATH'),
    ),
  ).toEqual([]);
});

test('the page on the command line names every route of the admin socket', () => {
  const source = readFileSync(`${repository}packages/admin/src/protocol.ts`, 'utf8');
  const routes = [...source.matchAll(/'((?:GET|POST) \/\w+)'/g)].map(([, route = '']) => route);
  expect(routes).toContain('GET /status');
  expect(missingFrom('cli', routes)).toEqual([]);
});

test('the page on the command line names every code of an error that ends a command', () => {
  const source = readFileSync(`${repository}packages/diagnostics/src/mxcp-error.ts`, 'utf8');
  const codes = [...source.matchAll(/^ {2}\| '([a-z-]+)'/gm)].map(([, code = '']) => code);
  expect(codes).toContain('no-project');
  expect(missingFrom('cli', codes)).toEqual([]);
});

test('the page on serving names every outcome', () => {
  const source = readFileSync(`${repository}packages/runtime/src/outcome.ts`, 'utf8');
  const kinds = [...source.matchAll(/readonly kind: '([a-z-]+)'/g)].map(([, kind = '']) => kind);
  expect(kinds).toContain('timed-out');
  expect(missingFrom('serving', kinds)).toEqual(['denied']);
});

/** The names that a page of the reference does not have between backticks, alone or at the start of a longer text. */
function missingFrom(page: string, names: readonly string[]): readonly string[] {
  const { text } = readPage(`docs/reference/${page}.md`);
  const code = [...text.replace(/^```.*?^```$/gms, '').matchAll(/`([^`]+)`/g)].map(([, inner = '']) => inner);
  const isNamed = (name: string) => code.some(inner => new RegExp(`^@?${name}(?![\\w-])`).test(inner));
  return [...new Set(names)].filter(name => !isNamed(name));
}

/** The text of every TypeScript source of the product. */
function sourcesOf(): readonly string[] {
  const folders = ['cli', ...readdirSync(`${repository}packages`).map(name => `packages/${name}`)];
  return folders.flatMap(folder =>
    readdirSync(`${repository}${folder}/src`, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.ts'))
      .map(name => readFileSync(`${repository}${folder}/src/${name}`, 'utf8')),
  );
}
