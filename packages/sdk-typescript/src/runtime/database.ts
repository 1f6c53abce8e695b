import { getSession } from './session.ts';

/** A row: values as JSON has them (dates are ISO text, blobs base64, numbers that a double cannot hold exact text). */
export type Row = Record<string, unknown>;

/** By name for `$name`, by position for `?`. Dates become ISO text, bigints their digits. */
export type SqlParameters = Readonly<Record<string, unknown>> | readonly unknown[];

export const db = Object.freeze({
  /**
   * The rows of a SQL statement, run on the project's database. Of several statements the last result counts; an INSERT,
   * UPDATE or DELETE gives `[{ Count: n }]`.
   *
   * @throws DatabaseError when DuckDB refuses the statement
   */
  execute<T = Row>(sql: string, params?: SqlParameters): Promise<T[]> {
    return getSession('db.execute').execute(sql, params) as Promise<T[]>;
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
