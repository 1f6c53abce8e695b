import { createServer } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { readVault } from './read-vault.ts';
import { startVault, type VaultOptions } from './vault-server.ts';

const open: VaultOptions = { mounts: { secret: { secrets: { db: { password: 'here' } } } }, tokens: { root: [''] } };
const known = { mount: 'secret', kv_version: 1 };

test('tries again when the server is overloaded or breaks', async () => {
  const { address, requests } = await startVault({ ...open, failing: [429, 500, 503] });
  expect(await readVault(['db#password'], { settings: { address, ...known } })).toEqual(['here']);
  expect(requests).toHaveLength(4);
});

test('gives up after four attempts', async () => {
  const { address, requests } = await startVault({ ...open, failing: [500, 502, 500, 500, 500] });
  const host = new URL(address).host;
  expect(await readVault(['db#password'], { settings: { address, ...known } })).toEqual([
    `source: Vault at ${host} answers with HTTP status 500.`,
  ]);
  expect(requests).toHaveLength(4);
});

test('does not wait for a sealed server', async () => {
  const { address, requests } = await startVault({ ...open, isSealed: true });
  const host = new URL(address).host;
  expect(await readVault(['db#password'], { settings: { address, ...known } })).toEqual([
    `source: Vault at ${host} is sealed.`,
  ]);
  expect(requests).toHaveLength(1);
});

test('follows a standby node to the active one', async () => {
  const active = await startVault(open);
  const standby = await startVault({ ...open, standbyOf: active.address });
  expect(await readVault(['db#password'], { settings: { address: standby.address, ...known } })).toEqual(['here']);
});

test('says that nothing answers at an address', async () => {
  const port = await freePort();
  expect(await readVault(['db#password'], { settings: { address: `http://127.0.0.1:${port}`, ...known } })).toEqual([
    `source: Vault at 127.0.0.1:${port} cannot be reached: connection refused.`,
  ]);
});

test('says that a server speaks no TLS', async () => {
  const { address } = await startVault(open);
  const settings = { address: address.replace('http:', 'https:'), ...known };
  const host = new URL(address).host;
  expect(await readVault(['db#password'], { settings })).toEqual([
    `source: Vault at ${host} cannot be reached: it does not speak TLS as expected.`,
  ]);
});

test('ends when nobody waits any longer', async () => {
  const { address } = await startVault({ ...open, isSilent: true });
  const controller = new AbortController();
  const reading = readVault(['db#password'], { settings: { address, ...known }, signal: controller.signal });
  controller.abort(new Error('too late'));
  await expect(reading).rejects.toThrow('too late');
});

test('reads nothing below an address with a path but what is there', async () => {
  const { address, requests } = await startVault(open);
  await readVault(['db#password'], { settings: { address: `${address}/proxy/vault`, ...known } });
  expect(requests).toEqual(['GET proxy/vault/v1/secret/db']);
});

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  await new Promise<void>(resolve => server.close(() => resolve()));
  onTestFinished(() => void server.close());
  return typeof address === 'object' && address !== null ? address.port : 0;
}
