import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { withTestEngine } from '../start-test-engine.ts';

const startTestEngine = withTestEngine();
const ok = (value: unknown) => ({ kind: 'ok', value });

test('calls named exports of .ts, .js, .mjs and .cjs files, sync and async', async () => {
  const { call, engine } = await startTestEngine(
    {
      'tools/typed.ts': `
        interface Args { name: string; times?: number }
        export async function greet({ name, times = 1 }: Args): Promise<string> { return ('Hi ' + name).repeat(times); }
        export const sum = ({ a, b }: { a: number; b: number }) => a + b;
      `,
      'lib/plain.js': `export function twice(args) { return args.n * 2 }`,
      'lib/module.mjs': `function inner() { return 'renamed' } export { inner as outer }`,
      'lib/old.cjs': `const { platform } = require('node:os'); exports.common = () => typeof platform();`,
      'resources/only.ts': `export const read = () => 'contents';`,
    },
    [
      { name: 'greet', file: 'tools/typed.ts' },
      { name: 'add', file: 'tools/typed.ts', function: 'sum' },
      { name: 'twice', file: 'lib/plain.js' },
      { name: 'outer', file: 'lib/module.mjs' },
      { name: 'common', file: 'lib/old.cjs' },
      { kind: 'resource', name: 'docs://readme', file: 'resources/only.ts' },
    ],
  );
  expect(engine.diagnostics).toEqual([]);
  expect(await call('greet', { name: 'Ada', times: 2 })).toEqual(ok('Hi AdaHi Ada'));
  expect(await call('add', { a: 1, b: 2 })).toEqual(ok(3));
  expect(await call('twice', { n: 4 })).toEqual(ok(8));
  expect(await call('outer')).toEqual(ok('renamed'));
  expect(await call('common')).toEqual(ok('string'));
  expect(await call('docs://readme')).toEqual(ok('contents'));
});

test('a module that several handlers import exists once', async () => {
  const { call } = await startTestEngine(
    {
      'shared/counter.ts': `let count = 0; export const next = () => ++count;`,
      'tools/a.ts': `import { next } from '../shared/counter.ts'; export const a = () => next();`,
      'tools/b.ts': `import { next } from '../shared/counter'; export const b = () => next();`,
    },
    [
      { name: 'a', file: 'tools/a.ts' },
      { name: 'b', file: 'tools/b.ts' },
    ],
  );
  expect([await call('a'), await call('b'), await call('a')]).toEqual([ok(1), ok(2), ok(3)]);
});

test('uses the packages of the project as Node does: conditions, CommonJS, subpaths, JSON', async () => {
  const { call } = await startTestEngine(
    {
      'node_modules/modern/package.json': `{"name":"modern","version":"1.2.3","exports":{".":{"module":"./bundlers.js","import":"./node.mjs","require":"./old.cjs"},"./sub":"./sub.mjs","./package.json":"./package.json"}}`,
      'node_modules/modern/bundlers.js': `throw new Error('for bundlers')`,
      'node_modules/modern/node.mjs': `export const kind = 'esm'; export const where = import.meta.url;`,
      'node_modules/modern/old.cjs': `exports.kind = 'cjs'`,
      'node_modules/modern/sub.mjs': `import { kind } from 'modern'; export const sub = 'sub of ' + kind;`,
      'node_modules/classic/package.json': `{"name":"classic","main":"lib/index.js","module":"lib/bundlers.js"}`,
      'node_modules/classic/lib/index.js': `exports.named = 'named'; exports.dir = require('path').basename(__dirname); module.exports.req = require('modern').kind`,
      'node_modules/classic/lib/bundlers.js': `throw new Error('for bundlers')`,
      'tools/use.ts': `
        import { kind, where } from 'modern';
        import { sub } from 'modern/sub';
        import manifest from 'modern/package.json';
        import classic, { named } from 'classic';
        export const use = async () => {
          const late = await import('classic');
          return { kind, sub, version: manifest.version, named, dir: classic.dir, req: classic.req,
            same: late.default === classic, inProject: where.includes('/node_modules/modern/node.mjs') };
        };
      `,
      'tools/require.cjs': `exports.required = () => require('modern').kind`,
    },
    [
      { name: 'use', file: 'tools/use.ts' },
      { name: 'required', file: 'tools/require.cjs' },
    ],
  );
  expect(await call('use')).toEqual(
    ok({
      kind: 'esm',
      sub: 'sub of esm',
      version: '1.2.3',
      named: 'named',
      dir: 'lib',
      req: 'cjs',
      same: true,
      inProject: true,
    }),
  );
  expect(await call('required')).toEqual(ok('cjs'));
});

