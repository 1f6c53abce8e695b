import { once } from 'node:events';
import { context } from 'mxcp-ts/runtime';

const calls = new Map<string, 'waiting' | 'cancelled'>();

export async function waitLong({ key }: { key: string }): Promise<void> {
  const { signal } = context();
  calls.set(key, 'waiting');
  if (!signal.aborted) await once(signal, 'abort');
  calls.set(key, 'cancelled');
}

export function wasCancelled({ key }: { key: string }): string {
  return calls.get(key) ?? 'unknown';
}
