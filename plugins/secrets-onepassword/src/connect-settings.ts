import type { SecretSourceOptions, SettingProblem } from '@mxcp-ts/plugin-api';

/** The block `onepassword` of the user config, and its token. */
export interface ConnectSettings {
  /** With a trailing slash. */
  readonly host: URL;
  readonly token: string;
}

type Resolved =
  | { readonly ok: true; readonly settings: ConnectSettings }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };

/** Reads the block; what the schema of the user config refuses counts as not written. */
export function resolveSettings({ settings, env }: SecretSourceOptions): Resolved {
  const host = readHost(textOf(settings['connect_host']));
  const tokenEnv = textOf(settings['token_env']) ?? 'OP_CONNECT_TOKEN';
  const token = env[tokenEnv]?.trim() ?? '';
  const problems = [...(host instanceof URL ? [] : [host]), ...(token === '' ? [noToken(tokenEnv)] : [])];
  return problems.length > 0 || !(host instanceof URL)
    ? { ok: false, problems }
    : { ok: true, settings: { host, token } };
}

function readHost(text: string | undefined): URL | SettingProblem {
  const setting = 'connect_host';
  if (text === undefined) {
    return {
      message: 'No 1Password Connect server is named; a service account alone is not enough.',
      hint: 'Set `connect_host` to the URL of your Connect server: http://localhost:8080.',
      setting,
    };
  }
  const wrong: SettingProblem = {
    message: 'The Connect server is no http or https URL.',
    hint: 'Write it like http://localhost:8080.',
    setting,
  };
  if (!URL.canParse(text)) return wrong;
  const url = new URL(text.endsWith('/') ? text : `${text}/`);
  const isPlain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return ['http:', 'https:'].includes(url.protocol) && isPlain ? url : wrong;
}

function noToken(variable: string): SettingProblem {
  return {
    message: `The environment variable ${variable}, which holds the token of the Connect server, is not set.`,
    setting: 'token_env',
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
}
