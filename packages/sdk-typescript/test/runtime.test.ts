import { expect, test } from 'vitest';
import * as runtime from '../src/runtime.ts';

test('importing it does nothing; each function says that it needs a running project', () => {
  const calls: Record<string, () => unknown> = {
    'db.execute': () => runtime.db.execute('select 1'),
    'config.getSecret': () => runtime.config.getSecret('a'),
    'config.getSetting': () => runtime.config.getSetting('a'),
    'config.userConfig': () => runtime.config.userConfig,
    'config.siteConfig': () => runtime.config.siteConfig,
    context: () => runtime.context(),
    onInit: () => runtime.onInit(() => {}),
    onShutdown: () => runtime.onShutdown(() => {}),
    'log.info': () => runtime.log.info('text'),
  };
  for (const [name, call] of Object.entries(calls)) {
    expect(call).toThrow(
      `${name} works inside a running mxcp-ts project only. Run this file with \`mxcp-ts run\` or \`mxcp-ts serve\`.`,
    );
  }
});

test('names of later versions raise an error when they are called', () => {
  expect(() => runtime.plugins.get('a')).toThrow('plugins.get is not available in this version of mxcp-ts.');
  expect(() => runtime.plugins.list()).toThrow('plugins.list is not available in this version of mxcp-ts.');
  expect(() => runtime.reloadDuckdb()).toThrow('reloadDuckdb is not available in this version of mxcp-ts.');
  expect(() => runtime.progress(1)).toThrow('progress is not available in this version of mxcp-ts.');
});

test('exports exactly what handlers may import', () => {
  expect(Object.keys(runtime).sort()).toEqual([
    'DatabaseError',
    'UserError',
    'config',
    'context',
    'db',
    'log',
    'onInit',
    'onShutdown',
    'plugins',
    'progress',
    'reloadDuckdb',
  ]);
});
