import { plugin } from '../src/index.ts';

export interface VaultReading {
  readonly settings?: Readonly<Record<string, unknown>>;
  readonly env?: Readonly<Record<string, string>>;
  readonly home?: string;
  readonly signal?: AbortSignal;
}

/** What the plug-in gives for each reference, as a host asks it: `value`, or the message and hint of what is wrong. */
export async function readVault(references: readonly string[], reading: VaultReading): Promise<readonly unknown[]> {
  const { settings = {}, env = { VAULT_TOKEN: 'root' }, home = '/nowhere' } = reading;
  const signal = reading.signal ?? new AbortController().signal;
  const [source] = plugin.secretSources;
  if (source === undefined) return [];
  const opened = await source.open({ settings, env, home, signal });
  if (!opened.ok) return opened.problems;
  const { reader } = opened;
  return await Promise.all(
    references.map(async reference => {
      const problem = source.check(reference);
      if (problem !== undefined) return problem;
      const read = await reader.read(reference, { signal });
      return read.ok ? read.value : `${read.scope}: ${read.message}`;
    }),
  );
}
