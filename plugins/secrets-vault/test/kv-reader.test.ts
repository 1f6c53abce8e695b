import { expect, test } from 'vitest';
import { readVault } from './read-vault.ts';
import { startVault } from './vault-server.ts';

const everything = { root: [''] };

const twoMounts = {
  secret: {
    version: 2,
    secrets: { db: { password: 'two', port: 5432, tags: ['a'], on: false }, 'team/app': { key: 'deep' } },
  },
  old: { secrets: { db: { password: 'one' } } },
  'kv/team/a': { version: 2, secrets: { db: { password: 'three' } } },
} as const;

test.each([
  ['a mount of version 2', 'secret/db#password', 'two'],
  ['a mount of version 1', 'old/db#password', 'one'],
  ['a mount of several segments', 'kv/team/a/db#password', 'three'],
  ['the mount `secret`, which may be left out', 'db#password', 'two'],
  ['the mount `secret`, with a longer path', 'team/app#key', 'deep'],
  ['values with their JSON types', 'secret/db#port', 5432],
  ['lists', 'secret/db#tags', ['a']],
  ['false', 'secret/db#on', false],
])('reads %s: %s', async (_, reference, value) => {
  const { address } = await startVault({ mounts: twoMounts, tokens: everything });
  expect(await readVault([reference], { settings: { address } })).toEqual([value]);
});

test('finds mounts of both versions though the server does not say which there are', async () => {
  const { address } = await startVault({ mounts: twoMounts, tokens: everything, answersMounts: false });
  const references = ['secret/db#password', 'old/db#password', 'db#password', 'team/app#key'];
  expect(await readVault(references, { settings: { address } })).toEqual(['two', 'one', 'two', 'deep']);
});

test('reads every path inside of the mount that is set, as the original does with `secret`', async () => {
  const mounts = {
    secret: { version: 2, secrets: { 'secret/db': { password: 'inner' } } },
    'kv/team': { secrets: { db: { password: 'x' } } },
  } as const;
  const { address } = await startVault({ mounts, tokens: everything });
  expect(await readVault(['secret/db#password'], { settings: { address, mount: 'secret' } })).toEqual(['inner']);
  expect(await readVault(['db#password'], { settings: { address, mount: 'kv/team/' } })).toEqual(['x']);
});

test('asks for nothing but the secret when mount and version are set', async () => {
  const { address, requests } = await startVault({ mounts: twoMounts, tokens: everything });
  const settings = { address, mount: 'secret', kv_version: 2 };
  expect(await readVault(['db#password', 'db#port', 'team/app#key'], { settings })).toEqual(['two', 5432, 'deep']);
  expect(requests).toEqual(
    ['GET /v1/secret/data/db', 'GET /v1/secret/data/team/app'].map(line => line.replace('/v1', 'v1')),
  );
});

test('writes names with blanks and signs into the address so that they stay names', async () => {
  const mounts = { secret: { version: 2, secrets: { 'a b/c?d%': { 'k#y': 'odd' } } } } as const;
  const { address, requests } = await startVault({ mounts, tokens: everything });
  expect(await readVault(['secret/a b/c?d%#k#y'], { settings: { address } })).toEqual(['odd']);
  expect(requests.at(-1)).toBe('GET v1/secret/data/a%20b/c%3Fd%25');
});

test('sends the namespace with every request', async () => {
  const { address } = await startVault({ mounts: twoMounts, tokens: everything, namespace: 'admin/team' });
  const settings = { address, namespace: 'admin/team/' };
  expect(await readVault(['secret/db#password'], { settings })).toEqual(['two']);
  expect(await readVault(['secret/db#password'], { settings: { address } })).toEqual([
    'reference: The token for Vault may not read secret/db, or is not valid any more.',
  ]);
});

test.each([
  ['secret/none#password', 'reference: Vault has no secret secret/none.'],
  ['nowhere/db#password', 'reference: Vault has no secret nowhere/db.'],
  ['secret/db#pasword', 'reference: The secret secret/db has no key "pasword".'],
  ['secret/gone#password', 'reference: The newest version of the secret secret/gone is deleted.'],
  ['secret/odd#nothing', 'reference: The key "nothing" of the secret secret/odd holds null.'],
  ['secret/odd#long', 'reference: The key "long" of the secret secret/odd holds a number of too many digits.'],
])('says what is wrong with %s', async (reference, message) => {
  const secrets = {
    ...twoMounts.secret.secrets,
    gone: 'deleted',
    odd: { nothing: null, long: 2 ** 60 },
  } as const;
  const { address } = await startVault({ mounts: { secret: { version: 2, secrets } }, tokens: everything });
  expect(await readVault([reference], { settings: { address } })).toEqual([message]);
});

test('tells a path that the token may not read from a token that is not valid', async () => {
  const tokens = { mine: ['secret/data/db'] };
  const { address } = await startVault({ mounts: twoMounts, tokens });
  const references = ['secret/db#password', 'secret/team/app#key'];
  expect(await readVault(references, { settings: { address }, env: { VAULT_TOKEN: 'mine' } })).toEqual([
    'two',
    'reference: The token for Vault may not read secret/team/app, or is not valid any more.',
  ]);
  const refused = 'source: Vault does not accept the token.';
  expect(await readVault(references, { settings: { address }, env: { VAULT_TOKEN: 'stale' } })).toEqual([
    refused,
    refused,
  ]);
});

test('says as much as an old server does about a token', async () => {
  const { address } = await startVault({ mounts: twoMounts, tokens: {}, namesBadTokens: false });
  expect(await readVault(['secret/db#password'], { settings: { address } })).toEqual([
    'reference: The token for Vault may not read secret/db, or is not valid any more.',
  ]);
});
