import { readdirSync, rmSync } from 'node:fs';
import { formatLine } from '@mxcp-ts/diagnostics';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createTypeScriptEngine } from '../../src/index.ts';
import { type BuiltGuest, buildGuest } from '../build-guest.ts';
import { type EndpointSketch, endpoint, plugin, project, writeFolder } from '../project-folder.ts';

let built: BuiltGuest;
beforeAll(async () => {
  built = await buildGuest();
});
afterAll(() => rmSync(built.folder, { recursive: true, force: true }));

/** `path:line:column severity code message hint` of every finding, sorted. */
async function check(files: Readonly<Record<string, string>>, sketches: readonly EndpointSketch[]): Promise<string[]> {
  const root = writeFolder(files);
  const definitions = sketches.map(sketch => endpoint(root, sketch));
  const found = await createTypeScriptEngine(built).check(definitions, project(root, definitions));
  expect(readdirSync(root).sort()).toEqual([...new Set(Object.keys(files).map(path => path.split('/')[0]))].sort());
  return formatLine(found)
    .split('\n')
    .filter(line => line !== '')
    .sort();
}

/** Findings about one tool `t`, whose YAML has its name in line 1, its file in 2, its function in 3, parameters from 4. */
function checkTool(code: string, rest: Partial<EndpointSketch> = {}): Promise<string[]> {
  return check({ 'tools/t.ts': code }, [{ name: 't', file: 'tools/t.ts', ...rest }]);
}

test('reports what does not parse at its line and column, after text of several bytes', async () => {
  expect(await checkTool(`// ünïcödé\nconst s = 'ééé😀'; const = 4;`)).toMatchInlineSnapshot(`
    [
      "tools/t.ts:2:26 error plan/code-syntax Expected identifier but found "=".",
    ]
  `);
});

test('reports the place in the first line also where the file asks for its own location', async () => {
  expect(await checkTool(`const = 4; export const t = () => import.meta.url;`)).toEqual([
    'tools/t.ts:1:7 error plan/code-syntax Expected identifier but found "=".',
  ]);
});

test('reports names that mxcp-ts/runtime does not have, where they are imported', async () => {
  const findings = await check(
    {
      'tools/a.ts': `import { db, elict, nonsense as n } from 'mxcp-ts/runtime';\nexport const a = () => [db, elict, n];`,
      'tools/b.ts': `import { z } from '../lib/z.ts';\nexport const b = () => z;`,
      'lib/z.ts': `import { type Tool, log, unused } from 'mxcp-ts/runtime';\nexport const z = () => log;`,
      'tools/c.js': `import { Secret } from 'mxcp-ts/runtime';\nexport const c = () => Secret;`,
      'tools/d.ts': `import type { Secret } from 'mxcp-ts/runtime';\nimport * as mxcp from 'mxcp-ts/runtime';\nexport const d = (): Secret => mxcp.config.secret('a');`,
    },
    ['a', 'b', 'd'].map(name => ({ name, file: `tools/${name}.ts` })).concat({ name: 'c', file: 'tools/c.js' }),
  );
  expect(findings).toEqual([
    'tools/a.ts:1:14 error plan/unresolved-import mxcp-ts/runtime has no "elict". hint: Did you mean "elicit"?',
    'tools/a.ts:1:21 error plan/unresolved-import mxcp-ts/runtime has no "nonsense".',
    'tools/c.js:1:10 error plan/unresolved-import mxcp-ts/runtime has no "Secret".',
  ]);
});

test('reports imports that lead nowhere, of every file at once', async () => {
  const findings = await check(
    {
      'tools/a.ts': `import { x } from './nope.ts';\nimport y from '@scope/pkg/sub';\nexport const a = () => [x, y];`,
      'tools/b.ts': `import { z } from '../lib/z.ts';\nexport const b = () => z;`,
      'lib/z.ts': `/* é */ import 'nothing'; export const z = 1;`,
      'tools/c.ts': `export const c = (;`,
    },
    ['a', 'b', 'c'].map(name => ({ name, file: `tools/${name}.ts` })),
  );
  expect(findings).toMatchInlineSnapshot(`
    [
      "lib/z.ts:1:16 error plan/unresolved-import "nothing" cannot be found. hint: Run \`npm install nothing\` in the project folder.",
      "tools/a.ts:1:19 error plan/unresolved-import "./nope.ts" cannot be found. hint: The path starts at the folder of the file that imports it.",
      "tools/a.ts:2:15 error plan/unresolved-import "@scope/pkg/sub" cannot be found. hint: Run \`npm install @scope/pkg\` in the project folder.",
      "tools/c.ts:1:19 error plan/code-syntax Unexpected ";".",
    ]
  `);
});

