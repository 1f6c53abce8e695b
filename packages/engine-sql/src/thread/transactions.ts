import { readFailure } from '../sql/read-failure.ts';
import type { ConnectionPool } from './connection-pool.ts';
import { HeldConnection } from './held-connection.ts';
import type { KeptConnection } from './kept-connection.ts';
import { ThreadJob } from './thread-job.ts';
import type { WriteNotices } from './write-notices.ts';

interface Transaction {
  readonly held: HeldConnection;
  /** Of the request that began it. */
  readonly job: ThreadJob;
}

/** Transactions that span requests, by number. Each holds a connection. */
export class Transactions {
  readonly #pool: ConnectionPool;
  readonly #notices: WriteNotices;
  readonly #open = new Map<number, Transaction>();

  constructor(pool: ConnectionPool, notices: WriteNotices) {
    this.#pool = pool;
    this.#notices = notices;
  }

  get count(): number {
    return this.#open.size;
  }

  /** The job that began it, undefined when it is not open: its caller is that of all statements inside. */
  jobOf(number: number): ThreadJob | undefined {
    return this.#open.get(number)?.job;
  }

  async begin(number: number, job: ThreadJob): Promise<void> {
    const held = new HeldConnection(await this.#pool.hold(job));
    try {
      await held.run(job, kept => kept.connection.run('BEGIN TRANSACTION'));
      job.throwIfCancelled();
    } catch (error) {
      await this.#rollBack(held);
      throw error;
    }
    this.#open.set(number, { held, job });
  }

  /** Its connection. Throws when it is not open. */
  connectionOf(number: number): HeldConnection {
    return this.#find(number).held;
  }

  async end(number: number, how: 'commit' | 'rollback', job: ThreadJob): Promise<void> {
    const { held } = this.#find(number);
    this.#open.delete(number);
    held.endStreams(new Error('Stream Error: The stream is over: its transaction has ended.'));
    try {
      if (how === 'commit') {
        await held.run(job, commit);
        this.#notices.tell(held.writes.tables);
      }
    } finally {
      await this.#rollBack(held);
    }
  }

  /** Rolls back, whatever runs; nothing happens when it is not open. */
  abandon(number: number): void {
    const transaction = this.#open.get(number);
    if (transaction === undefined) return;
    this.#open.delete(number);
    transaction.held.interrupt();
    void this.#rollBack(transaction.held);
  }

  /** Stops the statement that runs in it. */
  interrupt(number: number): void {
    this.#open.get(number)?.held.interrupt();
  }

  abandonAll(): void {
    for (const number of [...this.#open.keys()]) this.abandon(number);
  }

  #find(number: number): Transaction {
    const transaction = this.#open.get(number);
    if (transaction !== undefined) return transaction;
    throw new Error('Transaction Error: The transaction is over: it was committed or rolled back, or its call ended.');
  }

  /** Ends what is still open on the connection and gives it back. */
  async #rollBack(held: HeldConnection): Promise<void> {
    this.#notices.tell(held.writes.committed);
    try {
      await held.read(new ThreadJob(), () => held.kept.connection.run('ROLLBACK'));
    } catch (error) {
      // There is none left after COMMIT or ROLLBACK. Any other failure leaves a connection nobody should get.
      if (!hasNoTransaction(error)) held.kept.isDirty = true;
    }
    this.#pool.letGo(held.kept);
  }
}

async function commit({ connection }: KeptConnection): Promise<void> {
  // DuckDB answers COMMIT of an aborted transaction as if all were well, and rolls back. Any other statement tells.
  await connection.run('SELECT 1');
  try {
    await connection.run('COMMIT');
  } catch (error) {
    // User code may have run COMMIT or ROLLBACK itself.
    if (!hasNoTransaction(error)) throw error;
  }
}

function hasNoTransaction(error: unknown): boolean {
  const { type, message } = readFailure(error);
  return type === 'TransactionContext' && message.includes('no transaction is active');
}
