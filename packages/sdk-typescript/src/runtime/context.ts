import type { ClientAbility } from './ask-client.ts';
import { getGuestApi } from './guest-api.ts';

/** The call on whose behalf code runs. */
export interface CallContext {
  /** As in the log. */
  readonly callId: string;
  /** The name of the tool or prompt, or the URI of the resource. */
  readonly endpoint: string;
  /** Aborted when the caller cancels or the deadline passes: hand it to `fetch` and other slow work. */
  readonly signal: AbortSignal;
  /** How the call came in. */
  readonly transport: 'stdio' | 'http' | 'cli' | 'admin';
  /** The caller's own id of the request. */
  readonly requestId: string | undefined;
  /** Of the HTTP request; empty elsewhere. */
  readonly headers: RequestHeaders;
  /** The authenticated caller. */
  readonly user: User | undefined;
  /** The program that calls; undefined where there is no MCP client. */
  readonly client: Client | undefined;
}

/** The program of the caller. */
export interface Client {
  readonly name: string | undefined;
  readonly version: string | undefined;
  /** What it can be asked for. */
  readonly abilities: readonly ClientAbility[];
}

/** Names in lower case; `get` takes any case. */
export type RequestHeaders = Readonly<Record<string, string>> & { get(name: string): string | undefined };

/** An authenticated caller. */
export interface User {
  readonly provider: string;
  readonly userId: string;
  readonly username: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly avatarUrl: string | null;
  /** What the identity provider said, as it said it. */
  readonly rawProfile: Readonly<Record<string, unknown>> | null;
  /** The caller's own token at the identity provider. */
  readonly externalToken: string | null;
  readonly capabilities: readonly string[];
}

/** The call that is running: also in functions that the handler calls and in promises it starts. */
export function context(): CallContext {
  const call = getGuestApi('context').currentCall();
  if (call === undefined) throw new Error('context() is only available while a handler runs.');
  return call;
}
