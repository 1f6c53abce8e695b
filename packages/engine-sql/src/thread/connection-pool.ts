import type { OwnedDatabase } from './database-owner.ts';
import { KeptConnection } from './kept-connection.ts';
import { JobCancelled, type ThreadJob } from './thread-job.ts';

export interface PoolOptions {
  readonly database: OwnedDatabase;
  readonly maxConnections: number;
  /** Run on every connection when it is opened. */
  readonly sessionStatements: readonly string[];
}

/** Connections of one database, opened when needed, at most `maxConnections`; the last one used is the next one given. */
export class ConnectionPool {
  readonly #options: PoolOptions;
  readonly #idle: KeptConnection[] = [];
  readonly #waiting: ((connection: KeptConnection | undefined) => void)[] = [];
  #open = 0;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  get sessionStatements(): readonly string[] {
    return this.#options.sessionStatements;
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

  closeIdle(): void {
    for (const connection of this.#idle.splice(0)) this.#drop(connection);
  }

  async #acquire(job: ThreadJob): Promise<KeptConnection> {
    const idle = this.#idle.pop();
    if (idle !== undefined) return idle;
    if (this.#open < this.#options.maxConnections) return this.#connect();
    return (await this.#wait(job)) ?? this.#connect();
  }

  async #connect(): Promise<KeptConnection> {
    this.#open += 1;
    try {
      const connection = await this.#options.database.connect();
      for (const statement of this.#options.sessionStatements) await connection.run(statement);
      return new KeptConnection(connection);
    } catch (error) {
      this.#open -= 1;
      this.#waiting.shift()?.(undefined);
      throw error;
    }
  }

  #wait(job: ThreadJob): Promise<KeptConnection | undefined> {
    return new Promise((resolve, reject) => {
      const take = (connection: KeptConnection | undefined) => {
        stopListening();
        resolve(connection);
      };
      const stopListening = job.onCancel(() => {
        stopListening();
        this.#waiting.splice(this.#waiting.indexOf(take), 1);
        reject(new JobCancelled());
      });
      this.#waiting.push(take);
    });
  }

  #giveBack(connection: KeptConnection): void {
    if (connection.isDirty) {
      this.#drop(connection);
      this.#waiting.shift()?.(undefined);
      return;
    }
    const next = this.#waiting.shift();
    if (next === undefined) this.#idle.push(connection);
    else next(connection);
  }

  #drop(connection: KeptConnection): void {
    this.#open -= 1;
    connection.close();
  }
}
