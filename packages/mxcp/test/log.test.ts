import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LoggingConfig } from '@mxcp-ts/project';
import { expect, test, vi } from 'vitest';
import { makeFolder } from '../../../tests/support/make-project.ts';
import { createLog, createMask, type LogOptions } from '../src/index.ts';

const config: LoggingConfig = { enabled: true, path: undefined, level: 'WARNING', maxBytes: 10_000, backupCount: 2 };

function open(options: Partial<LogOptions> = {}) {
  const lines: string[] = [];
  const log = createLog({
    config,
    isDebug: false,
    secrets: () => [],
    writeLine: line => void lines.push(line),
    ...options,
  });
  return { log, lines };
}

test('a line says level, endpoint, call and logger, as far as they are known', () => {
  const { log, lines } = open();
  log('error', 'It broke.');
  log('warning', 'It creaks.', { endpoint: 'find_flights' });
  log('warning', 'It creaks.', { endpoint: 'find_flights', call: '1f', logger: 'my.module' });
  expect(lines).toEqual([
    'ERROR It broke.',
    'WARNING [find_flights] It creaks.',
    'WARNING [find_flights #1f my.module] It creaks.',
  ]);
});

test('the level of the configuration decides, except for what user code prints', () => {
  const { log, lines } = open();
  log('info', 'left out');
  log('info', 'printed', { endpoint: 'a', logger: 'print' });
  expect(lines).toEqual(['INFO [a print] printed']);
});

test('--debug shows everything', () => {
  const { log, lines } = open({ isDebug: true });
  log('debug', 'shown');
  expect(lines).toEqual(['DEBUG shown']);
});

const secrets = [
  { name: 'a', type: 'http', parameters: { token: 'hunter22', nested: { deep: ['hunter22-and-more'] }, pin: '123' } },
];

test('values of secrets are masked, the longest first; very short ones would hide ordinary text', () => {
  expect(createMask(() => secrets)('hunter22-and-more hunter22 123')).toBe('**** **** 123');
  const { log, lines } = open({ secrets: () => secrets });
  log('error', 'The token hunter22 was refused.');
  expect(lines).toEqual(['ERROR The token **** was refused.']);
});

test('the file gets the same lines with their time, in a folder that is made', async () => {
  const path = join(makeFolder(), 'deep/er/mxcp.log');
  const { log } = open({ config: { ...config, path }, secrets: () => secrets });
  log('error', 'The token hunter22 was refused.', { endpoint: 'a', call: '1' });
  await vi.waitFor(() => {
    expect(readFileSync(path, 'utf8')).toMatch(
      /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z ERROR \[a #1\] The token \*\*\*\* was refused\.\n$/,
    );
  });
});

test('a full file becomes file.1, the older ones move on, and no more are kept than configured', async () => {
  const folder = makeFolder();
  const { log } = open({ config: { ...config, path: join(folder, 'mxcp.log'), maxBytes: 1_000 } });
  for (let written = 0; written < 40; written += 1) {
    log('error', 'x'.repeat(200));
    await new Promise(resolve => setTimeout(resolve, 5));
  }
  await vi.waitFor(() => expect(readdirSync(folder).sort()).toEqual(['mxcp.log', 'mxcp.log.1', 'mxcp.log.2']));
});

test('without old files to keep the file is not rotated', async () => {
  const folder = makeFolder();
  const { log } = open({ config: { ...config, path: join(folder, 'mxcp.log'), maxBytes: 1_000, backupCount: 0 } });
  for (let written = 0; written < 20; written += 1) log('error', 'x'.repeat(200));
  await vi.waitFor(() => expect(readFileSync(join(folder, 'mxcp.log'), 'utf8').split('\n')).toHaveLength(21));
  expect(readdirSync(folder)).toEqual(['mxcp.log']);
});

test('a log file that cannot be written is said once, and the log goes on', async () => {
  const folder = makeFolder();
  writeFileSync(join(folder, 'taken'), '');
  mkdirSync(join(folder, 'folder'));
  const inFile = open({ config: { ...config, path: join(folder, 'taken/mxcp.log') } });
  inFile.log('error', 'Still here.');
  expect(inFile.lines).toEqual([
    expect.stringMatching(/^WARNING The log file \S+taken\/mxcp\.log cannot be written\. .*(ENOTDIR|EEXIST)/),
    'ERROR Still here.',
  ]);
  const isFolder = open({ config: { ...config, path: join(folder, 'folder') } });
  isFolder.log('error', 'Still here.');
  await vi.waitFor(() => {
    expect(isFolder.lines).toContainEqual(expect.stringMatching(/^WARNING The log file \S+folder cannot be written\./));
  });
  isFolder.log('error', 'And here.');
  expect(isFolder.lines.filter(line => line.startsWith('WARNING'))).toHaveLength(1);
});

test('a log that is not enabled writes no file', () => {
  const folder = makeFolder();
  open({ config: { ...config, enabled: false, path: join(folder, 'mxcp.log') } }).log('error', 'x');
  expect(readdirSync(folder)).toEqual([]);
});
