import type { CallContext, SqlFunctionAnswer } from '@mxcp-ts/engine';
import type { AppliedOutcome, GuestOutcome } from './guest-options.ts';
import type { GuestCallContext } from './protocol.ts';

/** What a guest learns of who calls. */
export function guestContextOf({
  transport,
  requestId,
  headers,
  user,
  client,
  session,
}: CallContext): GuestCallContext {
  return { transport, requestId, headers, user, client, hasSession: session !== undefined };
}

/** A guest that answers a call as if it were a SQL function breaks the protocol, but harms only that call. */
export function outcomeOfCall(outcome: GuestOutcome | AppliedOutcome): GuestOutcome {
  if (outcome.kind !== 'applied') return outcome;
  return { kind: 'failure', error: { type: 'ProtocolError', message: 'The call was answered in the wrong form.' } };
}

/** How one chunk of a SQL function ended. */
export function answerOfChunk(outcome: GuestOutcome | AppliedOutcome): SqlFunctionAnswer {
  switch (outcome.kind) {
    case 'applied':
      return { ok: true, json: outcome.json };
    case 'failure':
      return { ok: false, message: outcome.error.message };
    case 'unavailable':
      return { ok: false, message: outcome.reason };
    case 'result':
      return { ok: false, message: 'The chunk was answered in the wrong form.' };
  }
}
