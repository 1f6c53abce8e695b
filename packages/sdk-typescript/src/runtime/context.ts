import { getSession } from './session.ts';

/** The call on whose behalf code runs. */
export interface CallContext {
  /** As in the log. */
  readonly callId: string;
  /** The name of the tool or prompt, or the URI of the resource. */
  readonly endpoint: string;
  /** Aborted when the caller cancels or the deadline passes: hand it to `fetch` and other slow work. */
  readonly signal: AbortSignal;
}

/** The call that is running: also in functions that the handler calls and in promises it starts. */
export function context(): CallContext {
  const call = getSession('context').currentCall();
  if (call === undefined) throw new Error('context() is only available while a handler runs.');
  return call;
}
