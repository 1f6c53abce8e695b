import { randomBytes } from 'node:crypto';
import type { Log } from '@mxcp-ts/engine';
import type { Invocation, Outcome, Plan, ServedRuntime } from '@mxcp-ts/runtime';
import { Slots } from '../slots.ts';
import type { ActiveCalls } from './active-calls.ts';

export interface AnswerGuardParts {
  readonly runtime: ServedRuntime;
  readonly active: ActiveCalls;
  readonly answerGraceMs: number;
  readonly log: Log;
}

interface GuardedCall {
  readonly endpoint: string;
  readonly settle: (outcome: Outcome) => void;
  plan: Plan;
  overdueAtMs: number;
}

/**
 * The last resort: a call has an outcome soon after its deadline, whatever happens below. The SDK has no timeout of its
 * own, so a promise that never settles would leave the client waiting for ever.
 *
 * One timer looks at all calls now and then; a timer and a race for each would be a tenth of the cost of a call.
 */
export class AnswerGuard {
  readonly #parts: AnswerGuardParts;
  readonly #calls = new Slots<GuardedCall>();
  #timer: NodeJS.Timeout | undefined;

  constructor(parts: AnswerGuardParts) {
    this.#parts = parts;
  }

  /** Never rejects. */
  invoke(invocation: Invocation): Promise<Outcome> {
    const { runtime, active, log } = this.#parts;
    const { endpoint } = invocation;
    return new Promise(resolve => {
      const calls = this.#calls;
      const key = calls.add({ endpoint, ...this.#termOf(endpoint), settle });
      if (key === undefined) return resolve(tooBusy);
      active.begin();
      this.#timer ??= this.#startTimer();
      runtime.invoke(invocation).then(settle, defect => {
        settle(internal(endpoint, defect instanceof Error ? (defect.stack ?? defect.message) : String(defect), log));
      });
      function settle(outcome: Outcome): void {
        if (key === undefined || !calls.delete(key)) return;
        active.end();
        resolve(outcome);
      }
    });
  }

  #termOf(endpoint: string): Pick<GuardedCall, 'plan' | 'overdueAtMs'> {
    const { runtime, answerGraceMs } = this.#parts;
    const { plan } = runtime;
    return { plan, overdueAtMs: Date.now() + (plan.endpoints.get(endpoint)?.timeoutMs ?? 0) + answerGraceMs };
  }

  #startTimer(): NodeJS.Timeout {
    const intervalMs = Math.min(1_000, Math.max(10, this.#parts.answerGraceMs / 4));
    return setTimeout(() => this.#check(), intervalMs).unref();
  }

  #check(): void {
    this.#timer = undefined;
    const nowMs = Date.now();
    for (const call of this.#calls.values()) if (call.overdueAtMs <= nowMs) this.#endOverdue(call);
    if (this.#calls.size > 0) this.#timer = this.#startTimer();
  }

  #endOverdue(call: GuardedCall): void {
    const { runtime, answerGraceMs, log } = this.#parts;
    // A reload may hold calls back until the database is open again; their time starts after that.
    const wasHeld = runtime.plan !== call.plan || !runtime.readiness().ready;
    if (wasHeld) Object.assign(call, this.#termOf(call.endpoint));
    else call.settle(internal(call.endpoint, `No outcome ${answerGraceMs} ms after the deadline.`, log));
  }
}

const tooBusy: Outcome = { kind: 'unavailable', reason: 'The server has too many calls.', retryAfterMs: 1_000 };

function internal(endpoint: string, details: string, log: Log): Outcome {
  const incident = randomBytes(4).toString('hex');
  log('error', `Internal error (incident ${incident}). ${details}`, { endpoint });
  return { kind: 'internal', incident };
}
