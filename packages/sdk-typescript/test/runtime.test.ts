import { expect, test } from 'vitest';
import * as runtime from '../src/runtime.ts';

test('importing it does nothing; each function says that it needs a running project', async () => {
  const calls: Record<string, () => unknown> = {
    'db.execute': () => runtime.db.execute('select 1'),
    'db.stream': () => runtime.db.stream('select 1'),
    'db.transaction': () => runtime.db.transaction(() => {}),
    'db.append': () => runtime.db.append('t', []),
    'db.register': () => runtime.db.register('t', []),
    'config.getSecret': () => runtime.config.getSecret('a'),
    'config.getSetting': () => runtime.config.getSetting('a'),
    'config.userConfig': () => runtime.config.userConfig,
    'config.siteConfig': () => runtime.config.siteConfig,
    context: () => runtime.context(),
    'session.get': () => runtime.session.get('a'),
    'session.set': () => runtime.session.set('a', 1),
    'session.delete': () => runtime.session.delete('a'),
    'session.keys': () => runtime.session.keys(),
    progress: () => runtime.progress(1),
    'notify.info': () => runtime.notify.info('text'),
    'notify.resourceUpdated': () => runtime.notify.resourceUpdated('a://b'),
    'notify.toolsChanged': () => runtime.notify.toolsChanged(),
    'notify.promptsChanged': () => runtime.notify.promptsChanged(),
    'notify.resourcesChanged': () => runtime.notify.resourcesChanged(),
    canAsk: () => runtime.canAsk('elicit'),
    'plugins.get': () => runtime.plugins.get('a'),
    'plugins.settings': () => runtime.plugins.settings('a'),
    'plugins.list': () => runtime.plugins.list(),
    reload: () => runtime.reload(),
    onInit: () => runtime.onInit(() => {}),
    onShutdown: () => runtime.onShutdown(() => {}),
    'log.info': () => runtime.log.info('text'),
  };
  for (const [name, call] of Object.entries(calls)) {
    expect(call).toThrow(
      `${name} works inside a running mxcp-ts project only. Run this file with \`mxcp-ts run\` or \`mxcp-ts serve\`.`,
    );
  }
  const questions: Record<string, () => Promise<unknown>> = {
    elicit: () => runtime.elicit('a', 'A?', { type: 'object', properties: {} }),
    elicitUrl: () => runtime.elicitUrl('a', 'A?', 'https://example.com/'),
    sample: () => runtime.sample('a', 'A?'),
    listRoots: () => runtime.listRoots(),
  };
  for (const [name, ask] of Object.entries(questions)) {
    await expect(ask()).rejects.toThrow(
      `${name} works inside a running mxcp-ts project only. Run this file with \`mxcp-ts run\` or \`mxcp-ts serve\`.`,
    );
  }
});

test('exports exactly what handlers may import', () => {
  expect(Object.keys(runtime).sort()).toEqual([
    'ClientCannotError',
    'DatabaseError',
    'UserError',
    'canAsk',
    'config',
    'content',
    'context',
    'db',
    'definePlugin',
    'elicit',
    'elicitUrl',
    'listRoots',
    'log',
    'notify',
    'onInit',
    'onShutdown',
    'plugins',
    'progress',
    'reload',
    'sample',
    'session',
  ]);
});
