import type { PayloadOutcome, ReloadPayload } from '@mxcp-ts/engine';
import type { GuestError, HostToGuest } from './protocol.ts';

/** What has to be known of the process that offered payloads. */
export interface PayloadProcess {
  readonly exited: Promise<void>;
  isGone(): boolean;
  send(message: HostToGuest): void;
  kill(reason: string): void;
}

/** The functions of one process that wait to be run while the database is closed. They keep it alive once it was stopped. */
export class ProcessPayloads {
  readonly #process: PayloadProcess;
  readonly #waiting = new Set<ReloadPayload>();
  #held: Promise<void> | undefined;
  #onHeld: () => void = () => {};
  #onDone: (outcome: PayloadOutcome) => void = () => {};

  constructor(process: PayloadProcess) {
    this.#process = process;
  }

  get areWaiting(): boolean {
    return this.#waiting.size > 0;
  }

  offer(number: number): ReloadPayload {
    const payload: ReloadPayload = {
      run: () => this.#run(number),
      end: async () => {
        this.#waiting.delete(payload);
        if (this.#held === undefined || this.areWaiting) return;
        this.#process.kill('The process was replaced by a reload.');
        await this.#process.exited;
      },
    };
    this.#waiting.add(payload);
    return payload;
  }

  /**
   * Lets the process run its shutdown hooks without exiting.
   *
   * @param giveUp - called at the deadline, to end it by force
   */
  hold(deadlineMs: number, giveUp: () => void): Promise<void> {
    this.#held ??= this.#hold(deadlineMs, giveUp);
    return this.#held;
  }

  /** The process has run its shutdown hooks. */
  onHeld(): void {
    this.#onHeld();
  }

  /** The process has run a payload. */
  onDone(error: GuestError | undefined): void {
    this.#onDone(error === undefined ? { kind: 'done' } : failureOf(error));
  }

  async #hold(deadlineMs: number, giveUp: () => void): Promise<void> {
    const held = new Promise<void>(resolve => {
      this.#onHeld = resolve;
    });
    const timer = setTimeout(giveUp, deadlineMs);
    this.#process.send({ type: 'stop', hold: true });
    await Promise.race([held, this.#process.exited]);
    clearTimeout(timer);
  }

  #run(payload: number): Promise<PayloadOutcome> {
    if (this.#process.isGone()) return Promise.resolve(failed('The process that was to run it has ended.'));
    return new Promise(resolve => {
      this.#onDone = resolve;
      void this.#process.exited.then(() => resolve(failed('Its process ended while it ran.')));
      this.#process.send({ type: 'payload', payload });
    });
  }
}

function failed(message: string): PayloadOutcome {
  return { kind: 'failed', message, details: message };
}

function failureOf({ type, message, stack }: GuestError): PayloadOutcome {
  return { kind: 'failed', message: `${type}: ${message}`, details: stack ?? `${type}: ${message}` };
}
