/** Counts the calls that run in one generation, so that it can end after the last of them. */
export class Lease {
  #active = 0;
  #waiting: (() => void)[] = [];

  take(): void {
    this.#active += 1;
  }

  giveBack(): void {
    this.#active -= 1;
    if (this.#active > 0) return;
    for (const wake of this.#waiting.splice(0)) wake();
  }

  /** Resolves when no call runs, at the latest after `timeoutMs`. */
  whenIdle(timeoutMs: number): Promise<void> {
    if (this.#active === 0) return Promise.resolve();
    return new Promise(resolve => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#waiting.push(() => {
        clearTimeout(timer);
        resolve();
      });
    });
  }
}
