import { AsyncLocalStorage } from 'node:async_hooks';
import type { GuestHandler, HostToGuest } from '@mxcp-ts/guest';
import type { CallContext } from '../runtime/context.ts';
import { describeThrown } from './describe-thrown.ts';
import { encodeResult } from './encode-result.ts';
import type { HandlerFunction } from './load-handlers.ts';
import type { GuestWire } from './open-guest-wire.ts';

interface RunningCall extends CallContext {
  readonly id: number;
  readonly controller: AbortController;
}

/** Runs calls side by side and knows, anywhere in the author's code, which of them is running. */
export class CallRunner {
  readonly #wire: GuestWire;
  readonly #handlers: readonly GuestHandler[];
  readonly #running = new Map<number, RunningCall>();
  readonly #storage = new AsyncLocalStorage<RunningCall>();
  readonly #endListeners: ((id: number) => void)[] = [];
  #functions: readonly (HandlerFunction | undefined)[] = [];

  constructor(wire: GuestWire, handlers: readonly GuestHandler[]) {
    this.#wire = wire;
    this.#handlers = handlers;
  }

  provide(functions: readonly (HandlerFunction | undefined)[]): void {
    this.#functions = functions;
  }

  /** The call of the current code, also when it has been answered already. */
  current(): CallContext | undefined {
    return this.#storage.getStore();
  }

  currentId(): number | undefined {
    return this.#storage.getStore()?.id;
  }

  isRunning(id: number): boolean {
    return this.#running.has(id);
  }

  /** @param listener - called just before a call is answered */
  onEnd(listener: (id: number) => void): void {
    this.#endListeners.push(listener);
  }

  run({ id, call, handler, args }: Extract<HostToGuest, { type: 'call' }>): void {
    const endpoint = this.#handlers[handler]?.endpoint ?? '';
    const controller = new AbortController();
    const running: RunningCall = { id, callId: call, endpoint, controller, signal: controller.signal };
    this.#running.set(id, running);
    void this.#storage.run(running, () => this.#answer(running, this.#functions[handler], args));
  }

  /** Answers at once. The author's code goes on until it looks at its signal or asks for the database. */
  cancel(id: number): void {
    const running = this.#running.get(id);
    if (running === undefined) return;
    this.#fail(id, new CancelledError());
    running.controller.abort(new CancelledError());
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

export class CancelledError extends Error {
  override readonly name = 'Cancelled';

  constructor() {
    super('The call was cancelled.');
  }
}
