import type { SqlFunctionAnswer } from '@mxcp-ts/engine';
import type { HostToThread, ThreadToHost } from '../thread/protocol.ts';
import type { ThreadJob } from '../thread/thread-job.ts';

/** The wire of the database thread, seen from inside it. */
export interface ThreadWire {
  /**
   * Its first number grows, and wakes up who waits on it, after every message that may end a wait. Its second is 1 when
   * the process ends: nothing is waited for any more. Its third is 1 while statements call functions.
   */
  readonly wake: Int32Array;
  readonly post: (message: ThreadToHost) => void;
  /** The next message that has arrived, without waiting. */
  readonly takeNext: () => HostToThread | undefined;
  /** What takes messages. */
  readonly deliver: (message: HostToThread) => void;
  /** Stops what runs for a request. */
  readonly interrupt: (id: number) => void;
}

const ending: SqlFunctionAnswer = Object.freeze({ ok: false, message: 'The process is ending.' });

/** Between two chunks of one statement. */
const longestPauseMs = 100;

/** A wake-up that got lost costs this much and no more. */
const longestWaitMs = 1000;

/**
 * Lets the serving thread compute a chunk while this thread stands still: DuckDB wants the values before its callback
 * returns. Messages that arrive meanwhile are delivered afterwards, in their order; only `close` at once, and what is
 * cancelled is interrupted.
 */
export class HostCrossing {
  readonly #wire: ThreadWire;
  readonly #deferred: HostToThread[] = [];
  #lastCall = 0;

  constructor(wire: ThreadWire) {
    this.#wire = wire;
  }

  /** Takes a message of the event loop. */
  arrive(message: HostToThread): void {
    // Late: its call was dropped.
    if (message.type === 'applied') return;
    if (this.#deferred.length === 0) this.#wire.deliver(message);
    else this.#deferred.push(message);
  }

  /** @returns undefined when the job was cancelled meanwhile */
  apply(fn: number, columns: string, job: ThreadJob | undefined): SqlFunctionAnswer | undefined {
    const { post, wake } = this.#wire;
    this.#lastCall += 1;
    const call = this.#lastCall;
    this.#noteUse();
    if (Atomics.load(wake, 1) === 1) return ending;
    post({ type: 'apply', call, function: fn, columns });
    return this.#wait(call, job);
  }

  #noteUse(): void {
    if (Atomics.exchange(this.#wire.wake, 2, 1) === 1) return;
    setTimeout(() => Atomics.store(this.#wire.wake, 2, 0), longestPauseMs).unref();
  }

  #wait(call: number, job: ThreadJob | undefined): SqlFunctionAnswer | undefined {
    const { post, wake } = this.#wire;
    for (;;) {
      const seen = Atomics.load(wake, 0);
      const answer = Atomics.load(wake, 1) === 1 ? ending : this.#answerTo(call);
      if (answer !== undefined) return answer;
      if (job?.isCancelled === true) {
        post({ type: 'drop', call });
        return undefined;
      }
      Atomics.wait(wake, 0, seen, longestWaitMs);
    }
  }

  #answerTo(call: number): SqlFunctionAnswer | undefined {
    for (let message = this.#wire.takeNext(); message !== undefined; message = this.#wire.takeNext()) {
      if (message.type === 'applied') {
        if (message.call === call) return message.answer;
        continue;
      }
      if (message.type === 'close') this.#wire.deliver(message);
      else this.#defer(message);
      if (message.type === 'cancel') this.#wire.interrupt(message.id);
    }
    return undefined;
  }

  #defer(message: HostToThread): void {
    if (this.#deferred.length === 0) setImmediate(() => this.#deliverDeferred());
    this.#deferred.push(message);
  }

  #deliverDeferred(): void {
    for (const message of this.#deferred.splice(0)) this.#wire.deliver(message);
  }
}
