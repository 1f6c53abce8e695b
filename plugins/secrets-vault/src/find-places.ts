import { isRecord } from './json-record.ts';
import { type BrokenSource, brokenSource, type VaultClient } from './vault-client.ts';
import { pathOf } from './vault-reference.ts';
import type { VaultSettings } from './vault-settings.ts';

/** Where a path may lie: a KV engine, its version, and the path inside. */
export interface KvPlace {
  readonly mount: readonly string[];
  readonly version: 1 | 2;
  readonly path: readonly string[];
}

interface Mount {
  readonly segments: readonly string[];
  readonly version: 1 | 2;
}

/** What a path is inside of when it does not begin with a mount, as the original has it. */
const usualMount: readonly string[] = ['secret'];

/**
 * The places a path can mean, likeliest first. With `mount` set, every path is inside of it, and with `kv_version` too nothing is asked. Else the server says
 * whether the path begins with a mount, of however many segments; where it does not say, its first segment may be one.
 */
export async function findPlaces(
  segments: readonly string[],
  { mount: configured, kvVersion }: VaultSettings,
  client: VaultClient,
  signal: AbortSignal,
): Promise<{ readonly ok: true; readonly places: readonly KvPlace[] } | BrokenSource> {
  if (configured !== undefined && kvVersion !== undefined)
    return { ok: true, places: placesIn(configured, segments, kvVersion) };
  const candidates =
    configured === undefined ? [segments, [...usualMount, ...segments]] : [[...configured, ...segments]];
  for (const candidate of candidates) {
    const found = await askForMount(candidate, client, signal);
    if (found === undefined) continue;
    if ('message' in found) return found;
    const path = candidate.slice(found.segments.length);
    if (path.length > 0) return { ok: true, places: placesIn(found.segments, path, found.version) };
  }
  if (configured !== undefined) return { ok: true, places: placesIn(configured, segments, kvVersion) };
  const [first, ...rest] = segments;
  const own = first === undefined || rest.length === 0 ? [] : placesIn([first], rest, kvVersion);
  return { ok: true, places: [...own, ...placesIn(usualMount, segments, kvVersion)] };
}

function placesIn(mount: readonly string[], path: readonly string[], version: 1 | 2 | undefined): readonly KvPlace[] {
  const versions = version === undefined ? ([2, 1] as const) : [version];
  return versions.map(version => ({ mount, path, version }));
}

/**
 * Which mount a path lies in, as Vault's own command line asks for it. A token that may read below a mount may ask this;
 * 403 stands for no mount as well as for no permission.
 */
async function askForMount(
  path: readonly string[],
  client: VaultClient,
  signal: AbortSignal,
): Promise<Mount | BrokenSource | undefined> {
  const answer = await client.get(`sys/internal/ui/mounts/${pathOf(path)}`, signal);
  if (answer.kind === 'broken') {
    return brokenSource(answer);
  }
  const data = answer.kind === 'found' ? answer.body['data'] : undefined;
  if (!isRecord(data) || typeof data['path'] !== 'string') return undefined;
  const segments = data['path'].split('/').filter(segment => segment !== '');
  if (!['kv', 'generic'].includes(String(data['type']))) return undefined;
  return { segments, version: versionOf(data['options']) };
}

/** A KV engine without the option is one of version 1. */
function versionOf(options: unknown): 1 | 2 {
  return isRecord(options) && String(options['version']) === '2' ? 2 : 1;
}
