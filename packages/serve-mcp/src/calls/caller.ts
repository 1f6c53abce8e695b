import { randomBytes } from 'node:crypto';
import type { Log } from '@mxcp-ts/engine';
import type { Invocation, Outcome, ServedRuntime } from '@mxcp-ts/runtime';
import type { ActiveCalls } from './active-calls.ts';

/** Runs endpoints on behalf of the clients of one transport. */
export interface Caller {
  call(endpoint: string, args: unknown, signal: AbortSignal): Promise<Outcome>;
}

export interface CallerParts {
  readonly runtime: ServedRuntime;
  readonly origin: Invocation['origin'];
  readonly active: ActiveCalls;
  readonly answerGraceMs: number;
  readonly log: Log;
}

/**
 * Invokes with a last resort: whatever happens below, a call has an outcome soon after its deadline. The SDK has no
 * timeout of its own, so a promise that never settles would leave the client waiting for ever.
 */
export function createCaller({ runtime, origin, active, answerGraceMs, log }: CallerParts): Caller {
  return {
    call: (endpoint, args, signal) =>
      active.during(async () => {
        const timeoutMs = runtime.plan.endpoints.get(endpoint)?.timeoutMs ?? 0;
        const guard = startGuard(timeoutMs + answerGraceMs);
        try {
          const outcome = await Promise.race([runtime.invoke({ endpoint, args, origin, signal }), guard.overdue]);
          return outcome ?? internal(endpoint, `No outcome ${answerGraceMs} ms after the deadline.`, log);
        } catch (defect) {
          return internal(endpoint, defect instanceof Error ? (defect.stack ?? defect.message) : String(defect), log);
        } finally {
          guard.clear();
        }
      }),
  };
}

function startGuard(delayMs: number): { readonly overdue: Promise<undefined>; clear(): void } {
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), delayMs);
  });
  return { overdue, clear: () => clearTimeout(timer) };
}

function internal(endpoint: string, details: string, log: Log): Outcome {
  const incident = randomBytes(4).toString('hex');
  log('error', `Internal error (incident ${incident}). ${details}`, { endpoint });
  return { kind: 'internal', incident };
}