test('serves a project whose folder is a symbolic link', async () => {
  const { call, root, engine } = await startTestEngine(
    { 'real/tools/linked.ts': `import '../lib.ts'; export const linked = () => import.meta.url;`, 'real/lib.ts': '' },
    [{ name: 'linked', file: 'link/tools/linked.ts' }],
    { prepare: root => symlinkSync('real', join(root, 'link')) },
  );
  expect(engine.diagnostics).toEqual([]);
  expect(await call('linked')).toEqual(ok(`file://${root}/real/tools/linked.ts`));
});

test('honors paths of the project tsconfig', async () => {
  const { call } = await startTestEngine(
    {
      'tsconfig.json': `{ "compilerOptions": { "paths": { "#lib/*": ["./lib/*"] } } }`,
      'lib/answer.ts': 'export const answer: number = 42;',
      'tools/ask.ts': `import { answer } from '#lib/answer'; export const ask = () => answer;`,
    },
    [{ name: 'ask', file: 'tools/ask.ts' }],
  );
  expect(await call('ask')).toEqual(ok(42));
});

test('import.meta.url and __dirname are those of the file, the working directory is the project', async () => {
  const { call, root } = await startTestEngine(
    {
      'tools/where.ts': `
        import { basename } from 'node:path';
        import { createRequire } from 'node:module';
        import { other } from '../lib/other.ts';
        const require = createRequire(import.meta.url);
        export const where = () => [import.meta.url.split('/').slice(-2).join('/'), basename(__dirname), other(), process.cwd(), require('./data.json')];
      `,
      'tools/data.json': `{"a":1}`,
      'lib/other.ts': `export const other = () => import.meta.dirname.split('/').at(-1) + ' ' + __filename.split('/').at(-1);`,
    },
    [{ name: 'where', file: 'tools/where.ts' }],
  );
  expect(await call('where')).toEqual(ok(['tools/where.ts', 'tools', 'lib other.ts', root, { a: 1 }]));
});

test('gives exact text and place of integers beyond a double', async () => {
  const { call } = await startTestEngine(
    { 'tools/big.ts': 'export const big = () => ({ rows: [{ id: 2n ** 63n, small: 7n }] });' },
    [{ name: 'big', file: 'tools/big.ts' }],
  );
  expect(await call('big')).toEqual({
    kind: 'ok',
    value: { rows: [{ id: '9223372036854775808', small: 7 }] },
    exactNumbers: [{ pointer: '/rows/0/id', text: '9223372036854775808' }],
  });
});

test('a failure carries the stack at the lines of the author', async () => {
  const { call, root } = await startTestEngine(
    {
      'tools/fail.ts': `interface Unused { a: string }
import { deep } from '../lib/deep.ts';

export function fail(): never {
  return deep();
}
`,
      'lib/deep.ts': `type Gone = string;
export const deep = (): never => {
  throw new RangeError('too far', { cause: new Error('root cause') });
};
`,
    },
    [{ name: 'fail', file: 'tools/fail.ts' }],
  );
  const outcome = await call('fail');
  if (outcome.kind !== 'failed') throw new Error(outcome.kind);
  const { stack, ...error } = outcome.error;
  expect(error).toEqual({ type: 'RangeError', message: 'too far', userMessage: undefined });
  expect(stack?.replaceAll(root, '<root>').replaceAll(/:\d+\)?$/gm, '')).toBe(
    [
      'RangeError: too far',
      '    at deep (<root>/lib/deep.ts:3',
      '    at fail (<root>/tools/fail.ts:5',
      'Caused by: Error: root cause',
      '    at deep (<root>/lib/deep.ts:3',
      '    at fail (<root>/tools/fail.ts:5',
    ].join('\n'),
  );
});

