import { appendFileSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, onTestFinished, test, vi } from 'vitest';
import { makeFolder, makeProject } from '../../../../tests/support/make-project.ts';
import { type WatchOptions, watchProject } from '../../src/watch/watch-project.ts';
import { explainWatchFailure } from '../../src/watch/watch-tree.ts';

const files = { 'tools/a.yml': 'a', 'sql/a.sql': 'select 1', 'python/a.py': 'x = 1', 'data.csv': '1' };

/** Watches a folder until the test ends; `bursts` is what has been reported so far. */
async function watch(root: string, options: Partial<WatchOptions> = {}) {
  const bursts: (readonly string[])[] = [];
  const logged: string[] = [];
  const watcher = watchProject({
    root,
    inputs: [],
    debounceMs: 150,
    onChange: async changed => void bursts.push(changed),
    log: (level, message) => void logged.push(`${level} ${message}`),
    ...options,
  });
  onTestFinished(() => watcher.close());
  await watcher.ready;
  return { watcher, bursts, logged, seen: () => [...new Set(bursts.flat())].sort() };
}

function eventually(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 10_000, interval: 20 });
}

test('a burst of changes is one call with every changed file', async () => {
  const root = makeProject(files);
  const { bursts } = await watch(root, { debounceMs: 600 });
  writeFileSync(join(root, 'tools/a.yml'), 'b');
  writeFileSync(join(root, 'sql/a.sql'), 'select 2');
  writeFileSync(join(root, 'python/a.py'), 'x = 2');
  await eventually(() => expect(bursts).toEqual([['python/a.py', 'sql/a.sql', 'tools/a.yml']]));
});

test('changes while a call runs lead to one more call afterwards', async () => {
  const root = makeProject(files);
  const bursts: (readonly string[])[] = [];
  let running = 0;
  let finish: () => void = () => {};
  await watch(root, {
    onChange: async changed => {
      running += 1;
      expect(running).toBe(1);
      bursts.push(changed);
      if (bursts.length === 1) {
        await new Promise<void>(resolve => {
          finish = resolve;
        });
      }
      running -= 1;
    },
  });
  writeFileSync(join(root, 'tools/a.yml'), 'b');
  await eventually(() => expect(bursts).toEqual([['tools/a.yml']]));
  for (const text of ['1', '2', '3']) {
    writeFileSync(join(root, 'sql/a.sql'), text);
    await sleep(200);
  }
  expect(bursts.length).toBe(1);
  finish();
  await eventually(() => expect(bursts).toEqual([['tools/a.yml'], ['sql/a.sql']]));
});

test('atomic saves count, again and again', async () => {
  const root = makeProject(files);
  const { bursts } = await watch(root);
  for (let round = 1; round <= 3; round += 1) {
    writeFileSync(join(root, 'tools/.a.yml.tmp'), `round ${round}`);
    renameSync(join(root, 'tools/.a.yml.tmp'), join(root, 'tools/a.yml'));
    await eventually(() => expect(bursts).toEqual(Array.from({ length: round }, () => ['tools/a.yml'])));
  }
});

test('files and folders that appear and disappear count', async () => {
  const root = makeProject(files);
  const { seen, bursts } = await watch(root);
  mkdirSync(join(root, 'resources/deep'), { recursive: true });
  writeFileSync(join(root, 'resources/deep/new.yaml'), 'n');
  await eventually(() => expect(seen()).toEqual(['resources/deep/new.yaml']));
  appendFileSync(join(root, 'resources/deep/new.yaml'), 'more');
  await eventually(() => expect(bursts.length).toBe(2));
  rmSync(join(root, 'resources'), { recursive: true });
  rmSync(join(root, 'python/a.py'));
  await eventually(() => expect(seen()).toEqual(['python/a.py', 'resources/deep/new.yaml']));
  await eventually(() => expect(bursts.slice(2).flat().sort()).toEqual(['python/a.py', 'resources/deep/new.yaml']));
});

test('a change made before it is ready is reported', async () => {
  const root = makeProject(files);
  await sleep(50);
  const bursts: (readonly string[])[] = [];
  const onChange = async (changed: readonly string[]) => void bursts.push(changed);
  const watcher = watchProject({ root, inputs: [], onChange, log: () => {} });
  onTestFinished(() => watcher.close());
  await sleep(20);
  writeFileSync(join(root, 'sql/a.sql'), 'select 2');
  await eventually(() => expect(bursts).toEqual([['sql/a.sql']]));
});