test('types are no imports, and node and mxcp-ts/runtime are there', async () => {
  expect(
    await checkTool(`
      import type { Nothing } from 'not-installed';
      import { db } from 'mxcp-ts/runtime';
      import { join } from 'node:path';
      import fs from 'fs/promises';
      export const t = (args: Nothing) => [db, join, fs, args];
    `),
  ).toEqual([]);
});

test('executes nothing', async () => {
  expect(await checkTool(`throw new Error('ran'); export const t = () => process.exit(9);`)).toEqual([]);
});

test('suggests the export that was most likely meant', async () => {
  expect(await checkTool('export const find_flight = () => 1;', { name: 'find_flights' })).toEqual([
    'tools/find_flights.yml:1:1 error plan/missing-export tools/t.ts has no export "find_flights". hint: Did you mean "find_flight"?',
  ]);
});

test.each([
  ['function t() {}\nexport const other = () => 1;', 'It has a function of that name: put `export` before it.'],
  ['export default function t() {}', 'A handler is a named export; the default export is not looked at.'],
  ['const x = 1;', 'Export a function of that name, or name another one with `function` below `source`.'],
  [
    'export interface t { a: 1 }',
    'Export a function of that name, or name another one with `function` below `source`.',
  ],
])('reports a missing export: %s', async (code, hint) => {
  expect(await checkTool(code)).toEqual([
    `tools/t.yml:1:1 error plan/missing-export tools/t.ts has no export "t". hint: ${hint}`,
  ]);
});

test('a missing export is reported at source.function when that is written', async () => {
  expect(await checkTool('export const findFlights = () => 1;', { function: 'findFlight' })).toMatchInlineSnapshot(`
    [
      "tools/t.yml:3:1 error plan/missing-export tools/t.ts has no export "findFlight". hint: Did you mean "findFlights"?",
    ]
  `);
});

test.each(['export const t = 5;', 'export const t = `text`;', 'class t {} export { t };'])(
  'reports an export that is no function: %s',
  async code => {
    expect(await checkTool(code)).toEqual([
      'tools/t.yml:1:1 error plan/missing-export The export "t" of tools/t.ts is not a function.',
    ]);
  },
);

test.each([
  'export function t() {}',
  'export async function* t() {}',
  'function inner() {}\nexport { inner as t };',
  'import { inner } from "./lib.ts";\nexport { inner as t };',
  'export { inner as t } from "./lib.ts";',
  'export * from "./lib.ts";',
  'export const { t } = { t: () => 1 };',
  'const wrap = <T>(f: T): T => f;\nexport const t = wrap(() => 1);',
  'export let t;\nt = () => 1;',
])('finds the function in %s', async code => {
  const files = { 'tools/t.ts': code, 'tools/lib.ts': 'export const inner = () => 1; export const t = inner;' };
  expect(await check(files, [{ name: 't', file: 'tools/t.ts' }])).toEqual([]);
});

test('finds what CommonJS exports only when it is run', async () => {
  expect(await check({ 'tools/t.cjs': 'exports.t = () => 1;' }, [{ name: 't', file: 'tools/t.cjs' }])).toEqual([]);
});

test('a resource calls the only export of its file; several are ambiguous', async () => {
  const one = {
    'r/one.ts': 'export const read = () => 1;',
    'r/two.ts': 'export const a = () => 1; export const b = a;',
  };
  expect(await check(one, [{ kind: 'resource', name: 'x', file: 'r/one.ts' }])).toEqual([]);
  expect(await check(one, [{ kind: 'resource', name: 'x', file: 'r/two.ts', function: 'a' }])).toEqual([]);
  expect(await check(one, [{ kind: 'resource', name: 'x', file: 'r/two.ts' }])).toMatchInlineSnapshot(`
    [
      "resources/x.yml:2:1 error plan/ambiguous-function r/two.ts exports 2 names; it is not clear which one to call. hint: Name it: \`function: a\` below \`source\`.",
    ]
  `);
});

const unusedB = 'tools/t.yml:5:1 warning plan/unused-parameter The function "t" does not take the parameter "b".';
const unusedA = 'tools/t.yml:4:1 warning plan/unused-parameter The function "t" does not take the parameter "a".';
const extraC =
  'tools/t.yml:2:1 error plan/extra-parameter The function "t" takes "cc", which is not a declared parameter. hint: Declare it below `parameters`, or give it a default in the function.';

test.each([
  ['export function t({ a, cc }: { a: string; cc: number }) {}', [extraC, unusedB]],
  ['export const t = async ({ a, cc = 1, ["b"]: x }) => {}', []],
  ['export const t = function ({ a, b: { inner } }, { unrelated }) {}', []],
  ['const t = ({ a } = {}) => 1; export { t };', [unusedB]],
  ['export const t = () => 1;', [unusedA, unusedB]],
])('compares the names that a function takes with the parameters: %s', async (code, expected) => {
  expect(await checkTool(code, { parameters: ['a', 'b'] })).toEqual(expected);
});

