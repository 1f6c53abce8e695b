/** Holds those who come while it is closed. */
export class Gate {
  #isClosed = false;
  readonly #waiting = new Set<() => void>();

  get isClosed(): boolean {
    return this.#isClosed;
  }

  close(): void {
    this.#isClosed = true;
  }

  open(): void {
    this.#isClosed = false;
    for (const pass of [...this.#waiting]) pass();
  }

  /** Resolves when the gate opens, when the signal aborts, or after `timeoutMs`. */
  wait(timeoutMs: number, signal: AbortSignal | undefined): Promise<void> {
    if (!this.#isClosed || signal?.aborted === true) return Promise.resolve();
    return new Promise(resolve => {
      const pass = () => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', pass);
        this.#waiting.delete(pass);
        resolve();
      };
      const timer = setTimeout(pass, timeoutMs);
      signal?.addEventListener('abort', pass, { once: true });
      this.#waiting.add(pass);
    });
  }
}
