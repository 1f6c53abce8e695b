import type { BoundHandler, HandlerResult, SqlFunction } from '@mxcp-ts/engine';
import type { Guest } from './guest.ts';
import type { GuestOutcome } from './guest-options.ts';

/**
 * A handler of the guest as the plan calls it.
 *
 * @param index - into the handlers of the start message
 */
export function bindGuestHandler(guest: Guest, index: number): BoundHandler {
  return async ({ id, args, signal, context, client, ask }) =>
    resultOf(await guest.call(index, args, { callId: id, signal, context, client, ask }));
}

/** The SQL functions of a guest as the database calls them. */
export function bindGuestFunctions(guest: Guest): readonly SqlFunction[] {
  const { firstStart } = guest;
  if (!firstStart.ok) return [];
  return firstStart.functions.map(({ name, parameters, returns, nulls, isPure }) => ({
    name,
    parameters,
    returns,
    nulls,
    isPure,
    apply: (columns, signal) => guest.apply(name, columns, signal),
  }));
}

/** For an endpoint that could not be loaded: every call fails, with what was found in the log. */
export function bindBrokenHandler(type: string, message: string): BoundHandler {
  return async () => ({ kind: 'failed', error: { type, message, stack: undefined, userMessage: undefined } });
}

function resultOf(outcome: GuestOutcome): HandlerResult {
  switch (outcome.kind) {
    case 'result': {
      const { kind: _, exact, ...rest } = outcome;
      return { kind: 'ok', ...rest, ...(exact !== undefined && { exactNumbers: exact }) };
    }
    case 'failure': {
      const { type, message, stack, isForUser } = outcome.error;
      return { kind: 'failed', error: { type, message, stack, userMessage: isForUser === true ? message : undefined } };
    }
    case 'unavailable':
      return outcome;
  }
}
