import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SecretSourceOptions, SettingProblem } from '@mxcp-ts/plugin-api';
import { isRecord } from './json-record.ts';
import { askVault } from './vault-client.ts';
import { pathOf } from './vault-reference.ts';
import type { AppRoleSettings, VaultSettings } from './vault-settings.ts';

type Environment = SecretSourceOptions['env'];

/** The token in the environment, else the one that `vault login` leaves in the home folder. */
export function findToken({ tokenEnv }: VaultSettings, env: Environment, home: string): string | SettingProblem {
  const token = env[tokenEnv]?.trim() || readTokenFile(home);
  if (token !== undefined && token !== '') return token;
  return {
    message: `There is no token for Vault: the environment variable ${tokenEnv} is not set, and there is no ~/.vault-token.`,
    hint: 'Set the variable, log in with `vault login`, or use `approle`.',
    setting: 'token_env',
  };
}

function readTokenFile(home: string): string | undefined {
  try {
    return readFileSync(join(home, '.vault-token'), 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** A token for a role: `POST auth/<mount>/login`. */
export async function logIn(
  settings: VaultSettings,
  { roleIdEnv, secretIdEnv, mount }: AppRoleSettings,
  env: Environment,
  signal: AbortSignal,
): Promise<string | SettingProblem> {
  const [roleId, secretId] = [env[roleIdEnv]?.trim(), env[secretIdEnv]?.trim()];
  const unset = [roleIdEnv, secretIdEnv].find(name => (env[name] ?? '').trim() === '');
  if (unset !== undefined || roleId === undefined || secretId === undefined) {
    return { message: `The environment variable ${unset}, which AppRole needs, is not set.`, setting: 'approle' };
  }
  const path = `auth/${pathOf(mount)}/login`;
  const answer = await askVault(settings, { path, body: { role_id: roleId, secret_id: secretId }, signal });
  switch (answer.kind) {
    case 'found':
      return tokenIn(answer.body) ?? { message: 'Vault gives no token for this role.', setting: 'approle' };
    case 'missing':
      return { message: `Vault has no AppRole login at ${path}.`, hint: 'Set `approle.mount`.', setting: 'approle' };
    case 'refused':
      return {
        message: 'Vault refuses the role or its secret id.',
        hint: `Check ${roleIdEnv} and ${secretIdEnv}; a secret id may be used up or expired.`,
        setting: 'approle',
      };
    case 'broken': {
      const { message, hint } = answer;
      return { message, ...(hint !== undefined && { hint }) };
    }
  }
}

function tokenIn({ auth }: Readonly<Record<string, unknown>>): string | undefined {
  const token = isRecord(auth) ? auth['client_token'] : undefined;
  return typeof token === 'string' && token !== '' ? token : undefined;
}
