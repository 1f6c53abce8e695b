import { definePlugin, readPlugin, type SecretSource } from '@mxcp-ts/plugin-api';
import { expect, test } from 'vitest';

const source: SecretSource = {
  scheme: 'shelf',
  check: () => undefined,
  open: () => ({ ok: true, reader: { read: async reference => ({ ok: true, value: reference }) } }),
};

test('a plug-in is frozen plain data', () => {
  const plugin = definePlugin({ name: 'shelf', apiVersion: 1, secretSources: [source] });
  expect(plugin).toEqual({ name: 'shelf', apiVersion: 1, secretSources: [source] });
  expect([plugin, plugin.secretSources, plugin.secretSources[0]].map(Object.isFrozen)).toEqual([true, true, true]);
  expect(readPlugin(plugin)).toEqual({ ok: true, plugin });
});

const noPlugin = 'The module exports no plug-in: an object with a `name`, as `definePlugin` gives it.';
const badSource = 'The plug-in shelf lists something under `secretSources` that has no `scheme`, `check` and `open`.';

test.each([
  [undefined, noPlugin],
  ['shelf', noPlugin],
  [{ apiVersion: 1, secretSources: [] }, noPlugin],
  [
    { name: 'shelf', apiVersion: 2, secretSources: [] },
    'The plug-in shelf is written for version 2 of the plug-in interface; this is version 1.',
  ],
  [
    { name: 'shelf', secretSources: [] },
    'The plug-in shelf does not name its `apiVersion`, the version of the plug-in interface; this is version 1.',
  ],
  [{ name: 'shelf', apiVersion: 1 }, badSource],
  [{ name: 'shelf', apiVersion: 1, secretSources: [{ ...source, open: undefined }] }, badSource],
  [{ name: 'shelf', apiVersion: 1, secretSources: [{ ...source, scheme: 'shelf://' }] }, badSource],
])('says why %j is no plug-in of this version', (value, message) => {
  expect(readPlugin(value)).toEqual({ ok: false, message });
});

test('an author hears of a mistake when the plug-in is imported', () => {
  const plugin = { name: 'shelf', apiVersion: 1 as const, secretSources: [{ ...source, scheme: 'A B' }] };
  expect(() => definePlugin(plugin)).toThrow(new TypeError(badSource));
});
