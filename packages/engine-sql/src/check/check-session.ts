import type { DuckDBConnection, DuckDBPreparedStatement } from '@duckdb/node-api';
import { type PlacedFailure, readPlacedFailure } from '../sql/placed-failure.ts';

export interface CheckSessionOptions {
  /** With `errors_as_json`. */
  readonly connection: DuckDBConnection;
  /** Whether definitions may be run: in a scratch database only. */
  readonly isScratch: boolean;
  /** Tried in order until a statement binds: a schema of the attached file is only found when the file comes first. */
  readonly searchPaths: readonly string[];
  /** Whether plug-ins, which have not run here, may define functions. */
  readonly hasPlugins: boolean;
}

export type Prepared =
  | { readonly ok: true; readonly statement: DuckDBPreparedStatement | undefined }
  | { readonly ok: false; readonly failure: PlacedFailure };

/** The database in which statements are prepared, and what is known to be missing from it. */
export class CheckSession {
  readonly isScratch: boolean;
  /** Whether the project's own file could not be looked at, so that what is missing may be in there. */
  isIncomplete = false;
  /** Whether a function that is missing may be one of a plug-in. */
  readonly hasPlugins: boolean;
  /** Lower-case names of what a statement would define, if it could be run here. */
  readonly undefinable = new Set<string>();
  readonly #connection: DuckDBConnection;
  readonly #searchPaths: readonly string[];

  constructor({ connection, isScratch, searchPaths, hasPlugins }: CheckSessionOptions) {
    this.#connection = connection;
    this.isScratch = isScratch;
    this.#searchPaths = searchPaths;
    this.hasPlugins = hasPlugins;
  }

  /** Parses and binds one statement. `statement` is undefined when DuckDB makes several of it (PIVOT). */
  async prepare(text: string): Promise<Prepared> {
    const first = await this.#prepareOnce(text);
    if (first.ok || first.failure.type !== 'Catalog' || this.#searchPaths.length < 2) return first;
    for (const path of this.#searchPaths.slice(1)) {
      await this.#connection.run(path);
      const other = await this.#prepareOnce(text);
      await this.#connection.run(this.#searchPaths[0] ?? path);
      if (other.ok || other.failure.type !== 'Catalog') return other;
    }
    return first;
  }

  /** Only parses. */
  async parse(text: string): Promise<PlacedFailure | undefined> {
    try {
      await this.#connection.extractStatements(text);
      return undefined;
    } catch (error) {
      return readPlacedFailure(error, text);
    }
  }

  /** Runs a definition in the scratch database. */
  async define(text: string): Promise<PlacedFailure | undefined> {
    try {
      await this.#connection.run(text);
      return undefined;
    } catch (error) {
      return readPlacedFailure(error, text);
    }
  }

  /** The names of all tables and views, in lower case. */
  async tables(): Promise<ReadonlySet<string>> {
    const result = await this.#connection.runAndReadAll(
      `SELECT lower(table_name) FROM duckdb_tables() WHERE NOT internal
      UNION SELECT lower(view_name) FROM duckdb_views() WHERE NOT internal`,
    );
    return new Set(result.getRows().map(([name]) => String(name)));
  }

  async begin(): Promise<void> {
    await this.#connection.run('BEGIN TRANSACTION');
  }

  async rollBack(): Promise<void> {
    try {
      await this.#connection.run('ROLLBACK');
    } catch {
      // The transaction has ended by itself.
    }
  }

  async #prepareOnce(text: string): Promise<Prepared> {
    try {
      const extracted = await this.#connection.extractStatements(text);
      const statement = await extracted.prepare(0);
      if (extracted.count === 1) return { ok: true, statement };
      statement.destroySync();
      return { ok: true, statement: undefined };
    } catch (error) {
      return { ok: false, failure: readPlacedFailure(error, text) };
    }
  }
}