test('files that have nothing to do with what is served do not count', async () => {
  const folders = ['.git', '.venv', 'venv', 'env', 'node_modules/p', 'python/__pycache__', '.idea', 'logs'];
  const root = makeProject({
    ...files,
    ...Object.fromEntries(folders.map(folder => [`${folder}/x.log`, ''])),
    'env/pyvenv.cfg': '',
    'db.duckdb': '',
  });
  const { bursts } = await watch(root);
  for (const folder of folders.filter(name => name !== 'logs')) writeFileSync(join(root, folder, 'x.json'), '{}');
  const others = [
    'db.duckdb',
    'db.duckdb.wal',
    'logs/mxcp.log',
    'audit.jsonl',
    'data.csv',
    'mxcp-types.d.ts',
    'python/mxcp_types.py',
    'tools/.a.yml.swp',
    'tools/a.yml~',
    'tools/.#a.yml',
    'tools/#a.yml#',
    'tools/4913',
    'Makefile',
  ];
  for (const path of others) writeFileSync(join(root, path), 'x');
  mkdirSync(join(root, 'fresh/node_modules'), { recursive: true });
  writeFileSync(join(root, 'fresh/node_modules/x.js'), '');
  await sleep(500);
  // The proof that it was listening all the time.
  writeFileSync(join(root, 'tools/a.yml'), 'b');
  await eventually(() => expect(bursts).toEqual([['tools/a.yml']]));
});

test.each(['.env', '.env.local', 'prod.env', 'a.j2', 'a.jinja', 'a.mts', 'a.tsx', 'a.cjs', 'a.mjs', 'a.json'])(
  'a new file named %s counts',
  async name => {
    const root = makeProject({});
    const { bursts } = await watch(root, { debounceMs: 50 });
    writeFileSync(join(root, name), 'x');
    await eventually(() => expect(bursts).toEqual([[name]]));
  },
);

test('inputs count wherever they are: outside, ignored otherwise, behind links, or not there yet', async () => {
  const root = makeProject({ 'secrets/token': 'one', '.mxcp/local.yml': '1' });
  const outside = makeFolder();
  const inputs = ['config.yml', 'later/key.pem', 'shared.sql'].map(name => join(outside, name));
  const [config = '', later = '', shared = ''] = inputs;
  writeFileSync(config, '1');
  writeFileSync(shared, 'select 1');
  mkdirSync(join(root, 'sql'));
  symlinkSync(shared, join(root, 'sql/shared.sql'));
  const own = ['secrets/token', '.mxcp/local.yml', 'sql/shared.sql'];
  const { seen } = await watch(root, { inputs: [config, later, ...own.map(path => join(root, path))] });
  // Longer than two looks: a file that is not there is no change.
  await sleep(1_200);
  expect(seen()).toEqual([]);
  for (const path of own) writeFileSync(join(root, path), 'longer text');
  writeFileSync(config, 'longer text');
  mkdirSync(join(outside, 'later'));
  writeFileSync(later, 'key');
  await eventually(() => expect(seen()).toEqual([...own, config, later].sort()));
});

test('a replaced list of inputs is what is watched from then on', async () => {
  const root = makeProject({});
  const outside = makeFolder();
  const [before, after] = [join(outside, 'before'), join(outside, 'after')];
  for (const path of [before, after]) writeFileSync(path, '1');
  const { watcher, seen } = await watch(root, { inputs: [before] });
  watcher.update([after]);
  await sleep(700);
  for (const path of [before, after]) writeFileSync(path, 'longer');
  await eventually(() => expect(seen()).toEqual([after]));
});

test('nothing is called after it was closed', async () => {
  const root = makeProject(files);
  const { watcher, bursts } = await watch(root);
  writeFileSync(join(root, 'tools/a.yml'), 'b');
  await watcher.close();
  writeFileSync(join(root, 'sql/a.sql'), 'select 2');
  await sleep(500);
  expect(bursts).toEqual([]);
});

test('what follows a change may fail; the next change is reported all the same', async () => {
  const root = makeProject(files);
  const bursts: (readonly string[])[] = [];
  const { logged } = await watch(root, {
    onChange: async changed => {
      bursts.push(changed);
      if (bursts.length === 1) throw new Error('boom');
    },
  });
  writeFileSync(join(root, 'tools/a.yml'), 'b');
  await eventually(() => expect(logged).toEqual(['error What follows a changed file failed. Error: boom']));
  writeFileSync(join(root, 'tools/a.yml'), 'c');
  await eventually(() => expect(bursts.length).toBe(2));
});

test('a limit of the system is told with what to do about it', () => {
  const error = Object.assign(new Error('ENOSPC: System limit for number of file watchers reached'), {
    code: 'ENOSPC',
  });
  expect(explainWatchFailure(error)).toBe(
    "Not every file of the project is watched: the system's limit for watched files is reached. Raise it with " +
      '`sysctl fs.inotify.max_user_watches=524288` and restart the server. Until then `mxcp-ts reload` makes the server read ' +
      'its files again.',
  );
});