test.each([
  'export const t = (args) => args.zzz;',
  'export const t = ({ a, ...rest }) => rest;',
  'export const t = (...all) => all;',
  'export const t = ({ [key]: value }) => value; const key = "q";',
  'export const t = make(({ zzz }) => zzz); declare const make: any;',
])('is silent about shapes that say nothing: %s', async code => {
  expect(await checkTool(code, { parameters: ['a', 'b'] })).toEqual([]);
});

test('reports an extra parameter at source.function when that is written', async () => {
  expect(await checkTool('export const f = ({ colour }) => colour;', { function: 'f', parameters: ['color'] })).toEqual(
    [
      'tools/t.yml:3:1 error plan/extra-parameter The function "f" takes "colour", which is not a declared parameter. hint: Did you mean "color"?',
      'tools/t.yml:4:1 warning plan/unused-parameter The function "f" does not take the parameter "color".',
    ],
  );
});

test('reports plug-ins that do not build, also where nothing else is in this language', async () => {
  const root = writeFolder({
    'plugins/fine.ts': 'export const p = 1;',
    'plugins/syntax.ts': 'export const = 1;',
    'plugins/imports.ts': "import 'nothing';",
  });
  const plugins = ['fine', 'syntax', 'imports'].map(name => plugin(root, `plugins/${name}.ts`));
  const python = { ...plugin(root, 'plugins/other.py'), language: 'python' } as const;
  const found = await createTypeScriptEngine(built).check([], project(root, [], [...plugins, python]));
  expect(formatLine(found).trim().split('\n').sort()).toEqual([
    'plugins/imports.ts:1:8 error plan/unresolved-import "nothing" cannot be found. hint: Run `npm install nothing` in the project folder.',
    'plugins/syntax.ts:1:14 error plan/code-syntax Expected identifier but found "=".',
  ]);
});

test('a function takes what is asked of the caller beside its parameters', async () => {
  const findings = await checkTool('export const t = ({ code, sure, sur }) => [code, sure, sur];', {
    parameters: ['code'],
    elicit: ['sure'],
  });
  expect(findings).toEqual([
    'tools/t.yml:2:1 error plan/extra-parameter The function "t" takes "sur", which is not a declared parameter. hint: Did you mean "sure"?',
  ]);
});

test('of a JSON Schema for the arguments only one that allows no others says what is missing', async () => {
  const code = 'export const t = ({ a, b }) => [a, b];';
  const properties = { a: { type: 'string' } };
  expect(await checkTool(code, { parameters: ['a'], inputSchema: { type: 'object', properties } })).toEqual([]);
  const closed = { type: 'object', properties, additionalProperties: false };
  expect(await checkTool(code, { parameters: ['a'], inputSchema: closed })).toEqual([
    'tools/t.yml:2:1 error plan/extra-parameter The function "t" takes "b", which is not a declared parameter. hint: Declare it below `parameters`, or give it a default in the function.',
  ]);
});

test('handlers of prompts and completions are the only export; a completion need not take all it is given', async () => {
  const findings = await check(
    {
      'prompts/brief.ts': 'export const anything = ({ topic }) => topic;',
      'prompts/two.ts': 'export const a = () => 1; export const b = () => 2;',
      'prompts/topics.ts': 'export const topics = ({ value }) => [value];',
      'prompts/wrong.ts': 'export const wrong = ({ typed }) => [typed];',
    },
    [
      { kind: 'prompt', name: 'brief', file: 'prompts/brief.ts', parameters: ['topic', 'region'] },
      { kind: 'prompt', name: 'two', file: 'prompts/two.ts' },
      { kind: 'completion', name: 'topics', file: 'prompts/topics.ts', parameters: ['value', 'region'] },
      { kind: 'completion', name: 'wrong', file: 'prompts/wrong.ts', parameters: ['value'] },
    ],
  );
  expect(findings).toMatchInlineSnapshot(`
    [
      "completions/wrong.yml:2:1 error plan/extra-parameter The function "wrong" takes "typed", which is not a declared parameter. hint: Declare it below \`parameters\`, or give it a default in the function.",
      "prompts/brief.yml:5:1 warning plan/unused-parameter The function "anything" does not take the parameter "region".",
      "prompts/two.yml:2:1 error plan/ambiguous-function prompts/two.ts exports 2 names; it is not clear which one to call. hint: Name it: \`function: a\` below \`source\`.",
    ]
  `);
});
