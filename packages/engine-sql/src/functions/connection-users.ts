import type { DuckDBConnection } from '@duckdb/node-api';
import type { ThreadJob } from '../thread/thread-job.ts';

/**
 * Which job used a connection last: how a function that SQL calls finds out on whose behalf it runs. A stream computes on
 * between two requests for its rows, so a job stays noted until the next one comes.
 */
export class ConnectionUsers {
  readonly #jobs = new Map<number, ThreadJob>();
  readonly #ids = new WeakMap<DuckDBConnection, number>();

  enter(connection: DuckDBConnection, job: ThreadJob): void {
    this.#jobs.set(this.#idOf(connection), job);
  }

  /** The connection is closed. */
  forget(connection: DuckDBConnection): void {
    this.#jobs.delete(this.#idOf(connection));
  }

  /** @param connectionId - as DuckDB's client context gives it */
  jobOf(connectionId: number): ThreadJob | undefined {
    return this.#jobs.get(connectionId);
  }

  #idOf(connection: DuckDBConnection): number {
    const known = this.#ids.get(connection);
    if (known !== undefined) return known;
    const id = connection.clientContext.connectionId;
    this.#ids.set(connection, id);
    return id;
  }
}
