import { requestJson, type SecretRead } from '@mxcp-ts/plugin-api';
import type { ConnectSettings } from './connect-settings.ts';

export type ConnectAnswer =
  | { readonly kind: 'found'; readonly body: unknown }
  | { readonly kind: 'missing' }
  | { readonly kind: 'refused' }
  | { readonly kind: 'broken'; readonly failure: BrokenSource };

/** Nothing can be read as long as this lasts. */
export type BrokenSource = SecretRead & { readonly ok: false };

export interface ConnectClient {
  /** @param filter - in the SCIM language, such as `title eq "Billing"` */
  get(path: string, options: { readonly filter?: string; readonly signal: AbortSignal }): Promise<ConnectAnswer>;
}

/** Speaks the REST API of a Connect server, version 1: developer.1password.com/docs/connect/api-reference. */
export function createClient({ host, token }: ConnectSettings): ConnectClient {
  return {
    async get(path, { filter, signal }) {
      const url = new URL(`v1/${path}`, host);
      if (filter !== undefined) url.searchParams.set('filter', filter);
      const answer = await requestJson({ url, headers: { authorization: `Bearer ${token}` }, signal });
      if (answer.kind === 'unreachable') {
        const message = `1Password Connect at ${host.host} cannot be reached: ${answer.reason}.`;
        return broken(message, 'Check `connect_host`, and the network between.');
      }
      return meaningOf(answer.status, answer.body, host.host);
    },
  };
}

function meaningOf(status: number, body: unknown, host: string): ConnectAnswer {
  switch (status) {
    case 200:
      return body === undefined
        ? broken(`What answers at ${host} is not 1Password Connect.`, 'Check `connect_host`.')
        : { kind: 'found', body };
    case 401:
      return broken(
        '1Password Connect does not accept the token.',
        'It may be revoked or expired, or be one of another server.',
      );
    case 403:
      return { kind: 'refused' };
    case 404:
      return { kind: 'missing' };
    default:
      return broken(`1Password Connect at ${host} answers with HTTP status ${status}.`);
  }
}

function broken(message: string, hint?: string): ConnectAnswer {
  return { kind: 'broken', failure: { ok: false, scope: 'source', message, ...(hint !== undefined && { hint }) } };
}
