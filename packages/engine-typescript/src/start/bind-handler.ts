import type { BoundHandler, HandlerResult } from '@mxcp-ts/engine';
import type { Guest, GuestOutcome } from '@mxcp-ts/guest';
import type { EndpointDefinition } from '@mxcp-ts/project';

/** @param index - of the handler, in the start message */
export function bindHandler(guest: Guest, index: number): BoundHandler {
  return async ({ id, args, signal }) => resultOf(await guest.call(index, args, { callId: id, signal }));
}

/** For an endpoint whose file does not build. */
export function bindUnusable({ name }: EndpointDefinition): BoundHandler {
  const message = `The code of "${name}" could not be loaded.`;
  return async () => ({
    kind: 'failed',
    error: { type: 'LoadError', message, stack: undefined, userMessage: undefined },
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
    case 'failure': {
      const { type, message, stack, isForUser } = outcome.error;
      return { kind: 'failed', error: { type, message, stack, userMessage: isForUser === true ? message : undefined } };
    }
    case 'unavailable':
      return outcome;
  }
}
