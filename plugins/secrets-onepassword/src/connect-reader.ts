import type { SecretRead, SecretReader } from '@mxcp-ts/plugin-api';
import type { ConnectAnswer, ConnectClient } from './connect-client.ts';
import { findField } from './find-field.ts';
import { isRecord } from './json-record.ts';
import { parseReference } from './op-reference.ts';

type Failure = SecretRead & { readonly ok: false };
type Item = Readonly<Record<string, unknown>>;
type Found<T> = { readonly ok: true; readonly value: T } | Failure;

/** Reads fields of items. A vault is looked up once, an item is read once, however many of its fields are named. */
export function createReader(client: ConnectClient): SecretReader {
  const vaults = new Map<string, Promise<Found<string>>>();
  const items = new Map<string, Promise<Found<Item>>>();
  return {
    async read(text, { signal }) {
      const parsed = parseReference(text);
      if (!parsed.ok) return { ok: false, scope: 'reference', ...parsed.problem };
      const { reference } = parsed;
      const vault = await remember(vaults, reference.vault, () => findVault(reference.vault, client, signal));
      if (!vault.ok) return vault;
      const id = `${vault.value}/${reference.item}`;
      const item = await remember(items, id, () => readItem(vault.value, reference.item, client, signal));
      return item.ok ? findField(item.value, reference) : item;
    },
  };
}

function remember<T>(known: Map<string, Promise<T>>, key: string, start: () => Promise<T>): Promise<T> {
  const running = known.get(key) ?? start();
  known.set(key, running);
  return running;
}

/** @returns the vault's id */
async function findVault(vault: string, client: ConnectClient, signal: AbortSignal): Promise<Found<string>> {
  if (isId(vault)) return known(vault);
  const answer = await client.get('vaults', { filter: `name eq ${quoted(vault)}`, signal });
  return onlyOne(answer, 'vault', vault, 'The token must have been given access to it.');
}

async function readItem(
  vaultId: string,
  item: string,
  client: ConnectClient,
  signal: AbortSignal,
): Promise<Found<Item>> {
  const path = `vaults/${encodeURIComponent(vaultId)}/items`;
  const id = isId(item) ? known(item) : await findItem(path, item, client, signal);
  if (!id.ok) return id;
  const answer = await client.get(`${path}/${encodeURIComponent(id.value)}`, { signal });
  if (answer.kind === 'found' && isRecord(answer.body)) return { ok: true, value: answer.body };
  return unusable(answer, 'item', item);
}

function known(id: string): Found<string> {
  return { ok: true, value: id };
}

/** @returns the item's id */
async function findItem(
  path: string,
  item: string,
  client: ConnectClient,
  signal: AbortSignal,
): Promise<Found<string>> {
  const answer = await client.get(path, { filter: `title eq ${quoted(item)}`, signal });
  return onlyOne(answer, 'item', item);
}

/** The id of what a search gives, if that is one thing. */
function onlyOne(answer: ConnectAnswer, kind: 'vault' | 'item', name: string, hint?: string): Found<string> {
  if (answer.kind !== 'found') return unusable(answer, kind, name);
  const ids = (Array.isArray(answer.body) ? answer.body : []).flatMap(entry =>
    isRecord(entry) && typeof entry['id'] === 'string' ? [entry['id']] : [],
  );
  const [id] = ids;
  if (id === undefined) return failure(`1Password has no ${kind} "${name}".`, hint);
  return ids.length === 1
    ? { ok: true, value: id }
    : failure(`${ids.length} ${kind}s of 1Password are called "${name}".`, 'Name it by its id.');
}

function unusable(answer: ConnectAnswer, kind: 'vault' | 'item', name: string): Failure {
  switch (answer.kind) {
    case 'broken':
      return answer.failure;
    case 'refused':
      return failure(
        `The token for 1Password Connect may not read the ${kind} "${name}".`,
        'Give it access to the vault.',
      );
    case 'missing':
    case 'found':
      return failure(`1Password has no ${kind} "${name}".`);
  }
}

/** 26 letters and digits, as 1Password makes them. */
function isId(text: string): boolean {
  return /^[a-z0-9]{26}$/.test(text);
}

/** A text of the SCIM filter language, which writes them like JSON: RFC 7644, 3.4.2.2. */
function quoted(text: string): string {
  return JSON.stringify(text);
}

function failure(message: string, hint?: string): Failure {
  return { ok: false, scope: 'reference', message, ...(hint !== undefined && { hint }) };
}
