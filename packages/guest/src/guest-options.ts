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
  /** Answers `db.execute` of user code. */
  readonly execute: GuestExecute;
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

export interface GuestExecuteRequest {
  readonly sql: string;
  readonly params: JsonObject | readonly JsonValue[] | undefined;
  /** The id of the call that asks; undefined in hooks and in work that outlives its call. */
  readonly call: string | undefined;
  /** Aborted when the call is cancelled or the guest is gone. */
  readonly signal: AbortSignal;
}

export type GuestExecuteReply =
  /** `rowsJson` is a JSON array; it goes to the guest as it is. */
  | { readonly ok: true; readonly columns: readonly object[]; readonly rowsJson: string }
  | { readonly ok: false; readonly error: GuestError };

export type GuestExecute = (request: GuestExecuteRequest) => Promise<GuestExecuteReply>;

export type GuestLog = (
  level: 'debug' | 'info' | 'warning' | 'error',
  message: string,
  fields?: { readonly endpoint?: string; readonly call?: string; readonly logger?: string },
) => void;

export interface GuestCallOptions {
  /** The host's name for the call, in every log line. */
  readonly callId: string;
  readonly signal: AbortSignal;
}

export type GuestOutcome =
  | {
      readonly kind: 'result';
      readonly value: JsonValue;
      readonly exact?: readonly { readonly pointer: string; readonly text: string }[];
    }
  | { readonly kind: 'failure'; readonly error: GuestError }
  /** The process died or could not be started. `reason` is a sentence that may reach the caller. */
  | { readonly kind: 'unavailable'; readonly reason: string; readonly retryAfterMs: number };
