import type { OpenedSource, SecretSourceOptions } from '@mxcp-ts/plugin-api';
import { createClient } from './connect-client.ts';
import { createReader } from './connect-reader.ts';
import { resolveSettings } from './connect-settings.ts';

/** Checks the block `onepassword`. Asks the server nothing: the token shows its worth when it reads. */
export function openConnect(options: SecretSourceOptions): OpenedSource {
  const resolved = resolveSettings(options);
  return resolved.ok ? { ok: true, reader: createReader(createClient(resolved.settings)) } : resolved;
}
