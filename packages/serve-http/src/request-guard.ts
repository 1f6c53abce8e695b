import type { IncomingMessage } from 'node:http';
import { isIpAddress, isLoopback } from './loopback.ts';

export interface GuardOptions {
  /** Where the server listens. */
  readonly host: string;
  /** Further names it is known by: `name` for any port, `name:port`, or `*`. */
  readonly allowedHosts: readonly string[];
  /** Origins of web pages that may call it: `https://app.example.com`, or `*`. */
  readonly allowedOrigins: readonly string[];
}

export type Verdict =
  | {
      readonly allowed: true;
      /** The web page that asks, when one does. */
      readonly origin: string | undefined;
    }
  | { readonly allowed: false; readonly status: 403 | 421; readonly reason: string };

/**
 * Keeps web pages from reaching the server through a visitor's browser. A page that rebinds its own name to this
 * address sends that name as Host; a page elsewhere sends itself as Origin.
 */
export function createRequestGuard(options: GuardOptions): (req: IncomingMessage) => Verdict {
  const isHostAllowed = hostRule(options);
  const isOriginAllowed = originRule(options);
  return ({ headers, rawHeaders }) => {
    const { host = '', origin } = headers;
    // A proxy in front may have read another one of several.
    if (hasSeveralHosts(rawHeaders) || !isHostAllowed(host)) {
      return { allowed: false, status: 421, reason: 'This server is not known by the name in the Host header.' };
    }
    if (origin !== undefined && !isOriginAllowed(origin, host)) {
      return { allowed: false, status: 403, reason: 'Web pages of this origin may not call this server.' };
    }
    return { allowed: true, origin };
  };
}

/** @param rawHeaders - names and values in turns; `headersDistinct` would sort all of them to tell the same */
function hasSeveralHosts(rawHeaders: readonly string[]): boolean {
  let count = 0;
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index];
    if (name?.length === 4 && name.toLowerCase() === 'host') count += 1;
  }
  return count > 1;
}

function hostRule({ host, allowedHosts }: GuardOptions): (header: string) => boolean {
  const allowed = new Set([host, ...allowedHosts].map(name => name.toLowerCase()));
  const isLocal = isLoopback(host);
  return header => {
    if (allowed.has('*')) return true;
    const name = hostNameOf(header);
    if (name === undefined) return false;
    if (isLoopback(name) || allowed.has(name) || allowed.has(header.toLowerCase())) return true;
    // Rebinding needs a name: an address in the Host header is what the client really connected to.
    return !isLocal && isIpAddress(name);
  };
}

function originRule({ host, allowedOrigins }: GuardOptions): (origin: string, hostHeader: string) => boolean {
  const allowed = new Set(allowedOrigins.map(origin => origin.toLowerCase().replace(/\/$/, '')));
  const isLocal = isLoopback(host);
  return (origin, hostHeader) => {
    if (origin === 'null') return false;
    if (allowed.has('*') || allowed.has(origin.toLowerCase())) return true;
    const url = URL.canParse(origin) ? new URL(origin) : undefined;
    if (url === undefined || !/^https?:$/.test(url.protocol)) return false;
    return (isLocal && isLoopback(url.hostname)) || url.host === hostHeader.toLowerCase();
  };
}

/** The name without its port, lower case, IPv6 in brackets; undefined for what is not a host at all. */
function hostNameOf(header: string): string | undefined {
  const match = /^(\[[0-9a-f:.]+\]|[^:/?#@\s[\]]+)(?::\d{1,5})?$/i.exec(header);
  return match?.[1]?.toLowerCase();
}
