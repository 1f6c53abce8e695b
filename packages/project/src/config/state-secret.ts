import { diagnostic, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { UserConfigFile } from '@mxcp-ts/schemas';
import type { Locate } from '../definition.ts';

const shortest = 32;

export interface StateSecretSources {
  readonly user: UserConfigFile;
  /** Of the user config; undefined when there is none. */
  readonly locate: Locate | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** What seals the state of waiting calls: `MXCP_STATE_SECRET`, else what the user config says. */
export function stateSecret({ user, locate, env }: StateSecretSources, report: ReportDiagnostic): string | undefined {
  const fromEnv = env['MXCP_STATE_SECRET'];
  const isFromEnv = fromEnv !== undefined && fromEnv !== '';
  const secret = isFromEnv ? fromEnv : user.transport?.http?.state_secret;
  if (secret === undefined || secret.length >= shortest) return secret;
  const message = `${isFromEnv ? 'MXCP_STATE_SECRET' : 'The state secret'} has fewer than ${shortest} characters.`;
  const span = isFromEnv ? undefined : locate?.at('transport', 'http', 'state_secret');
  report(diagnostic('config/weak-secret', message, span, 'Make one with `openssl rand -base64 32`.'));
  return undefined;
}

/** The user config as handlers may see it. */
export function withoutStateSecret(user: UserConfigFile): UserConfigFile {
  const { state_secret: _, ...http } = user.transport?.http ?? {};
  return user.transport?.http === undefined ? user : { ...user, transport: { ...user.transport, http } };
}
