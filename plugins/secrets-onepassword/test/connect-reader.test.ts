import { expect, test } from 'vitest';
import { plugin } from '../src/index.ts';
import { startConnect, token, type Vault } from './connect-server.ts';

const vaultId = 'ftz4pm2xxwmwrsd7rjqn7grzfz';
const itemId = '2fcbqwe9ndg175zg2dzwftvkpa';

const vaults: readonly Vault[] = [
  {
    id: vaultId,
    name: 'Team "A"',
    items: [
      {
        id: itemId,
        title: 'Billing API',
        sections: [
          { id: 'sec1', label: 'Staging' },
          { id: 'sec2', label: 'Live' },
        ],
        fields: [
          { id: 'username', label: 'username', value: 'me' },
          { id: 'password', label: 'Password', value: 'secret', type: 'CONCEALED' },
          { id: 'otp1', label: 'code', value: 'otpauth://totp/x?secret=abc', type: 'OTP', totp: '134253' },
          { id: 'a1', label: 'key', value: 'staging', section: 'sec1' },
          { id: 'a2', label: 'key', value: 'live', section: 'sec2' },
          { id: 'b1', label: 'url', value: 'plain' },
          { id: 'b2', label: 'url', value: 'of live', section: 'sec2' },
          { id: 'c1', label: 'empty' },
          { id: 'd1', label: 'Case', value: 'upper' },
          { id: 'd2', label: 'case', value: 'lower' },
        ],
      },
      { id: 'aaaaaaaaaaaaaaaaaaaaaaaaaa', title: 'Twice', fields: [] },
      { id: 'bbbbbbbbbbbbbbbbbbbbbbbbbb', title: 'Twice', fields: [] },
    ],
  },
  { id: 'cccccccccccccccccccccccccc', name: 'Foreign', items: [], isForeign: true },
];

async function read(references: readonly string[], host: string, given = token): Promise<readonly unknown[]> {
  const [source] = plugin.secretSources;
  const { signal } = new AbortController();
  const opened = await source?.open({
    settings: { connect_host: host },
    env: { OP_CONNECT_TOKEN: given },
    home: '/',
    signal,
  });
  if (opened?.ok !== true) return opened?.problems ?? [];
  const { reader } = opened;
  return await Promise.all(
    references.map(async reference => {
      const result = await reader.read(reference, { signal });
      return result.ok ? result.value : `${result.scope}: ${result.message}`;
    }),
  );
}

test.each([
  ['a field by its label', 'Team "A"/Billing API/Password', 'secret'],
  ['a field by its id', 'Team "A"/Billing API/b2', 'of live'],
  ['a label whose capitals differ', 'Team "A"/Billing API/USERNAME', 'me'],
  ['the label that is written exactly so', 'Team "A"/Billing API/case', 'lower'],
  ['vault and item by their ids', `${vaultId}/${itemId}/password`, 'secret'],
  ['a field of a section', 'Team "A"/Billing API/Live/key', 'live'],
  ['a field of a section by the ids of both', `${vaultId}/${itemId}/sec1/a1`, 'staging'],
  ['the field in no section before one in a section', 'Team "A"/Billing API/url', 'plain'],
  ['the one-time password of now', 'Team "A"/Billing API/code?attribute=otp', '134253'],
  ['what a one-time password is made from', 'Team "A"/Billing API/code', 'otpauth://totp/x?secret=abc'],
])('reads %s: %s', async (_, reference, value) => {
  const { host } = await startConnect(vaults);
  expect(await read([reference], host)).toEqual([value]);
});

test.each([
  ['Nowhere/Billing API/key', 'reference: 1Password has no vault "Nowhere".'],
  ['Foreign/Billing API/key', 'reference: 1Password has no vault "Foreign".'],
  ['cccccccccccccccccccccccccc/x/key', 'reference: The token for 1Password Connect may not read the item "x".'],
  [`${vaultId}/Nothing/key`, 'reference: 1Password has no item "Nothing".'],
  [`${vaultId}/zzzzzzzzzzzzzzzzzzzzzzzzzz/key`, 'reference: 1Password has no item "zzzzzzzzzzzzzzzzzzzzzzzzzz".'],
  [`${vaultId}/Twice/key`, 'reference: 2 items of 1Password are called "Twice".'],
  [`${vaultId}/${itemId}/nothing`, `reference: The item "${itemId}" has no field "nothing".`],
  [`${vaultId}/${itemId}/key`, `reference: The item "${itemId}" has 2 fields "key".`],
  [`${vaultId}/${itemId}/None/key`, `reference: The item "${itemId}" has no section "None".`],
  [
    `${vaultId}/${itemId}/Live/username`,
    `reference: The section "Live" of the item "${itemId}" has no field "username".`,
  ],
  [`${vaultId}/${itemId}/empty`, 'reference: The field "empty" is empty.'],
  [`${vaultId}/${itemId}/username?attribute=otp`, 'reference: The field "username" is no one-time password.'],
])('says what is wrong with %s', async (reference, message) => {
  const { host } = await startConnect(vaults);
  expect(await read([reference], host)).toEqual([message]);
});

test('asks once for a vault and once for an item, however many fields are named', async () => {
  const { host, requests } = await startConnect(vaults);
  const item = 'Team "A"/Billing API';
  expect(await read([`${item}/Password`, `${item}/username`, `${item}/Live/key`], host)).toEqual([
    'secret',
    'me',
    'live',
  ]);
  expect(requests).toEqual([
    'GET /v1/vaults?filter=name eq "Team \\"A\\""',
    `GET /v1/vaults/${vaultId}/items?filter=title eq "Billing API"`,
    `GET /v1/vaults/${vaultId}/items/${itemId}`,
  ]);
});

test('says once for all that the token is refused, or that the server is broken', async () => {
  const { host } = await startConnect(vaults);
  const message = 'source: 1Password Connect does not accept the token.';
  expect(await read(['a/b/c', 'd/e/f'], host, 'stale')).toEqual([message, message]);
  const broken = await startConnect(vaults, [500, 500, 500, 500]);
  expect(await read([`${vaultId}/${itemId}/key`], broken.host)).toEqual([
    `source: 1Password Connect at ${new URL(broken.host).host} answers with HTTP status 500.`,
  ]);
});

test('says what the settings lack', async () => {
  const [source] = plugin.secretSources;
  const { signal } = new AbortController();
  expect(await source?.open({ settings: { token_env: 'MY_TOKEN' }, env: {}, home: '/', signal })).toEqual({
    ok: false,
    problems: [
      {
        message: 'No 1Password Connect server is named; a service account alone is not enough.',
        hint: 'Set `connect_host` to the URL of your Connect server: http://localhost:8080.',
        setting: 'connect_host',
      },
      {
        message: 'The environment variable MY_TOKEN, which holds the token of the Connect server, is not set.',
        setting: 'token_env',
      },
    ],
  });
});

test.each([
  ['v', 'The reference has one part instead of three or four.'],
  ['v/i', 'The reference has 2 parts instead of three or four.'],
  ['v/i/s/f/x', 'The reference has 5 parts instead of three or four.'],
  ['v//f', 'A part of the reference is empty.'],
  ['v/i/f?attribute=type', 'The only thing that may follow a `?` is `attribute=otp`.'],
  ['v/i/f?ssh-format=openssh', 'The only thing that may follow a `?` is `attribute=otp`.'],
])('refuses op://%s', (reference, message) => {
  const hint = 'Write op://vault/item/field or op://vault/item/section/field.';
  expect(plugin.secretSources[0]?.check(reference)).toEqual({ message, hint });
});
