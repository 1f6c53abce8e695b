import type { SecretRead, SecretReader } from '@mxcp-ts/plugin-api';
import { findPlaces, type KvPlace } from './find-places.ts';
import { isRecord } from './json-record.ts';
import { brokenSource, type VaultAnswer, type VaultClient } from './vault-client.ts';
import { parseReference, pathOf } from './vault-reference.ts';
import type { VaultSettings } from './vault-settings.ts';

type Failure = SecretRead & { readonly ok: false };
type Entries = { readonly ok: true; readonly entries: Readonly<Record<string, unknown>> } | Failure;

/** Reads keys of the KV engine, version 1 or 2. A path is asked for once, however many of its keys are named. */
export function createReader(settings: VaultSettings, client: VaultClient): SecretReader {
  const paths = new Map<string, Promise<Entries>>();
  return {
    async read(text, { signal }) {
      const parsed = parseReference(text);
      if (!parsed.ok) return { ok: false, scope: 'reference', ...parsed.problem };
      const { segments, key } = parsed.reference;
      const path = segments.join('/');
      const reading = paths.get(path) ?? readPath(segments, settings, client, signal);
      paths.set(path, reading);
      const found = await reading;
      return found.ok ? readKey(found.entries, key, path) : found;
    },
  };
}

/** Tries the places a path can mean until one of them has something. */
async function readPath(
  segments: readonly string[],
  settings: VaultSettings,
  client: VaultClient,
  signal: AbortSignal,
): Promise<Entries> {
  const found = await findPlaces(segments, settings, client, signal);
  if (!found.ok) return found;
  let isRefused = false;
  for (const place of found.places) {
    const answer = await client.get(addressOf(place), signal);
    if (answer.kind === 'broken') return brokenSource(answer);
    if (answer.kind === 'refused') isRefused = true;
    if (isDeleted(answer, place)) return failure(`The newest version of the secret ${segments.join('/')} is deleted.`);
    const entries = entriesIn(answer, place);
    if (entries !== undefined) return { ok: true, entries };
  }
  const path = segments.join('/');
  if (isRefused) {
    const hint = 'Its policy must allow `read` there; with KV version 2 that is <mount>/data/<path>.';
    return failure(`The token for Vault may not read ${path}, or is not valid any more.`, hint);
  }
  return failure(
    `Vault has no secret ${path}.`,
    'The path begins with the mount; for the mount `secret` it may be left out.',
  );
}

function addressOf({ mount, path, version }: KvPlace): string {
  return [pathOf(mount), ...(version === 2 ? ['data'] : []), pathOf(path)].join('/');
}

function entriesIn(answer: VaultAnswer, { version }: KvPlace): Readonly<Record<string, unknown>> | undefined {
  if (answer.kind !== 'found') return undefined;
  const { data } = answer.body;
  if (!isRecord(data)) return undefined;
  if (version === 1) return data;
  return isRecord(data['data']) && isRecord(data['metadata']) ? data['data'] : undefined;
}

/** KV version 2 answers 404 for a deleted secret too, with its metadata. */
function isDeleted(answer: VaultAnswer, { version }: KvPlace): boolean {
  if (answer.kind !== 'missing' || version !== 2) return false;
  const { data } = answer.body;
  return isRecord(data) && isRecord(data['metadata']);
}

function readKey(entries: Readonly<Record<string, unknown>>, key: string, path: string): SecretRead {
  const value = Object.hasOwn(entries, key) ? entries[key] : undefined;
  if (value === undefined) {
    const keys = Object.keys(entries);
    const hint = keys.length === 0 ? undefined : `Its keys are: ${keys.sort().join(', ')}.`;
    return failure(`The secret ${path} has no key "${key}".`, hint);
  }
  if (value === null) return failure(`The key "${key}" of the secret ${path} holds null.`);
  if (typeof value === 'number' && Number.isInteger(value) && !Number.isSafeInteger(value))
    return failure(`The key "${key}" of the secret ${path} holds a number of too many digits.`, 'Store it as a text.');
  return { ok: true, value };
}

function failure(message: string, hint?: string): Failure {
  return { ok: false, scope: 'reference', message, ...(hint !== undefined && { hint }) };
}
