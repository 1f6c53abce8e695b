import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { sqlTool, startFolder } from '../support/start-folder.ts';

const ok = (value: unknown) => ({ kind: 'ok', value });

const plugin = (factor: number) => `import { definePlugin } from 'mxcp-ts/runtime';
export default definePlugin({
  functions: {
    scale: { parameters: ['INTEGER'], returns: 'INTEGER', call: (n: number) => n * ${factor} },
  },
});
`;

test('SQL calls the functions of the plan that is served, also after a reload that was refused', async () => {
  const { reloader, write, call } = await startFolder({
    'plugins/scaling.ts': plugin(2),
    'tools/a.yml': sqlTool('a', 'SELECT scale(21) AS n'),
  });
  expect(await call('a')).toEqual(ok(42));
  write('plugins/scaling.ts', plugin(3));
  write('tools/a.yml', sqlTool('a', 'SELECT scale(21, 1) AS n'));
  expect(await reloader.reload('broken')).toMatchObject({ ok: false });
  expect(await call('a')).toEqual(ok(42));
  write('tools/a.yml', sqlTool('a', 'SELECT scale(21) AS n'));
  expect(await reloader.reload('mended')).toMatchObject({ ok: true, generation: 2 });
  expect(await call('a')).toEqual(ok(63));
});

test('no call fails while reloads are refused and others replace the plug-ins', async () => {
  const { reloader, write, call } = await startFolder({
    'plugins/scaling.ts': plugin(2),
    'tools/a.yml': sqlTool('a', 'SELECT scale(21) AS n'),
  });
  let isOver = false;
  const outcomes: unknown[] = [];
  const calling = (async () => {
    while (!isOver) outcomes.push(await call('a'));
  })();
  for (const argumentsOf of ['21, 1', '21', '21, 1', '21']) {
    write('tools/a.yml', sqlTool('a', `SELECT scale(${argumentsOf}) AS n`));
    await reloader.reload('test');
  }
  isOver = true;
  await calling;
  expect(outcomes.filter(outcome => JSON.stringify(outcome) !== JSON.stringify(ok(42)))).toEqual([]);
  expect(outcomes.length).toBeGreaterThan(4);
});

const seeding = `import { appendFileSync } from 'node:fs';
import { db, onShutdown, reload } from 'mxcp-ts/runtime';

const note = (line: string) => appendFileSync('log.txt', line + '\\n');
onShutdown(() => note('shutdown'));

export function seed() {
  for (const name of ['one', 'two']) {
    reload({
      description: name,
      payload: async () => {
        const refusal = await db.execute('SELECT 1').catch((error: Error) => error.name);
        note(name + ' ' + (Array.isArray(refusal) ? 'had the database' : 'had no database'));
      },
    });
  }
  return 'asked';
}
`;

test('two payloads that one call asks for both run in the guest that offered them, after its hooks', async () => {
  const { root, reloader, runtime, call } = await startFolder({
    'tools/seed.yml': 'mxcp: 1\ntool: { name: seed, description: Test., source: { file: ../seed.ts } }\n',
    'seed.ts': seeding,
  });
  expect(await call('seed')).toEqual(ok('asked'));
  expect(await reloader.finish()).toEqual({ failed: [] });
  // The second shutdown is that of the guest that served between the two.
  expect(readFileSync(join(root, 'log.txt'), 'utf8').split('\n')).toEqual([
    'shutdown',
    'one had no database',
    'shutdown',
    'two had no database',
    '',
  ]);
  expect(runtime.plan.generation).toBe(3);
});
