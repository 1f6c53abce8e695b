import type { DuckDBResult } from '@duckdb/node-api';
import { BrokenResult } from './chunk-source.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { HeldConnection } from './held-connection.ts';
import type { KeptConnection } from './kept-connection.ts';
import type { ReadRows } from './read-result.ts';
import { ResultStream, type StreamOptions } from './result-stream.ts';
import { endResult, type RunOptions, runSource } from './run-source.ts';
import type { SqlSource } from './sql-source.ts';
import { ThreadJob } from './thread-job.ts';
import type { WriteNotices } from './write-notices.ts';

export interface StreamRequest {
  readonly source: SqlSource;
  readonly args: RunOptions['args'];
  readonly options: StreamOptions;
  /** The connection of a transaction; undefined to hold one of its own. */
  readonly inside: HeldConnection | undefined;
}

interface OpenStream {
  /** Runs from the opening of the stream to its end. */
  readonly job: ThreadJob;
  readonly held: HeldConnection;
  readonly rows: ResultStream;
  /**
   * Ends the statement, and the transaction of a text with several; once, however often it is called. Rejects with what
   * DuckDB says about `failure`, if that can be found out.
   */
  readonly finish: (failure?: unknown) => Promise<void>;
}

/** Results that are fetched batch by batch, by number. */
export class Streams {
  readonly #pool: ConnectionPool;
  readonly #notices: WriteNotices;
  readonly #open = new Map<number, OpenStream>();

  constructor(pool: ConnectionPool, notices: WriteNotices) {
    this.#pool = pool;
    this.#notices = notices;
  }

  get count(): number {
    return this.#open.size;
  }

  async open(number: number, request: StreamRequest, job: ThreadJob): Promise<void> {
    const { inside } = request;
    const stream = inside === undefined ? await this.#openOwn(request, job) : await openInside(inside, request, job);
    if (job.isCancelled) {
      await stream.finish();
      job.throwIfCancelled();
    }
    this.#open.set(number, stream);
  }

  /** The next rows, undefined once after the last: then the stream is gone. */
  async fetch(number: number): Promise<ReadRows | undefined> {
    const stream = this.#open.get(number);
    if (stream === undefined) throw new Error('Stream Error: The stream is over: it was read to its end or closed.');
    try {
      const rows = await stream.held.read(stream.job, () => stream.rows.next());
      if (rows?.ok === true) return rows;
      this.#open.delete(number);
      await stream.finish();
      return rows;
    } catch (error) {
      this.#open.delete(number);
      await stream.finish(error);
      stream.job.throwIfCancelled();
      throw error instanceof BrokenResult ? new BrokenResult(stream.job.failure) : error;
    }
  }

  /** Lets go of its connection, whatever runs; nothing happens when it is not open. */
  close(number: number): void {
    const stream = this.#open.get(number);
    if (stream === undefined) return;
    this.#open.delete(number);
    stream.job.cancel();
    void stream.finish().catch(() => {});
  }

  /** Stops the fetch that runs for it. */
  interrupt(number: number): void {
    this.#open.get(number)?.job.cancel();
  }

  closeAll(): void {
    for (const number of [...this.#open.keys()]) this.close(number);
  }

  async #openOwn(request: StreamRequest, job: ThreadJob): Promise<OpenStream> {
    const held = new HeldConnection(await this.#pool.hold(job));
    try {
      const { rows, finish } = await held.run(job, kept =>
        startSource(kept, request, { job, wrote: source => this.#notices.tellOf(source) }),
      );
      let finished: Promise<void> | undefined;
      return {
        job,
        held,
        rows,
        finish: failure => {
          finished ??= held
            .read(job.isCancelled ? new ThreadJob() : job, () => finish(failure))
            .finally(() => this.#pool.letGo(held.kept));
          return finished;
        },
      };
    } catch (error) {
      this.#pool.letGo(held.kept);
      throw error;
    }
  }
}

/** Runs a text up to the rows of its last statement; what comes after them runs in `finish`. */
async function startSource(
  kept: KeptConnection,
  { source, args, options }: StreamRequest,
  { job, wrote }: Pick<RunOptions, 'job' | 'wrote'>,
) {
  let finishReading = () => {};
  let failReading = (_failure: BrokenResult) => {};
  const isRead = new Promise<void>((resolve, reject) => {
    finishReading = resolve;
    failReading = reject;
  });
  let whole = Promise.resolve();
  const rows = await new Promise<ResultStream>((resolve, reject) => {
    const read = (result: DuckDBResult) => {
      resolve(new ResultStream(result, options));
      return isRead;
    };
    whole = runSource(kept, source, { job, args, isStreamed: true, read, wrote });
    whole.catch(reject);
  });
  const finish = async (failure: unknown) => {
    if (failure instanceof BrokenResult) failReading(failure);
    else finishReading();
    await whole;
    await endResult(kept);
  };
  return { rows, finish };
}

async function openInside(held: HeldConnection, request: StreamRequest, job: ThreadJob): Promise<OpenStream> {
  const { source, args, options } = request;
  const rows = await held.run(job, async kept => {
    let opened: ResultStream | undefined;
    const read = async (result: DuckDBResult) => {
      opened = new ResultStream(result, options);
      held.addStream(opened);
    };
    const wrote = () => held.writes.add(source);
    await runSource(kept, source, { job, args, isStreamed: true, isInside: true, read, wrote });
    return opened;
  });
  if (rows === undefined) throw new Error('A text without statements was to be streamed.');
  return { job, held, rows, finish: async () => held.removeStream(rows) };
}
