import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type { BoundHandler, HandlerResult } from '@mxcp-ts/engine';
import type { Guest, GuestError, GuestOutcome } from '@mxcp-ts/guest';

/** Calls one handler of the guest. */
export function bindHandler(guest: Guest, handler: number): BoundHandler {
  return async ({ id, args, signal }) => resultOf(await guest.call(handler, args, { callId: id, signal }));
}

/** For an endpoint that could not be loaded: every call fails with what was found. */
export function failWith({ message, hint, code }: Diagnostic): BoundHandler {
  const text = hint === undefined ? message : `${message} ${hint}`;
  return async () => ({
    kind: 'failed',
    error: { type: code, message: text, stack: undefined, userMessage: undefined },
  });
}

function resultOf(outcome: GuestOutcome): HandlerResult {
  switch (outcome.kind) {
    case 'result':
      return {
        kind: 'ok',
        value: outcome.value,
        ...(outcome.exact !== undefined && { exactNumbers: outcome.exact }),
      };
    case 'failure':
      return { kind: 'failed', error: failureOf(outcome.error) };
    case 'unavailable':
      return outcome;
  }
}

function failureOf({ type, message, stack, isForUser }: GuestError) {
  return { type, message, stack, userMessage: isForUser === true ? message : undefined };
}
