export interface Progress {
  readonly progress: number;
  readonly total: number | undefined;
  readonly message: string | undefined;
}

/** The value that was reported last for one request. */
export interface Highest {
  value: number;
}

/** No client shows more than this, and a loop that reports every row would spend its time on messages. */
const intervalMs = 50;

/**
 * Passes on the progress of one call: the first report at once, then the newest twenty times a second, and the last one
 * before the call is over.
 */
export class ProgressReports {
  readonly #send: (progress: Progress) => void;
  readonly #highest: Highest;
  #held: Progress | undefined;
  #timer: NodeJS.Timeout | undefined;
  #isOver = false;

  constructor(send: (progress: Progress) => void, highest: Highest = { value: Number.NEGATIVE_INFINITY }) {
    this.#send = send;
    this.#highest = highest;
  }

  /** @returns false for a value that is not above the one before, which MCP does not allow to be sent */
  report(report: Progress): boolean {
    if (this.#isOver) return true;
    if (!Number.isFinite(report.progress) || report.progress <= this.#highest.value) return false;
    this.#highest.value = report.progress;
    if (this.#timer === undefined) this.#pass(report);
    else this.#held = report;
    return true;
  }

  /** Sends what is still held; what is reported from here on is dropped. */
  end({ isHeard }: { readonly isHeard: boolean }): void {
    this.#isOver = true;
    clearTimeout(this.#timer);
    if (this.#held !== undefined && isHeard) this.#send(this.#held);
    this.#held = undefined;
  }

  #pass(report: Progress): void {
    this.#send(report);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const held = this.#held;
      this.#held = undefined;
      if (held !== undefined) this.#pass(held);
    }, intervalMs);
  }
}
