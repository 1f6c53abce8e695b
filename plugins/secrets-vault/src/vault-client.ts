import { requestJson, type SecretRead } from '@mxcp-ts/plugin-api';
import { isRecord } from './json-record.ts';
import type { VaultSettings } from './vault-settings.ts';

/** What Vault says to a request, as far as it matters here. */
export type VaultAnswer =
  | { readonly kind: 'found'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'missing'; readonly body: Readonly<Record<string, unknown>> }
  | { readonly kind: 'refused' }
  | { readonly kind: 'broken'; readonly message: string; readonly hint?: string };

export interface VaultClient {
  get(path: string, signal: AbortSignal): Promise<VaultAnswer>;
}

/**
 * Speaks Vault's HTTP API, which OpenBao shares: developer.hashicorp.com/vault/api-docs.
 *
 * @param token - left out for logging in
 */
export async function askVault(
  { address, namespace }: VaultSettings,
  request: {
    readonly path: string;
    readonly token?: string;
    readonly body?: Readonly<Record<string, unknown>>;
    readonly signal: AbortSignal;
  },
): Promise<VaultAnswer> {
  const { path, token, body, signal } = request;
  const answer = await requestJson({
    url: new URL(`v1/${path}`, address),
    headers: {
      'x-vault-request': 'true',
      ...(token !== undefined && { 'x-vault-token': token }),
      ...(namespace !== undefined && { 'x-vault-namespace': namespace }),
    },
    ...(body !== undefined && { body }),
    signal,
    isFinal: ({ status, body }) => status === 503 && /sealed/i.test(errorsOf(body)),
  });
  if (answer.kind === 'unreachable')
    return broken(
      `Vault at ${address.host} cannot be reached: ${answer.reason}.`,
      'Check the address, and the network between.',
    );
  return meaningOf(answer.status, answer.body, address.host);
}

function meaningOf(status: number, body: unknown, host: string): VaultAnswer {
  if (status === 200 && isRecord(body)) return { kind: 'found', body };
  if (status === 404) return { kind: 'missing', body: isRecord(body) ? body : {} };
  const errors = errorsOf(body);
  // Newer servers say it beside "permission denied"; older ones say no more than that.
  if (status === 403 && /invalid token|bad token/i.test(errors))
    return broken('Vault does not accept the token.', 'It may have expired: get a new one.');
  if (status === 400 || status === 403) return { kind: 'refused' };
  if (status === 503 && /sealed/i.test(errors)) return broken(`Vault at ${host} is sealed.`, 'Unseal it first.');
  if (status === 200) return broken(`What answers at ${host} is not Vault.`, 'Check the address.');
  return broken(`Vault at ${host} answers with HTTP status ${status}.`);
}

function broken(message: string, hint?: string): VaultAnswer {
  return { kind: 'broken', message, ...(hint !== undefined && { hint }) };
}

function errorsOf(body: unknown): string {
  const errors = isRecord(body) ? body['errors'] : undefined;
  return Array.isArray(errors) ? errors.map(String).join('\n') : '';
}

/** Nothing can be read as long as this lasts. */
export type BrokenSource = SecretRead & { readonly ok: false };

export function brokenSource({ message, hint }: VaultAnswer & { readonly kind: 'broken' }): BrokenSource {
  return { ok: false, scope: 'source', message, ...(hint !== undefined && { hint }) };
}
