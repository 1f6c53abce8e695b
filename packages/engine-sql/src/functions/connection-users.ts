import type { DuckDBConnection } from '@duckdb/node-api';
import type { ThreadJob } from '../thread/thread-job.ts';

/** Which job uses a connection: how a function that SQL calls finds out on whose behalf it runs. */
export class ConnectionUsers {
  readonly #jobs = new Map<number, ThreadJob>();
  readonly #ids = new WeakMap<DuckDBConnection, number>();

  enter(connection: DuckDBConnection, job: ThreadJob): void {
    this.#jobs.set(this.#idOf(connection), job);
  }

  leave(connection: DuckDBConnection, job: ThreadJob): void {
    const id = this.#idOf(connection);
    if (this.#jobs.get(id) === job) this.#jobs.delete(id);
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
