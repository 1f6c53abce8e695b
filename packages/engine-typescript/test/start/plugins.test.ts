import { formatLine } from '@mxcp-ts/diagnostics';
import type { SqlFunction, StartedEngine } from '@mxcp-ts/engine';
import { expect, test } from 'vitest';
import { withTestEngine } from '../start-test-engine.ts';

const startTestEngine = withTestEngine();
const ok = (value: unknown) => ({ kind: 'ok', value });

test('a plug-in gives its functions to SQL and itself to handlers; a shared module exists once', async () => {
  const { call, engine } = await startTestEngine(
    {
      'lib/counter.ts': 'let count = 0; export const next = () => ++count;',
      'plugins/text.ts': `
        import { definePlugin } from 'mxcp-ts/runtime';
        import { next } from '../lib/counter.ts';
        export const text = definePlugin({
          functions: {
            shout: { parameters: ['VARCHAR'], returns: 'VARCHAR', call: value => value.toUpperCase() },
            later: {
              parameters: ['BIGINT', 'INTEGER[]'], returns: 'HUGEINT', nulls: 'pass', isPure: true,
              call: async (a, b) => a === null ? null : a + BigInt(b?.length ?? 0),
            },
          },
          normalize: (value: string) => value.trim().toLowerCase(),
          next,
        });
      `,
      'tools/use.ts': `
        import { plugins } from 'mxcp-ts/runtime';
        import type { text } from '../plugins/text.ts';
        import { next } from '../lib/counter.ts';
        export const use = () => {
          const found = plugins.get<typeof text>('text');
          return [plugins.list(), found?.normalize(' A '), found?.next(), next(), plugins.get('none') ?? null, plugins.settings('none') ?? null];
        };
      `,
    },
    [{ name: 'use', file: 'tools/use.ts' }],
    { plugins: { 'plugins/text.ts': {} } },
  );
  expect(engine.diagnostics).toEqual([]);
  expect(await call('use')).toEqual(ok([['text'], 'a', 1, 2, null, null]));
  expect(engine.functions.map(({ apply, ...described }) => described)).toEqual([
    { name: 'shout', parameters: ['VARCHAR'], returns: 'VARCHAR', nulls: 'skip', isPure: false },
    { name: 'later', parameters: ['BIGINT', 'INTEGER[]'], returns: 'HUGEINT', nulls: 'pass', isPure: true },
  ]);
  expect(await apply(engine, 'shout', [['a', 'é']])).toEqual({ ok: true, json: '["A","É"]' });
  expect(await apply(engine, 'later', '[[9007199254740993,null],[[1,2],null]]')).toEqual({
    ok: true,
    json: '["9007199254740995",null]',
  });
});

test('a plug-in alone starts a guest', async () => {
  const { engine } = await startTestEngine(
    {
      'plugins/only.js': `
        import { definePlugin } from 'mxcp-ts/runtime';
        export default definePlugin({ functions: { one: { parameters: [], returns: 'INTEGER', call: () => 1 } } });
      `,
    },
    [],
    { plugins: { 'plugins/only.js': {} } },
  );
  expect(engine.diagnostics).toEqual([]);
  expect(await apply(engine, 'one', [])).toEqual({ ok: true, json: '[1]' });
});

test('a plug-in is known by the name in the site file, else by its own, else by its file; it finds its settings', async () => {
  const source = (name: string) => `
    const { definePlugin } = require('mxcp-ts/runtime');
    exports.plugin = definePlugin({ ${name} });
  `;
  const { call, engine } = await startTestEngine(
    {
      'plugins/a.js': source("name: 'own'"),
      'plugins/b.js': source("name: 'own'"),
      'plugins/c.js': source(''),
      'tools/names.ts': `
        import { plugins } from 'mxcp-ts/runtime';
        export const names = () => [plugins.list(), plugins.settings('listed'), plugins.settings('own')];
      `,
    },
    [{ name: 'names', file: 'tools/names.ts' }],
    {
      plugins: {
        'plugins/a.js': { name: 'listed', isListed: true, config: { url: 'http://127.0.0.1' } },
        'plugins/b.js': {},
        'plugins/c.js': {},
      },
    },
  );
  expect(engine.diagnostics).toEqual([]);
  expect(await call('names')).toEqual(ok([['listed', 'own', 'c'], { url: 'http://127.0.0.1' }, {}]));
});

