import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Database } from '@mxcp-ts/engine';
import { expect, onTestFinished, test, vi } from 'vitest';
import { announceResourceChanges } from '../../src/resource-changes/announce-resource-changes.ts';
import { startFolder } from '../support/start-folder.ts';

const site = (settings = '') => `mxcp: 1\nproject: test\nprofile: default\nduckdb: { setup: setup.sql${settings} }\n`;

function resource(uri: string, changes: string): string {
  const hasId = uri.includes('{');
  const parameters = hasId ? 'parameters: [{ name: id, type: string, description: Which. }]' : '';
  return `mxcp: 1
resource:
  uri: ${uri}
  description: Test.
  ${parameters}
  source: { code: "SELECT ${hasId ? '$id' : '1'} AS n" }
  changes: ${changes}
`;
}

const files = {
  'mxcp-site.yml': site(),
  'setup.sql': 'CREATE TABLE IF NOT EXISTS a (n INTEGER); CREATE TABLE IF NOT EXISTS b (n INTEGER);',
  'data/list.csv': '1\n',
  'resources/a.yml': resource('test://a', '[{ table: main.A }, { file: ../data/list.csv }]'),
  'resources/b.yml': resource('test://b/{id}', '[{ table: b }, { table: a }]'),
  'resources/c.yml': resource('test://c', '[{ file: ../data/new.csv }]'),
};

async function watch(extra: Readonly<Record<string, string>> = {}) {
  const started = await startFolder({ ...files, ...extra });
  const { runtime } = started;
  const announced: string[] = [];
  runtime.onChange(change => announced.push(change.kind === 'resource' ? change.uri : change.kind));
  const changes = announceResourceChanges(runtime);
  onTestFinished(() => changes.close());
  return { ...started, changes, announced };
}

async function run(database: Database, sql: string): Promise<void> {
  expect((await database.execute({ sql, format: 'json' })).kind).toBe('rows');
}

function eventually(check: () => void): Promise<void> {
  return vi.waitFor(check, { timeout: 10_000, interval: 20 });
}

test('a write to a table announces every resource that names it, and reading none', async () => {
  const { runtime, announced } = await watch();
  await run(runtime.database, 'SELECT * FROM a');
  await run(runtime.database, 'CREATE TABLE other AS FROM b');
  await run(runtime.database, 'INSERT INTO b VALUES (1)');
  await eventually(() => expect(announced).toEqual(['test://b/{id}']));
  await run(runtime.database, 'INSERT INTO main.a VALUES (1)');
  await eventually(() => expect(announced).toEqual(['test://b/{id}', 'test://a', 'test://b/{id}']));
});

test('a file that changes, or comes to be, announces its resource', async () => {
  const { root, announced } = await watch();
  // What is seen at first may be the file after a write, so one is not enough.
  const write = () => {
    appendFileSync(join(root, 'data/list.csv'), '2\n');
    expect(announced).toContain('test://a');
  };
  await vi.waitFor(write, { timeout: 10_000, interval: 300 });
  expect(announced).not.toContain('test://c');
  writeFileSync(join(root, 'data/new.csv'), '1\n');
  await eventually(() => expect(announced).toContain('test://c'));
  expect(new Set(announced)).toEqual(new Set(['test://a', 'test://c']));
});

test('time announces a resource again and again', async () => {
  const { announced } = await watch({ 'resources/t.yml': resource('test://t', '[{ every: 1s }]') });
  await eventually(() => expect(announced.slice(0, 2)).toEqual(['test://t', 'test://t']));
});

test('after a reload what the new plan declares counts, and nothing else', async () => {
  const { runtime, reloader, write, announced } = await watch();
  write('resources/a.yml', resource('test://a2', '[{ table: b }]'));
  write('resources/b.yml', resource('test://b/{id}', '[{ cron: "0 0 1 1 *" }]'));
  expect((await reloader.reload('test')).ok).toBe(true);
  await run(runtime.database, 'INSERT INTO a VALUES (1)');
  await run(runtime.database, 'INSERT INTO b VALUES (1)');
  await eventually(() => expect(announced).toEqual(['test://a2']));
});

test('a database that was opened anew may hold anything: every resource of a table is announced', async () => {
  const { runtime, reloader, write, announced } = await watch();
  write('mxcp-site.yml', site(', settings: { threads: 3 }'));
  expect((await reloader.reload('test')).ok).toBe(true);
  await eventually(() => expect(announced).toEqual(['test://a', 'test://b/{id}']));
  await run(runtime.database, 'INSERT INTO b VALUES (1)');
  await eventually(() => expect(announced).toEqual(['test://a', 'test://b/{id}', 'test://b/{id}']));
});

test('nothing is announced after the end', async () => {
  const { runtime, changes, announced } = await watch();
  await run(runtime.database, 'INSERT INTO b VALUES (1)');
  changes.close();
  await run(runtime.database, 'INSERT INTO b VALUES (1)');
  await new Promise(resolve => setTimeout(resolve, 400));
  expect(announced).toEqual([]);
});