test('the message of a UserError may reach the caller; values that are thrown are described', async () => {
  const { call } = await startTestEngine(
    {
      'tools/throw.ts': `
        import { UserError } from 'mxcp-ts/runtime';
        export const forUser = () => { throw new UserError('No such airport.'); };
        export const text = () => { throw 'plain'; };
        export const object = async () => { throw { code: 1 }; };
        export const cycle = () => { const a: any = { b: {} }; a.b.a = a; return a; };
      `,
    },
    ['forUser', 'text', 'object', 'cycle'].map(name => ({ name, file: 'tools/throw.ts' })),
  );
  expect(await call('forUser')).toMatchObject({ error: { type: 'UserError', userMessage: 'No such airport.' } });
  expect(await call('text')).toMatchObject({ error: { type: 'string', message: 'plain', userMessage: undefined } });
  expect(await call('object')).toMatchObject({ error: { type: 'object', message: '{ code: 1 }' } });
  expect(await call('cycle')).toMatchObject({
    error: { message: 'The result, at /b/a, holds a reference back to itself, which JSON cannot express.' },
  });
});

test('runs a hundred calls side by side in one process', async () => {
  const { call } = await startTestEngine(
    {
      'tools/slow.ts': `
        import { context } from 'mxcp-ts/runtime';
        let running = 0; let most = 0;
        export const slow = async ({ n }) => {
          most = Math.max(most, ++running);
          await new Promise(resolve => setTimeout(resolve, 50));
          running--;
          return { n, most, call: context().callId };
        };
      `,
    },
    [{ name: 'slow', file: 'tools/slow.ts' }],
  );
  const outcomes = await Promise.all(Array.from({ length: 100 }, (_, n) => call('slow', { n }, { id: `c${n}` })));
  expect(outcomes).toEqual(Array.from({ length: 100 }, (_, n) => ok({ n, most: 100, call: `c${n}` })));
});

test('db.execute asks the database of the host and gets rows or its error', async () => {
  const { call, asked } = await startTestEngine(
    {
      'tools/query.ts': `
        import { db, DatabaseError } from 'mxcp-ts/runtime';
        export const rows = ({ code }) => db.execute('select $code', { code, when: new Date(0), big: 2n ** 64n });
        export const list = () => db.execute<{ n: number }>('select ?', [1]);
        export const caught = async () => {
          try { await db.execute('broken'); } catch (e) { return e instanceof DatabaseError && [e.type, e.message]; }
        };
      `,
    },
    ['rows', 'list', 'caught'].map(name => ({ name, file: 'tools/query.ts' })),
    {
      answer: async ({ sql }) =>
        sql === 'broken'
          ? { kind: 'failed', error: { type: 'Parser', message: 'syntax error' } }
          : { kind: 'rows', json: '[{"n":1}]', columns: [] },
    },
  );
  expect(await call('rows', { code: 'JFK' })).toEqual(ok([{ n: 1 }]));
  expect(await call('list')).toEqual(ok([{ n: 1 }]));
  expect(await call('caught')).toEqual(ok(['Parser', 'syntax error']));
  expect(asked.map(({ sql, parameters, format }) => ({ sql, parameters, format }))).toEqual([
    {
      sql: 'select $code',
      parameters: { code: 'JFK', when: '1970-01-01T00:00:00.000Z', big: '18446744073709551616' },
      format: 'json',
    },
    { sql: 'select ?', parameters: [1], format: 'json' },
    { sql: 'broken', parameters: undefined, format: 'json' },
  ]);
});

test('config shows secrets, settings and both files', async () => {
  const { call } = await startTestEngine(
    {
      'tools/configured.ts': `
        import { config, context } from 'mxcp-ts/runtime';
        export const configured = () => ({
          secret: config.getSecret('api'), none: config.getSecret('other') ?? null,
          limit: config.getSetting('profiles.dev.limit'), fallback: config.getSetting('profiles.dev.x', 9),
          site: config.siteConfig, user: config.userConfig, endpoint: context().endpoint,
        });
      `,
    },
    ['configured'].map(name => ({ name, file: 'tools/configured.ts' })),
  );
  expect(await call('configured')).toEqual(
    ok({
      secret: { token: 't0p' },
      none: null,
      limit: 5,
      fallback: 9,
      site: { project: 'demo', profiles: { dev: { limit: 5 } } },
      user: { secrets: ['api'] },
      endpoint: 'configured',
    }),
  );
});