test('where a function threw is logged, at the lines of its author; SQL is told only the message', async () => {
  const { engine, logged, root } = await startTestEngine(
    {
      'plugins/wrong.ts': `import { definePlugin } from 'mxcp-ts/runtime';
interface Unused { readonly a: string }
function measure(text: string): string {
  throw new RangeError('too far');
}
export const wrong = definePlugin({ functions: {
  far: { parameters: ['VARCHAR'], returns: 'VARCHAR', call: (text: string) => measure(text) },
} });
`,
    },
    [],
    { plugins: { 'plugins/wrong.ts': {} } },
  );
  expect(await apply(engine, 'far', [['a']])).toEqual({ ok: false, message: 'RangeError: too far' });
  expect(logged.map(line => line.replaceAll(root, '<root>'))).toEqual([
    'error - - The SQL function "far" failed: RangeError: too far\n    at measure (<root>/plugins/wrong.ts:4:9)\n    at call (<root>/plugins/wrong.ts:7:79)',
  ]);
});

test('what a function throws, or gives against its type, is the error of the statement', async () => {
  const { engine } = await startTestEngine(
    {
      'plugins/wrong.ts': `
        import { config, context, db, definePlugin, plugins, progress, reload, session } from 'mxcp-ts/runtime';
        const text = (call: () => unknown) => ({ parameters: ['VARCHAR'], returns: 'VARCHAR', call: call as () => string });
        export const wrong = definePlugin({ functions: {
          throws: text(() => { throw new RangeError('too far'); }),
          rejects: text(async () => { throw 'plain'; }),
          number: text(() => 5),
          list: text(() => [1]),
          execute: text(() => db.execute('select 1')),
          stream: text(async () => { for await (const rows of db.stream('select 1')) return 'x'; }),
          transaction: text(() => db.transaction(() => 'x')),
          append: text(async () => { await null; return db.append('t', []); }),
          context: text(() => context()),
          session: text(() => session.get('a')),
          reload: text(() => reload()),
          fine: text(() => { progress(1); return String(config.getSetting('project')) + plugins.list(); }),
        } });
      `,
    },
    [],
    { plugins: { 'plugins/wrong.ts': {} }, requestReload: () => {} },
  );
  const messageOf = async (name: string) => {
    const answer = await apply(engine, name, [['a']]);
    return answer.ok ? answer.json : answer.message;
  };
  const refused = (what: string) =>
    `Error: ${what} cannot be used inside a SQL function: the statement that calls it is waiting for it.`;
  expect(await messageOf('throws')).toBe('RangeError: too far');
  expect(await messageOf('rejects')).toBe('string: plain');
  expect(await messageOf('number')).toBe('TypeError: call gave the number 5, which is not a value of VARCHAR.');
  expect(await messageOf('list')).toBe('TypeError: call gave an array, which is not a value of VARCHAR.');
  expect(await messageOf('execute')).toBe(refused('db.execute'));
  expect(await messageOf('stream')).toBe(refused('db.stream'));
  expect(await messageOf('transaction')).toBe(refused('db.transaction'));
  expect(await messageOf('append')).toBe(refused('db.append'));
  expect(await messageOf('context')).toBe('Error: context() is only available while a handler runs.');
  expect(await messageOf('session')).toBe('Error: session.get is only available while a handler runs.');
  expect(await messageOf('reload')).toBe(refused('reload'));
  expect(await messageOf('fine')).toBe('["demowrong"]');
});

test('chunks run side by side with each other and with calls; a cancelled one is answered at once', async () => {
  const { call, engine, logged } = await startTestEngine(
    {
      'plugins/slow.ts': `
        import { definePlugin } from 'mxcp-ts/runtime';
        let open: () => void = () => {};
        const gate = new Promise<void>(resolve => { open = resolve; });
        export const slow = definePlugin({ open: () => open(), functions: {
          waits: { parameters: ['INTEGER'], returns: 'INTEGER', call: async n => { await gate; return n * 2; } },
          never: { parameters: ['INTEGER'], returns: 'INTEGER', call: () => new Promise(() => {}) },
        } });
      `,
      'tools/open.ts': `
        import { plugins } from 'mxcp-ts/runtime';
        export const open = () => { plugins.get<{ open(): void }>('slow')?.open(); return process.pid; };
      `,
    },
    [{ name: 'open', file: 'tools/open.ts' }],
    { plugins: { 'plugins/slow.ts': {} } },
  );
  const controller = new AbortController();
  const never = apply(engine, 'never', [[1]], controller.signal);
  const waiting = [apply(engine, 'waits', [[1, 2]]), apply(engine, 'waits', [[3]])];
  const pid = await call('open');
  expect(await Promise.all(waiting)).toEqual([
    { ok: true, json: '[2,4]' },
    { ok: true, json: '[6]' },
  ]);
  controller.abort();
  expect(await never).toEqual({ ok: false, message: 'Cancelled: The call was cancelled.' });
  expect(await call('open')).toEqual(pid);
  expect(logged).toEqual([]);
});

