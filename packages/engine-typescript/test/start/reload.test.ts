import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ReloadRequest } from '@mxcp-ts/engine';
import { expect, onTestFinished, test, vi } from 'vitest';
import { writeFolder } from '../project-folder.ts';
import { withTestEngine } from '../start-test-engine.ts';

const startTestEngine = withTestEngine();
const ok = (value: unknown) => ({ kind: 'ok', value });

const files = {
  'lib/note.ts': `
    import { appendFileSync } from 'node:fs';
    export const note = (text: string) => appendFileSync('trace.txt', text + '\\n');
  `,
  'lib/rebuild.ts': `
    import { note } from './note.ts';
    export const rebuild = () => note('rebuilt');
  `,
  'tools/rebuild.ts': `
    import { db, log, onShutdown, reload, session } from 'mxcp-ts/runtime';
    import { note } from '../lib/note.ts';
    onShutdown(async () => { await db.execute('last'); note('shutdown'); });
    export const rebuild = async () => {
      await reload({ description: 'dbt', payload: async () => {
        const { rebuild } = await import('../lib/rebuild.ts');
        rebuild();
        await db.execute('select 1').catch(error => note(error.message));
        await reload().catch(error => note(error.message));
        log.info('from the payload');
      } });
      return 'queued';
    };
    export const plain = () => reload();
    export const failing = () => reload({ payload: () => { throw new RangeError('dbt failed'); } });
    export const wrong = () => reload({ payload: 5 as never });
  `,
};
const endpoints = ['rebuild', 'plain', 'failing', 'wrong'].map(name => ({ name, file: 'tools/rebuild.ts' }));

test('a payload runs in its guest after the shutdown hooks, without the database', async () => {
  const temporary = writeFolder({});
  vi.stubEnv('TMPDIR', temporary);
  onTestFinished(() => void vi.unstubAllEnvs());
  const bundles = () => readdirSync(temporary).filter(name => name.startsWith('mxcp-typescript-'));
  const requests: ReloadRequest[] = [];
  const { call, engine, root, asked, logged } = await startTestEngine(files, endpoints, {
    requestReload: request => requests.push(request),
  });
  expect(await call('rebuild')).toEqual(ok('queued'));
  const [request] = requests;
  expect(request?.description).toBe('dbt');
  await engine.stop({ deadlineMs: 5_000 });
  expect(asked.map(({ sql }) => sql)).toEqual(['last']);
  expect(existsSync(join(root, 'trace.txt')) && readFileSync(join(root, 'trace.txt'), 'utf8')).toBe('shutdown\n');
  expect(await request?.payload?.run()).toEqual({ kind: 'done' });
  const refused = (what: string) =>
    `${what} cannot be used inside the payload of a reload: the database is closed meanwhile.`;
  expect(readFileSync(join(root, 'trace.txt'), 'utf8').trim().split('\n')).toEqual([
    'shutdown',
    'rebuilt',
    refused('db.execute'),
    refused('reload'),
  ]);
  expect(logged).toEqual(['info - - from the payload']);
  expect(bundles().length).toBe(1);
  await request?.payload?.end();
  expect(bundles()).toEqual([]);
  expect(await call('plain')).toMatchObject({ kind: 'unavailable' });
});

test('what a payload throws is its outcome, with the stack at the lines of the author', async () => {
  const requests: ReloadRequest[] = [];
  const { call, engine, root } = await startTestEngine(files, endpoints, {
    requestReload: request => requests.push(request),
  });
  await call('failing');
  await engine.stop({ deadlineMs: 5_000 });
  const outcome = await requests[0]?.payload?.run();
  expect(outcome).toMatchObject({ kind: 'failed', message: 'RangeError: dbt failed' });
  const details = outcome?.kind === 'failed' ? outcome.details : '';
  expect(details.replaceAll(root, '<root>')).toBe(
    'RangeError: dbt failed\n    at payload (<root>/tools/rebuild.ts:16:66)',
  );
  await requests[0]?.payload?.end();
});

test('a reload without a payload is asked for; a payload that is no function is refused', async () => {
  const requests: ReloadRequest[] = [];
  const { call } = await startTestEngine(files, endpoints, { requestReload: request => requests.push(request) });
  expect(await call('plain')).toEqual(ok(null));
  expect(requests).toEqual([{ description: '' }]);
  expect(await call('wrong')).toMatchObject({ error: { message: 'The payload of a reload must be a function.' } });
});

test('reload says so where nothing can be reloaded', async () => {
  const { call } = await startTestEngine(files, endpoints);
  expect(await call('plain')).toMatchObject({
    error: { message: 'reload() is not available here: nothing is served that could be reloaded.' },
  });
});

test('the same files start again while the first guest still runs; neither takes from the other', async () => {
  const source = { 'tools/count.ts': 'let n = 0; export const count = () => ++n;' };
  const sketch = [{ name: 'count', file: 'tools/count.ts' }];
  const first = await startTestEngine(source, sketch);
  expect(await first.call('count')).toEqual(ok(1));
  const second = await startTestEngine(source, sketch);
  expect(await second.call('count')).toEqual(ok(1));
  await first.engine.stop({ deadlineMs: 5_000 });
  expect(await second.call('count')).toEqual(ok(2));
});
