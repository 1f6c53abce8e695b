import type { GuestHandler, HostToGuest } from '@mxcp-ts/guest';
import { CancelledError } from './cancelled-error.ts';
import { describeThrown } from './describe-thrown.ts';
import { encodeResult } from './encode-result.ts';
import type { HandlerFunction } from './load-handlers.ts';
import type { GuestWire } from './open-guest-wire.ts';
import { type CallScope, CurrentScope } from './scope.ts';
import { type CallFacts, showContext } from './show-context.ts';
import { Suspension } from './suspension.ts';

interface RunningCall extends CallScope {
  readonly endpoint: string;
  readonly controller: AbortController;
}

/** Runs calls side by side. */
export class CallRunner {
  readonly scope = new CurrentScope();
  readonly #wire: GuestWire;
  readonly #handlers: readonly GuestHandler[];
  readonly #running = new Map<number, RunningCall>();
  readonly #endListeners: ((id: number) => void)[] = [];
  #functions: readonly (HandlerFunction | undefined)[] = [];

  constructor(wire: GuestWire, handlers: readonly GuestHandler[]) {
    this.#wire = wire;
    this.#handlers = handlers;
  }

  provide(functions: readonly (HandlerFunction | undefined)[]): void {
    this.#functions = functions;
  }

  /** @param listener - called just before a call is answered */
  onEnd(listener: (id: number) => void): void {
    this.#endListeners.push(listener);
  }

  run({ id, call: callId, handler, args, context }: Extract<HostToGuest, { type: 'call' }>): void {
    const endpoint = this.#handlers[handler]?.endpoint ?? '';
    const controller = new AbortController();
    const running = this.#runningCall(id, controller, { callId, endpoint, signal: controller.signal, sent: context });
    this.#running.set(id, running);
    void this.scope.run(running, () => this.#answer(running, this.#functions[handler], args));
  }

  /** Answers at once. The author's code goes on until it looks at its signal or asks for the database. */
  cancel(id: number): void {
    const running = this.#running.get(id);
    if (running === undefined) return;
    this.#fail(id, new CancelledError());
    running.controller.abort(new CancelledError());
  }

  /**
   * Ends a call that waits for its client, at once like a cancelled one: it runs again with the answer, and until then
   * nothing that it does counts.
   *
   * @returns what its code is to be told
   */
  suspend(id: number): Suspension {
    const suspension = new Suspension();
    const running = this.#running.get(id);
    if (running === undefined) return suspension;
    this.#fail(id, suspension);
    running.controller.abort(suspension);
    return suspension;
  }

  #runningCall(id: number, controller: AbortController, facts: CallFacts): RunningCall {
    const { endpoint, signal } = facts;
    let shown: ReturnType<typeof showContext> | undefined;
    const context = () => {
      shown ??= showContext(facts);
      return shown;
    };
    return { kind: 'call', id, endpoint, signal, controller, context, isRunning: () => this.#running.has(id) };
  }

  async #answer({ id, endpoint }: RunningCall, handler: HandlerFunction | undefined, args: object): Promise<void> {
    try {
      if (handler === undefined) throw new Error(`The function of "${endpoint}" could not be loaded.`);
      const value = await handler(args);
      if (this.#running.has(id)) this.#settle(id, `{"type":"result","id":${id},${encodeResult(value)}}`);
    } catch (error) {
      if (this.#running.has(id)) this.#fail(id, error);
    }
  }

  #fail(id: number, error: unknown): void {
    this.#settle(id, JSON.stringify({ type: 'failure', id, error: describeThrown(error) }));
  }

  #settle(id: number, line: string): void {
    for (const listener of this.#endListeners) listener(id);
    this.#running.delete(id);
    this.#wire.sendLine(line);
  }
}
