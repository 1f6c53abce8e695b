import type { DuckDBConnection } from '@duckdb/node-api';
import type { SqlCaller } from '@mxcp-ts/engine';
import type { ConnectionUsers } from '../functions/connection-users.ts';

/** Thrown where a job notices that its answer is no longer wanted. */
export class JobCancelled extends Error {
  override readonly name = 'JobCancelled';
}

export interface ThreadJobOptions {
  /** Where functions that SQL calls look up their job. */
  readonly users?: ConnectionUsers;
  readonly caller?: SqlCaller | undefined;
}

const interruptEveryMs = 25;

/** One request in the database thread: knows whether it was cancelled, and how to stop what runs for it. */
export class ThreadJob {
  /** On whose behalf it runs. */
  readonly caller: SqlCaller | undefined;
  /** The error of a function that its statement called: of a streamed result DuckDB does not tell it. */
  failure: string | undefined;
  readonly #users: ConnectionUsers | undefined;
  #cancelled = false;
  #connection: DuckDBConnection | undefined;
  #timer: NodeJS.Timeout | undefined;
  readonly #listeners = new Set<() => void>();

  constructor({ users, caller }: ThreadJobOptions = {}) {
    this.#users = users;
    this.caller = caller;
  }

  get isCancelled(): boolean {
    return this.#cancelled;
  }

  throwIfCancelled(): void {
    if (this.#cancelled) throw new JobCancelled();
  }

  /** @returns what ends the wait for it */
  onCancel(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Statements may run on this connection until `release`. */
  use(connection: DuckDBConnection): void {
    this.#connection = connection;
    this.#users?.enter(connection, this);
  }

  release(): void {
    this.#connection = undefined;
    clearInterval(this.#timer);
  }

  cancel(): void {
    if (this.#cancelled) return;
    this.#cancelled = true;
    for (const listener of [...this.#listeners]) listener();
    this.#connection?.interrupt();
    // DuckDB forgets an interrupt that comes while a statement still waits for a thread, so it is repeated.
    this.#timer = setInterval(() => this.#connection?.interrupt(), interruptEveryMs);
    if (this.#connection === undefined) clearInterval(this.#timer);
  }
}
