import type { KeptConnection } from './kept-connection.ts';
import { PendingWrites } from './pending-writes.ts';
import type { ResultStream } from './result-stream.ts';
import type { ThreadJob } from './thread-job.ts';

/** A connection that several requests use, one after the other. */
export class HeldConnection {
  readonly kept: KeptConnection;
  /** Of the transaction that is open on it. */
  readonly writes = new PendingWrites();
  #last: Promise<void> = Promise.resolve();
  #running: ThreadJob | undefined;
  readonly #streams = new Set<ResultStream>();

  constructor(kept: KeptConnection) {
    this.kept = kept;
  }

  /** Runs `work` when what was asked for before is done. Rejects with JobCancelled when the job is cancelled by then. */
  run<T>(job: ThreadJob, work: (kept: KeptConnection) => Promise<T>): Promise<T> {
    return this.#inTurn(job, async () => {
      for (const stream of this.#streams) await stream.drain();
      return work(this.kept);
    });
  }

  /** Reads from a stream that is open on the connection. */
  read<T>(job: ThreadJob, work: () => Promise<T>): Promise<T> {
    return this.#inTurn(job, work);
  }

  /** The stream's rows are fetched before another statement runs. */
  addStream(stream: ResultStream): void {
    this.#streams.add(stream);
  }

  removeStream(stream: ResultStream): void {
    this.#streams.delete(stream);
  }

  endStreams(error: Error): void {
    for (const stream of this.#streams) stream.fail(error);
    this.#streams.clear();
  }

  /** Interrupts what runs now. */
  interrupt(): void {
    this.#running?.cancel();
  }

  async #inTurn<T>(job: ThreadJob, work: () => Promise<T>): Promise<T> {
    const before = this.#last;
    let finish = () => {};
    this.#last = new Promise(resolve => {
      finish = resolve;
    });
    await before;
    this.#running = job;
    job.use(this.kept.connection);
    try {
      job.throwIfCancelled();
      return await work();
    } finally {
      job.release();
      if (job.isCancelled) this.kept.isDirty = true;
      this.#running = undefined;
      finish();
    }
  }
}
