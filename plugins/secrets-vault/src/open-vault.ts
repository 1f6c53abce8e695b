import type { OpenedSource, SecretSourceOptions, SettingProblem } from '@mxcp-ts/plugin-api';
import { findToken, logIn } from './find-token.ts';
import { createReader } from './kv-reader.ts';
import { askVault } from './vault-client.ts';
import { resolveSettings } from './vault-settings.ts';

/** Checks the block `vault` and gets a token. Asks the server only to log in: a token shows its worth when it reads. */
export async function openVault({ settings: written, env, home, signal }: SecretSourceOptions): Promise<OpenedSource> {
  const resolved = resolveSettings(written);
  if (!resolved.ok) return resolved;
  const { settings } = resolved;
  const { appRole } = settings;
  const found = appRole === undefined ? findToken(settings, env, home) : await logIn(settings, appRole, env, signal);
  if (typeof found !== 'string') return refuse(found);
  return {
    ok: true,
    reader: createReader(settings, { get: (path, signal) => askVault(settings, { path, token: found, signal }) }),
  };
}

function refuse(problem: SettingProblem): OpenedSource {
  return { ok: false, problems: [problem] };
}
