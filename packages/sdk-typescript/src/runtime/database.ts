import { getGuestApi } from './guest-api.ts';

/** A row: values as JSON has them (dates are ISO text, blobs base64, numbers that a double cannot hold exact text). */
export type Row = Record<string, unknown>;

/**
 * By name for `$name`, by position for `?`; an object also fills `$1`, `$2`, … in its own order. Dates become ISO text,
 * bigints their digits, objects and arrays JSON.
 */
export type SqlParameters = Readonly<Record<string, unknown>> | readonly unknown[];

export interface StreamOptions {
  /** Rows of one batch at most; 2,048 when left out. */
  readonly batchRows?: number;
}

/** A connection with an open transaction. It can be used until the function that was given it has ended. */
export interface Transaction {
  execute<T = Row>(sql: string, params?: SqlParameters): Promise<T[]>;
  stream<T = Row>(sql: string, params?: SqlParameters, options?: StreamOptions): AsyncIterable<T[]>;
  append(table: string, rows: Iterable<object>): Promise<number>;
}

export const db = Object.freeze({
  /**
   * The rows of a SQL statement, run on the project's database. Of several statements the last result counts; an INSERT,
   * UPDATE or DELETE gives `[{ Count: n }]`.
   *
   * @throws DatabaseError when DuckDB refuses the statement
   */
  execute<T = Row>(sql: string, params?: SqlParameters): Promise<T[]> {
    return getGuestApi('db.execute').database.execute(sql, params) as Promise<T[]>;
  },

  /**
   * The rows of a SQL statement in batches, never all of them in memory. The statement runs when the first batch is asked
   * for, and ends when the loop is left.
   */
  stream<T = Row>(sql: string, params?: SqlParameters, options: StreamOptions = {}): AsyncIterable<T[]> {
    return getGuestApi('db.stream').database.stream(sql, params, options) as AsyncIterable<T[]>;
  },

  /**
   * Runs `work` in a transaction: committed when it returns, rolled back when it throws. Only what goes through `tx`
   * belongs to it.
   */
  transaction<T>(work: (tx: Transaction) => T | Promise<T>): Promise<T> {
    return getGuestApi('db.transaction').database.transaction(work);
  },

  /**
   * Adds rows to a table, all or none: by column name, columns left out get their default.
   *
   * @param table - as SQL writes it: `flights`, `main.flights`, `"odd name"`
   * @returns the number of rows
   */
  append(table: string, rows: Iterable<object>): Promise<number> {
    return getGuestApi('db.append').database.append('append', table, rows);
  },

  /** Makes a table in memory of these rows, or replaces it; all SQL of the project can read it. Gives the number of rows. */
  register(name: string, rows: Iterable<object>): Promise<number> {
    return getGuestApi('db.register').database.append('register', name, rows);
  },
});

/** A statement that DuckDB refused. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  /** DuckDB's class of error: `Binder`, `Catalog`, `Constraint`, `Conversion`, `Parser`, ... */
  readonly type: string;

  constructor(type: string, message: string) {
    super(message);
    this.type = type;
  }
}
