import type { CallContext, ClientChannel, ContentBlock, EngineHost, HandlerCall } from '@mxcp-ts/engine';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import type { GuestError, HostToGuest } from './protocol.ts';

/** How to start a guest and what it may ask of the host. */
export interface GuestOptions {
  /** The language, as messages name it: `Python`. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  /** The whole environment of the process. */
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  /** What the first message says; every replacement gets the same. */
  readonly start: Omit<Extract<HostToGuest, { type: 'start' }>, 'type'>;
  readonly services: GuestServices;
  readonly log: GuestLog;
  /** Until the guest has loaded its modules and run its hooks. */
  readonly startTimeoutMs?: number;
  /** How long a cancelled call may take to end before its process is replaced. */
  readonly cancelGraceMs?: number;
  /** How long a process with a stuck call may take to show that the rest of it is alive. */
  readonly pingTimeoutMs?: number;
  readonly maxLineBytes?: number;
}

export interface ResolvedGuestOptions extends Required<GuestOptions> {}

export const guestDefaults = Object.freeze({
  startTimeoutMs: 60_000,
  cancelGraceMs: 500,
  pingTimeoutMs: 1_000,
  maxLineBytes: 256 * 1024 * 1024,
});

/** What a project offers to its guests. */
export interface GuestServices extends Pick<EngineHost, 'database' | 'sessions' | 'announce' | 'requestReload'> {
  /** How the rows of `db.execute` go to the guest. */
  readonly rows: 'json' | 'columns';
}

export type GuestLog = (
  level: 'debug' | 'info' | 'warning' | 'error',
  message: string,
  fields?: { readonly endpoint?: string; readonly call?: string; readonly logger?: string },
) => void;

export interface GuestCallOptions {
  /** The host's name for the call, in every log line. */
  readonly callId: string;
  readonly signal: AbortSignal;
  readonly context: CallContext;
  readonly client: ClientChannel;
  readonly ask: HandlerCall['ask'];
}

export type GuestOutcome =
  | {
      readonly kind: 'result';
      /** Undefined when `content` is the whole result. */
      readonly value: JsonValue | undefined;
      readonly isBytes?: true;
      readonly content?: readonly ContentBlock[];
      readonly meta?: JsonObject;
      readonly exact?: readonly { readonly pointer: string; readonly text: string }[];
    }
  | { readonly kind: 'failure'; readonly error: GuestError }
  /** The process died or could not be started. `reason` is a sentence that may reach the caller. */
  | { readonly kind: 'unavailable'; readonly reason: string; readonly retryAfterMs: number };

/** One chunk of a SQL function. */
export interface AppliedOutcome {
  readonly kind: 'applied';
  /** A JSON array with one value per row. */
  readonly json: string;
}