test('a plug-in that cannot be used is a finding in its file and costs the others nothing', async () => {
  const fine = (name: string, fn: string) => `
    import { definePlugin } from 'mxcp-ts/runtime';
    export const plugin = definePlugin({ ${name} functions: { ${fn}: { parameters: [], returns: 'INTEGER', call: () => 1 } } });
  `;
  const { engine } = await startTestEngine(
    {
      'plugins/fine.ts': fine('', 'one'),
      'plugins/none.ts': 'export const helper = 1;',
      'plugins/throws.ts': `\nthrow new Error('no model');`,
      'plugins/malformed.ts': `import { definePlugin } from 'mxcp-ts/runtime';\nexport const p = definePlugin({ functions: { f: { parameters: [] } } } as never);`,
      'plugins/syntax.ts': 'export const = 1;',
      'plugins/importer.ts': `import '../lib/broken.ts';`,
      'lib/broken.ts': 'const = 1;',
      'plugins/same-name.ts': fine("name: 'fine',", 'two'),
      'plugins/same-function.ts': fine('', 'ONE'),
    },
    [],
    {
      plugins: Object.fromEntries(
        ['fine', 'none', 'throws', 'malformed', 'syntax', 'importer', 'same-name', 'same-function'].map(name => [
          `plugins/${name}.ts`,
          {},
        ]),
      ),
    },
  );
  expect(formatLine(engine.diagnostics).split('\n')).toMatchInlineSnapshot(`
    [
      "plugins/syntax.ts:1:14 error plan/code-syntax Expected identifier but found "=".",
      "lib/broken.ts:1:7 error plan/code-syntax Expected identifier but found "=".",
      "plugins/importer.ts:1:1 error plan/plugin-load plugins/importer.ts imports a file that has errors.",
      "plugins/none.ts:1:1 error plan/plugin-load plugins/none.ts exports nothing that definePlugin made. If it only helps other files, start its name with "_".",
      "plugins/throws.ts:2:7 error plan/plugin-load plugins/throws.ts cannot be loaded: Error: no model.",
      "plugins/malformed.ts:2:18 error plan/plugin-load plugins/malformed.ts cannot be loaded: TypeError: The SQL function "f" needs \`returns\`, a DuckDB type: 'VARCHAR'.",
      "plugins/same-name.ts:1:1 error plan/plugin-load Another plug-in is named "fine", too.",
      "plugins/same-function.ts:1:1 error plan/plugin-load Another plug-in has a SQL function "ONE", too.",
      "",
    ]
  `);
  expect(engine.functions.map(({ name }) => name)).toEqual(['one']);
});

test('a process that ends while it loads is a finding about every plug-in', async () => {
  const { engine } = await startTestEngine({ 'plugins/quit.ts': 'process.exit(4);' }, [], {
    plugins: { 'plugins/quit.ts': {} },
  });
  expect(formatLine(engine.diagnostics)).toMatchInlineSnapshot(`
    "plugins/quit.ts:1:1 error plan/plugin-load The TypeScript process ended with code 4 while it was starting.
    "
  `);
  expect(engine.functions).toEqual([]);
});

function apply(
  { functions }: StartedEngine,
  name: string,
  columns: unknown,
  signal: AbortSignal = new AbortController().signal,
): ReturnType<SqlFunction['apply']> {
  const found = functions.find(fn => fn.name === name);
  if (found === undefined) throw new Error(`no function ${name}`);
  return found.apply(typeof columns === 'string' ? columns : JSON.stringify(columns), signal);
}
