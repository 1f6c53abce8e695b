import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { readVault } from './read-vault.ts';
import { startVault, type VaultOptions } from './vault-server.ts';

const open: VaultOptions = {
  mounts: { secret: { version: 2, secrets: { db: { password: 'here' } } } },
  tokens: { 'from-env': [''], 'from-file': [''], 'from-role': [''] },
  roles: { mount: 'approle', tokens: { 'r:s': 'from-role' } },
};

test.each([
  [undefined, 'The address of the Vault server is not set.'],
  ['vault.example.com', 'The address of the Vault server is no http or https URL.'],
  ['ftp://vault.example.com', 'The address of the Vault server is no http or https URL.'],
  ['https://me:pw@vault.example.com', 'The address of the Vault server holds more than a host and a path.'],
])('refuses the address %s', async (address, message) => {
  const hint = 'Give the URL of the server: https://vault.example.com:8200.';
  expect(await readVault([], { settings: { address } })).toEqual([{ message, hint, setting: 'address' }]);
});

test('takes the token from the environment before that of `vault login`', async () => {
  const { address } = await startVault(open);
  const home = homeWith('from-file\n');
  const read = (env: Record<string, string>, settings = {}) =>
    readVault(['secret/db#password'], { settings: { address, ...settings }, env, home });
  expect(await read({ VAULT_TOKEN: ' from-env\n' })).toEqual(['here']);
  expect(await read({ MY_TOKEN: 'from-env' }, { token_env: 'MY_TOKEN' })).toEqual(['here']);
  expect(await read({ VAULT_TOKEN: 'stale' })).toEqual(['source: Vault does not accept the token.']);
  expect(await read({})).toEqual(['here']);
});

test('says which variable holds no token', async () => {
  const settings = { address: 'http://127.0.0.1:1', token_env: 'MY_TOKEN' };
  expect(await readVault([], { settings, env: {} })).toEqual([
    {
      message:
        'There is no token for Vault: the environment variable MY_TOKEN is not set, and there is no ~/.vault-token.',
      hint: 'Set the variable, log in with `vault login`, or use `approle`.',
      setting: 'token_env',
    },
  ]);
});

test('logs in as a role, in its namespace, with the variables that are named', async () => {
  const mount = 'team/roles';
  const { address, requests } = await startVault({
    ...open,
    namespace: 'team',
    roles: { mount, tokens: { 'r:s': 'from-role' } },
  });
  const approle = { role_id_env: 'ROLE', secret_id_env: 'SECRET', mount };
  const settings = { address, namespace: 'team', mount: 'secret', kv_version: 2, approle };
  expect(await readVault(['db#password'], { settings, env: { ROLE: 'r', SECRET: 's' } })).toEqual(['here']);
  expect(requests).toEqual(['POST v1/auth/team/roles/login', 'GET v1/secret/data/db']);
});

test.each([
  [{}, { VAULT_ROLE_ID: 'r' }, 'The environment variable VAULT_SECRET_ID, which AppRole needs, is not set.'],
  [{}, { VAULT_ROLE_ID: 'r', VAULT_SECRET_ID: 'old' }, 'Vault refuses the role or its secret id.'],
  [{ mount: 'roles' }, { VAULT_ROLE_ID: 'r', VAULT_SECRET_ID: 's' }, 'Vault has no AppRole login at auth/roles/login.'],
])('says why AppRole with %j and %j gives no token', async (approle, env, message) => {
  const { address } = await startVault(open);
  const problems = await readVault([], { settings: { address, approle }, env });
  expect(problems).toEqual([expect.objectContaining({ message, setting: 'approle' })]);
});

function homeWith(token: string): string {
  const home = mkdtempSync(join(tmpdir(), 'mxcp-ts-vault-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  writeFileSync(join(home, '.vault-token'), token);
  return home;
}
