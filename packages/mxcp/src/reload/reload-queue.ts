import type { ReloadRequest } from '@mxcp-ts/engine';

interface Waiting<T> {
  readonly request: ReloadRequest;
  readonly result: Promise<T>;
  readonly start: () => Promise<void>;
}

/** Reloads in the order they were asked for. Ordinary ones that would follow each other are one. */
export class ReloadQueue<T> {
  readonly #waiting: Waiting<T>[] = [];
  #running: Promise<void> | undefined;

  get isRunning(): boolean {
    return this.#running !== undefined;
  }

  /** @param run - must not reject; called when its turn has come */
  add(request: ReloadRequest, run: () => Promise<T>): Promise<T> {
    const last = this.#waiting.at(-1);
    if (last !== undefined && last.request.payload === undefined && request.payload === undefined) return last.result;
    let settle: (value: T) => void = () => {};
    const result = new Promise<T>(resolve => {
      settle = resolve;
    });
    this.#waiting.push({ request, result, start: async () => settle(await run()) });
    this.#running ??= this.#work();
    return result;
  }

  /** Takes out what waits; its promises stay pending. */
  clear(): readonly ReloadRequest[] {
    return this.#waiting.splice(0).map(({ request }) => request);
  }

  async whenEmpty(): Promise<void> {
    while (this.#running !== undefined) await this.#running;
  }

  async #work(): Promise<void> {
    // The call that asked is answered first: a reload waits for running calls.
    await new Promise(resolve => setImmediate(resolve));
    for (let next = this.#waiting.shift(); next !== undefined; next = this.#waiting.shift()) await next.start();
    this.#running = undefined;
  }
}
