import type { GuestCallContext } from '@mxcp-ts/guest';
import type { CallContext, Client, RequestHeaders, User } from '../runtime/context.ts';

/** A call as the guest was told of it. */
export interface CallFacts {
  readonly callId: string;
  readonly endpoint: string;
  readonly signal: AbortSignal;
  readonly sent: GuestCallContext;
}

/** What `context()` gives. Credentials in it are not shown when it is printed. */
export function showContext({ callId, endpoint, signal, sent }: CallFacts): CallContext {
  const { transport, requestId, headers, user, client } = sent;
  return Object.freeze({
    callId,
    endpoint,
    signal,
    transport,
    requestId,
    headers: showHeaders(headers),
    user: user === undefined ? undefined : showUser(user),
    client: client === undefined ? undefined : showClient(client),
  });
}

function showHeaders(headers: Readonly<Record<string, string>>): RequestHeaders {
  const get = (name: string): string | undefined => {
    const key = name.toLowerCase();
    return Object.hasOwn(headers, key) ? headers[key] : undefined;
  };
  // Without a prototype, and `get` never as a header: names of headers are the caller's choice.
  const shown = Object.assign<Record<string, string>, typeof headers>(Object.create(null), headers);
  const withGet = Object.defineProperty(shown, 'get', { value: get, enumerable: false });
  return Object.freeze(withPrintedForm(withGet as RequestHeaders, credentials));
}

const credentials = ['authorization', 'proxy-authorization', 'cookie', 'x-api-key'];

function showUser(user: NonNullable<GuestCallContext['user']>): User {
  const shown = {
    provider: user.provider,
    userId: user.user_id,
    username: user.username,
    email: user.email,
    name: user.name,
    avatarUrl: user.avatar_url,
    rawProfile: user.raw_profile,
    externalToken: user.external_token,
    capabilities: Object.freeze([...user.capabilities]),
  };
  return Object.freeze(withPrintedForm(shown, ['externalToken']));
}

function showClient({ name, version, abilities }: NonNullable<GuestCallContext['client']>): Client {
  return Object.freeze({ name, version, abilities: Object.freeze([...abilities]) });
}

/** Makes `console.log` and errors show `****` for these. */
function withPrintedForm<T extends object>(value: T, hidden: readonly string[]): T {
  const print = () =>
    Object.fromEntries(
      Object.entries(value).map(([name, inner]) => [name, hidden.includes(name) && inner !== null ? '****' : inner]),
    );
  return Object.defineProperty(value, Symbol.for('nodejs.util.inspect.custom'), { value: print });
}
