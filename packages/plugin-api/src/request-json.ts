import { setTimeout as sleep } from 'node:timers/promises';

export interface JsonRequest {
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  /** Sent as JSON with POST; left out: GET. */
  readonly body?: Readonly<Record<string, unknown>>;
  readonly signal: AbortSignal;
  /** Answers that trying again would not change, though their status says so: a sealed vault. */
  readonly isFinal?: (answer: JsonAnswer & { readonly kind: 'answer' }) => boolean;
}

/** `body` is undefined when the answer is not JSON. `reason` is a word or two, such as `connection refused`. */
export type JsonAnswer =
  | { readonly kind: 'answer'; readonly status: number; readonly body: unknown }
  | { readonly kind: 'unreachable'; readonly reason: string };

/** At most this often in all; the caller's signal ends it earlier. */
const attempts = 4;
const firstPauseMs = 100;

/**
 * Asks a server that keeps secrets. Tries again with growing pauses when it is overloaded or breaks (429, 5xx, 412), and follows
 * one redirect, but never from https to http. Nothing that was sent appears in what comes back.
 *
 * @throws what aborted the signal, and nothing else
 */
export async function requestJson(request: JsonRequest): Promise<JsonAnswer> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await askOnce(request);
    if (answer.kind === 'unreachable' || attempt === attempts || !isPassing(answer.status)) return answer;
    if (request.isFinal?.(answer) === true) return answer;
    await sleep(firstPauseMs * 2 ** (attempt - 1), undefined, { signal: request.signal });
  }
}

/** 412 is what a replica of Vault answers that has not heard of a token yet. */
function isPassing(status: number): boolean {
  return status === 429 || status === 412 || (status >= 500 && status !== 501);
}

async function askOnce(request: JsonRequest): Promise<JsonAnswer> {
  try {
    const response = await followOnce(request);
    const text = await response.text();
    return { kind: 'answer', status: response.status, body: parse(text) };
  } catch (error) {
    request.signal.throwIfAborted();
    return { kind: 'unreachable', reason: reasonOf(error) };
  }
}

async function followOnce(request: JsonRequest): Promise<Response> {
  const response = await send(request, request.url);
  const target = response.headers.get('location');
  if (![301, 302, 307, 308].includes(response.status) || target === null) return response;
  await response.body?.cancel();
  const url = new URL(target, request.url);
  // The request carries a token: it must not go where everyone can read along.
  if (url.protocol !== 'https:' && url.protocol !== request.url.protocol) throw new InsecureRedirect();
  return await send(request, url);
}

class InsecureRedirect extends Error {}

function send({ headers, body, signal }: JsonRequest, url: URL): Promise<Response> {
  return fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: {
      accept: 'application/json',
      ...(body !== undefined && { 'content-type': 'application/json' }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
    redirect: 'manual',
    signal,
  });
}

function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

const reasons: Readonly<Record<string, string | undefined>> = {
  ECONNREFUSED: 'connection refused',
  ECONNRESET: 'connection reset',
  ENOTFOUND: 'no such host',
  EAI_AGAIN: 'the name could not be looked up',
  EHOSTUNREACH: 'no route to the host',
  ENETUNREACH: 'no route to the host',
  ETIMEDOUT: 'no answer',
  UND_ERR_CONNECT_TIMEOUT: 'no answer',
  UND_ERR_SOCKET: 'connection closed',
  DEPTH_ZERO_SELF_SIGNED_CERT: 'its certificate is not trusted',
  SELF_SIGNED_CERT_IN_CHAIN: 'its certificate is not trusted',
  UNABLE_TO_VERIFY_LEAF_SIGNATURE: 'its certificate is not trusted',
  UNABLE_TO_GET_ISSUER_CERT_LOCALLY: 'its certificate is not trusted',
  CERT_HAS_EXPIRED: 'its certificate has expired',
  ERR_TLS_CERT_ALTNAME_INVALID: 'its certificate is for another name',
};

/** What `fetch` throws says nothing by itself; the cause does. Other texts are left out, as they may quote a header. */
function reasonOf(error: unknown): string {
  if (error instanceof InsecureRedirect) return 'it redirects to an address without encryption';
  const cause = error instanceof Error ? error.cause : undefined;
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : '';
  if (/^ERR_SSL/.test(code)) return 'it does not speak TLS as expected';
  return reasons[code] ?? (/^\w+$/.test(code) ? code : 'the request did not go through');
}
