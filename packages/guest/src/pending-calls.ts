import { setMaxListeners } from 'node:events';
import type { CallContext, ClientChannel, HandlerCall } from '@mxcp-ts/engine';
import type { AppliedOutcome, GuestOutcome } from './guest-options.ts';

/** One call, or one chunk of a SQL function, that the guest has not answered yet. */
export interface PendingCall {
  /** Into the handlers of the start message; undefined for a SQL function. */
  readonly handler: number | undefined;
  readonly callId: string;
  readonly context: CallContext | undefined;
  readonly client: ClientChannel | undefined;
  readonly ask: HandlerCall['ask'] | undefined;
  /** Aborted when the call is cancelled or over; made when the call first asks for something. */
  signal(): AbortSignal;
}

export interface PendingCallsOptions {
  readonly cancelGraceMs: number;
  readonly sendCancel: (id: number) => void;
  /** A cancelled call did not end in time. */
  readonly onStuck: () => void;
}

type Outcome = GuestOutcome | AppliedOutcome;

interface Entry extends PendingCall {
  readonly settle: (outcome: Outcome) => void;
  isStuck: boolean;
}

/** The calls in flight in one process, by their number on the wire. */
export class PendingCalls {
  readonly #entries = new Map<number, Entry>();
  readonly #options: PendingCallsOptions;
  #idleWaiters: (() => void)[] = [];
  #lastId = 0;

  constructor(options: PendingCallsOptions) {
    this.#options = options;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(id: number | undefined): PendingCall | undefined {
    return id === undefined ? undefined : this.#entries.get(id);
  }

  /** Books a call; the promise settles with `settle` or `settleAll`. */
  add(call: Omit<PendingCall, 'signal'>, signal: AbortSignal): { id: number; outcome: Promise<Outcome> } {
    const id = ++this.#lastId;
    const outcome = new Promise<Outcome>(resolve => {
      let controller: AbortController | undefined;
      let graceTimer: NodeJS.Timeout | undefined;
      const onAbort = () => {
        controller?.abort();
        this.#options.sendCancel(id);
        graceTimer = setTimeout(() => this.#markStuck(id), this.#options.cancelGraceMs);
      };
      signal.addEventListener('abort', onAbort, { once: true });
      this.#entries.set(id, {
        ...call,
        isStuck: false,
        signal: () => {
          controller ??= quietController();
          if (signal.aborted) controller.abort();
          return controller.signal;
        },
        settle: result => {
          signal.removeEventListener('abort', onAbort);
          clearTimeout(graceTimer);
          this.#entries.delete(id);
          controller?.abort();
          resolve(result);
          this.#wakeIdleWaiters();
        },
      });
    });
    return { id, outcome };
  }

  settle(id: number, outcome: Outcome): void {
    this.#entries.get(id)?.settle(outcome);
  }

  settleAll(outcome: GuestOutcome): void {
    for (const entry of [...this.#entries.values()]) entry.settle(outcome);
  }

  /** Resolves when every call that is left has been given up. */
  async whenOnlyStuckLeft(): Promise<void> {
    if (!this.#isIdle()) await new Promise<void>(resolve => this.#idleWaiters.push(resolve));
  }

  #markStuck(id: number): void {
    const entry = this.#entries.get(id);
    if (entry === undefined) return;
    entry.isStuck = true;
    this.#options.onStuck();
    this.#wakeIdleWaiters();
  }

  #isIdle(): boolean {
    for (const entry of this.#entries.values()) if (!entry.isStuck) return false;
    return true;
  }

  #wakeIdleWaiters(): void {
    if (this.#idleWaiters.length === 0 || !this.#isIdle()) return;
    const waiters = this.#idleWaiters;
    this.#idleWaiters = [];
    for (const wake of waiters) wake();
  }
}

/** Its signal has a listener for every question under way; Node would warn of more than ten as of a leak. */
export function quietController(): AbortController {
  const controller = new AbortController();
  setMaxListeners(0, controller.signal);
  return controller;
}
