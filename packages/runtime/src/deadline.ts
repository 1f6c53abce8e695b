/** How a call can end before its handler does. */
export type Ending = { readonly kind: 'timed-out' } | { readonly kind: 'cancelled' };

/** The clock of one call. One timer and one controller: `AbortSignal.any` and `.timeout` cost several times as much. */
export class Deadline {
  readonly #caller: AbortSignal | undefined;
  readonly #timer: NodeJS.Timeout;
  readonly #cancel = () => this.#stop({ kind: 'cancelled' });
  #controller: AbortController | undefined;
  #reason: Ending | undefined;
  #end: ((ending: Ending) => void) | undefined;

  /** Starts the clock. */
  constructor(timeoutMs: number, caller: AbortSignal | undefined) {
    this.#caller = caller;
    this.#timer = setTimeout(() => this.#stop({ kind: 'timed-out' }), timeoutMs);
    if (caller?.aborted === true) this.#cancel();
    else caller?.addEventListener('abort', this.#cancel, { once: true });
  }

  /** Aborted at the deadline, or when the caller gives up. Made when it is first asked for. */
  get signal(): AbortSignal {
    if (this.#controller === undefined) {
      this.#controller = new AbortController();
      if (this.#reason !== undefined) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** What comes first: the result, or the end of its time. Can be called once. */
  race<T>(result: Promise<T>): Promise<T | Ending> {
    return new Promise((resolve, reject) => {
      this.#end = resolve;
      if (this.#reason !== undefined) resolve(this.#reason);
      result.then(resolve, reject);
    });
  }

  /** Must be called when the handler has ended. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#caller?.removeEventListener('abort', this.#cancel);
  }

  #stop(reason: Ending): void {
    this.#reason ??= reason;
    this.#end?.(reason);
    this.#controller?.abort(reason);
  }
}
