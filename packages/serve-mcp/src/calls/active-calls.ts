import { setImmediate } from 'node:timers/promises';

/** Counts the calls that have not been answered yet, so that a server can end when there are none. */
export class ActiveCalls {
  #count = 0;
  #whenIdle: (() => void)[] = [];

  get count(): number {
    return this.#count;
  }

  begin(): void {
    this.#count += 1;
  }

  end(): void {
    this.#count -= 1;
    if (this.#count === 0) for (const resume of this.#whenIdle.splice(0)) resume();
  }

  /** Resolves when the last answer has been handed to its transport, or at the deadline. */
  async drain(deadlineMs: number): Promise<'idle' | 'timed-out'> {
    const deadline = Date.now() + deadlineMs;
    do {
      if (this.#count > 0 && (await this.#idle(deadline - Date.now())) === 'timed-out') return 'timed-out';
      // The SDK encodes and sends an answer some microtasks after its handler returned.
      await setImmediate();
    } while (this.#count > 0);
    return 'idle';
  }

  #idle(timeoutMs: number): Promise<'idle' | 'timed-out'> {
    return new Promise(resolve => {
      const timer = setTimeout(() => resolve('timed-out'), Math.max(0, timeoutMs));
      this.#whenIdle.push(() => {
        clearTimeout(timer);
        resolve('idle');
      });
    });
  }
}
