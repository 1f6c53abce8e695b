import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatLine } from '@mxcp-ts/diagnostics';
import { type LoadedProject, loadProject } from '@mxcp-ts/project';
import { expect, onTestFinished, test } from 'vitest';
import { plugin } from '../src/index.ts';
import { startVault, type VaultOptions } from './vault-server.ts';

const token = 'hvs.token';
const vault: VaultOptions = {
  mounts: { secret: { version: 2, secrets: { shop: { password: 'hunter2', port: 5432 }, forbidden: { key: 'x' } } } },
  tokens: { [token]: ['secret/data/shop', 'secret/data/none'] },
};

async function load(parameters: string, options: VaultOptions, env: Readonly<Record<string, string>> = {}) {
  const { address, requests } = await startVault(options);
  const home = mkdtempSync(join(tmpdir(), 'mxcp-ts-vault-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  mkdirSync(join(home, '.mxcp'));
  mkdirSync(join(home, 'project'));
  writeFileSync(join(home, 'project/mxcp-site.yml'), 'mxcp: 1\nproject: shop\nprofile: dev\n');
  const secrets = `[{name: db, type: custom, parameters: ${parameters}}]`;
  const config = [
    'mxcp: 1',
    'vault: {enabled: true, address: "$' + '{ADDRESS}", token_env: MY_TOKEN, timeout: 5s}',
    `projects: {shop: {profiles: {dev: {secrets: ${secrets}}}}}`,
  ];
  writeFileSync(join(home, '.mxcp/config.yml'), `${config.join('\n')}\n`);
  const loaded = await loadProject({
    root: join(home, 'project'),
    packsFolder: join(home, 'packs'),
    home,
    env: { ADDRESS: address, MY_TOKEN: token, ...env },
    importPlugin: async () => plugin,
  });
  return { loaded, findings: linesOf(loaded, home, address), requests };
}

function linesOf({ diagnostics }: LoadedProject, home: string, address: string): readonly string[] {
  const text = formatLine(diagnostics).replaceAll(home, '~').replaceAll(new URL(address).host, 'HOST');
  return text.split('\n').slice(0, -1);
}

test('a profile gets its secrets, with one request for each path', async () => {
  const parameters = '{USER: me, PASSWORD: "vault://secret/shop#password", PORT: "vault://secret/shop#port"}';
  const { loaded, findings, requests } = await load(parameters, vault);
  expect(findings).toEqual([]);
  expect(loaded.project?.config.secrets).toEqual([
    { name: 'db', type: 'custom', parameters: { USER: 'me', PASSWORD: 'hunter2', PORT: 5432 } },
  ]);
  expect(requests).toEqual(['GET v1/sys/internal/ui/mounts/secret/shop', 'GET v1/secret/data/shop']);
});

test('every reference that cannot be read is a finding at its place, without token or value', async () => {
  const parameters =
    '{a: "vault://secret/none#k", b: "vault://secret/shop#pw", c: "vault://secret/forbidden#key", d: "vault://secret/shop"}';
  const { findings } = await load(parameters, vault);
  expect(findings).toEqual([
    '~/.mxcp/config.yml:3:88 error reference/unreadable-secret Vault has no secret secret/none. hint: The path begins with the mount; for the mount `secret` it may be left out.',
    '~/.mxcp/config.yml:3:116 error reference/unreadable-secret The secret secret/shop has no key "pw". hint: Its keys are: password, port.',
    '~/.mxcp/config.yml:3:145 error reference/unreadable-secret The token for Vault may not read secret/forbidden, or is not valid any more. hint: Its policy must allow `read` there; with KV version 2 that is <mount>/data/<path>.',
    '~/.mxcp/config.yml:3:180 error reference/bad-syntax The reference names no key behind a `#`. hint: Write vault://path/to/secret#key.',
  ]);
});

test.each([
  ['a sealed server', { ...vault, isSealed: true }, {}, 'Vault at HOST is sealed. hint: Unseal it first.'],
  [
    'a stale token',
    vault,
    { MY_TOKEN: 'hvs.stale' },
    'Vault does not accept the token. hint: It may have expired: get a new one.',
  ],
])('%s is one finding for all references', async (_, options, env, message) => {
  const { findings } = await load('{a: "vault://secret/shop#password", b: "vault://secret/none#k"}', options, env);
  expect(findings).toEqual([`~/.mxcp/config.yml:3:88 error reference/source-unavailable ${message}`]);
});
