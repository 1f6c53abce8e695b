import type { SettingProblem } from '@mxcp-ts/plugin-api';
import { isRecord } from './json-record.ts';

/** The block `vault` of the user config, defaults applied. */
export interface VaultSettings {
  /** With a trailing slash. */
  readonly address: URL;
  readonly namespace: string | undefined;
  /** What paths start from; undefined: a path begins with its mount, or lies in the one named `secret`. */
  readonly mount: readonly string[] | undefined;
  /** Undefined: ask. */
  readonly kvVersion: 1 | 2 | undefined;
  readonly tokenEnv: string;
  readonly appRole: AppRoleSettings | undefined;
}

export interface AppRoleSettings {
  readonly roleIdEnv: string;
  readonly secretIdEnv: string;
  readonly mount: readonly string[];
}

type Resolved =
  | { readonly ok: true; readonly settings: VaultSettings }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };

type Written = Readonly<Record<string, unknown>>;

/** Reads the block; what the schema of the user config refuses counts as not written. */
export function resolveSettings(written: Written): Resolved {
  const address = readAddress(written);
  if ('message' in address) return { ok: false, problems: [address] };
  const version = Number(written['kv_version']);
  const appRole = written['approle'];
  return {
    ok: true,
    settings: {
      address,
      namespace: textOf(written, 'namespace')?.replace(/^\/+|\/+$/g, ''),
      mount: segmentsOf(textOf(written, 'mount')),
      kvVersion: version === 1 || version === 2 ? version : undefined,
      tokenEnv: textOf(written, 'token_env') ?? 'VAULT_TOKEN',
      appRole: isRecord(appRole) ? readAppRole(appRole) : undefined,
    },
  };
}

function readAddress(written: Written): URL | SettingProblem {
  const text = textOf(written, 'address');
  const hint = 'Give the URL of the server: https://vault.example.com:8200.';
  if (text === undefined) return { message: 'The address of the Vault server is not set.', setting: 'address', hint };
  const wrong: SettingProblem = {
    message: 'The address of the Vault server is no http or https URL.',
    setting: 'address',
    hint,
  };
  if (!URL.canParse(text)) return wrong;
  const url = new URL(text.endsWith('/') ? text : `${text}/`);
  if (!['http:', 'https:'].includes(url.protocol)) return wrong;
  if (url.username === '' && url.password === '' && url.search === '' && url.hash === '') return url;
  return { message: 'The address of the Vault server holds more than a host and a path.', setting: 'address', hint };
}

function readAppRole(written: Written): AppRoleSettings {
  return {
    roleIdEnv: textOf(written, 'role_id_env') ?? 'VAULT_ROLE_ID',
    secretIdEnv: textOf(written, 'secret_id_env') ?? 'VAULT_SECRET_ID',
    mount: segmentsOf(textOf(written, 'mount')) ?? ['approle'],
  };
}

function textOf(written: Written, key: string): string | undefined {
  const value = written[key];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}

function segmentsOf(path: string | undefined): readonly string[] | undefined {
  const segments = path?.split('/').filter(segment => segment !== '' && segment !== '.' && segment !== '..');
  return segments === undefined || segments.length === 0 ? undefined : segments;
}
