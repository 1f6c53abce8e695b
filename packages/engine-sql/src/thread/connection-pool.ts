import type { ConnectionUsers } from '../functions/connection-users.ts';
import type { OwnedDatabase } from './database-owner.ts';
import { KeptConnection } from './kept-connection.ts';
import { JobCancelled, type ThreadJob } from './thread-job.ts';

export interface PoolOptions {
  readonly database: OwnedDatabase;
  readonly maxConnections: number;
  /** Run on every connection when it is opened. */
  readonly sessionStatements: readonly string[];
  readonly users?: ConnectionUsers;
}

/**
 * Connections of one database, opened when needed, at most `maxConnections`; the last one used is the next one given.
 * Transactions and streams hold theirs between statements, so one connection is never theirs to take.
 */
export class ConnectionPool {
  readonly #options: PoolOptions;
  readonly #idle: KeptConnection[] = [];
  readonly #waiting: Waiting<KeptConnection | undefined>[] = [];
  readonly #waitingToHold: Waiting<undefined>[] = [];
  #sessionStatements: readonly string[];
  /** Those that have run all of `#sessionStatements`. */
  #current = new WeakSet<KeptConnection>();
  #open = 0;
  #held = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
    this.#sessionStatements = options.sessionStatements;
  }

  get sessionStatements(): readonly string[] {
    return this.#sessionStatements;
  }

  /** How many connections transactions and streams hold. */
  get held(): number {
    return this.#held;
  }

  /** Every connection given from now on has run this too. */
  addSessionStatement(statement: string): void {
    this.setSessionStatements([...this.#sessionStatements, statement]);
  }

  /** Every connection given from now on has run these and nothing else. */
  setSessionStatements(statements: readonly string[]): void {
    this.#sessionStatements = statements;
    this.#current = new WeakSet();
    this.closeIdle();
  }

  /** Runs `work` with a connection of its own. Rejects with JobCancelled when the job is cancelled while it waits. */
  async withConnection<T>(job: ThreadJob, work: (connection: KeptConnection) => Promise<T>): Promise<T> {
    const connection = await this.#acquire(job);
    job.use(connection.connection);
    try {
      job.throwIfCancelled();
      return await work(connection);
    } finally {
      job.release();
      // An interrupt may have hit the very ROLLBACK that was to clean up, and one may still be on its way.
      if (job.isCancelled) connection.isDirty = true;
      this.#giveBack(connection);
    }
  }

  /** Gives a connection until `letGo`. Rejects with JobCancelled when the job is cancelled while it waits. */
  async hold(job: ThreadJob): Promise<KeptConnection> {
    job.throwIfCancelled();
    if (this.#held < Math.max(1, this.#options.maxConnections - 1)) this.#held += 1;
    else await waitIn(this.#waitingToHold, job);
    try {
      return await this.#acquire(job);
    } catch (error) {
      this.#holdLess();
      throw error;
    }
  }

  letGo(connection: KeptConnection): void {
    this.#holdLess();
    this.#giveBack(connection);
  }

  closeIdle(): void {
    for (const connection of this.#idle.splice(0)) this.#drop(connection);
  }

  async #acquire(job: ThreadJob): Promise<KeptConnection> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#open < this.#limit) return this.#connect();
    return (await waitIn(this.#waiting, job)) ?? this.#connect();
  }

  /** More than `maxConnections` only if that is 1 and it is held. */
  get #limit(): number {
    return Math.max(this.#options.maxConnections, this.#held + 1);
  }

  async #connect(): Promise<KeptConnection> {
    this.#open += 1;
    try {
      const current = this.#current;
      const connection = await this.#options.database.connect();
      for (const statement of this.#sessionStatements) await connection.run(statement);
      const kept = new KeptConnection(connection);
      current.add(kept);
      return kept;
    } catch (error) {
      this.#open -= 1;
      this.#waiting.shift()?.(undefined);
      throw error;
    }
  }

  #holdLess(): void {
    const next = this.#waitingToHold.shift();
    if (next === undefined) this.#held -= 1;
    else next(undefined);
  }

  #giveBack(connection: KeptConnection): void {
    if (connection.isDirty || this.#open > this.#limit || !this.#current.has(connection)) {
      this.#drop(connection);
      if (this.#open < this.#limit) this.#waiting.shift()?.(undefined);
      return;
    }
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(connection);
    else next(connection);
  }

  #drop(connection: KeptConnection): void {
    this.#open -= 1;
    this.#options.users?.forget(connection.connection);
    connection.close();
  }
}

type Waiting<T> = (given: T) => void;

function waitIn<T>(queue: Waiting<T>[], job: ThreadJob): Promise<T> {
  return new Promise((resolve, reject) => {
    const take = (given: T) => {
      stopListening();
      resolve(given);
    };
    const stopListening = job.onCancel(() => {
      stopListening();
      queue.splice(queue.indexOf(take), 1);
      reject(new JobCancelled());
    });
    queue.push(take);
  });
}
