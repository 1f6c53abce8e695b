import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type { EndpointDefinition } from '@mxcp-ts/project';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonObject, JsonValue, Problem } from '@mxcp-ts/values';

/** The one database of a running project, as everything but engine-sql sees it. */
export interface Database {
  /** Keeps a query of the plan ready for calls. */
  prepare(query: QueryDefinition): PreparedQuery;
  /** Runs SQL that is not part of the plan: `db.execute`, `mxcp-ts query`. */
  execute(request: ExecuteRequest): Promise<ExecuteOutcome>;
  /** Checks SQL endpoints against the tables as they are now. Prepares statements, executes none. */
  check(endpoints: readonly EndpointDefinition[]): Promise<readonly Diagnostic[]>;
  /** Waits for running statements until the deadline, interrupts what is left, checkpoints and closes the file. */
  close(options: { readonly deadlineMs: number }): Promise<void>;
}

export interface QueryDefinition {
  /** The endpoint's id. */
  readonly id: string;
  readonly sql: string;
  readonly parameters: readonly (TypeDefinition & { readonly name: string })[];
  /** Decides how numbers are rendered: exact text for `string`, loss is a problem for `integer` and `number`. */
  readonly returns: TypeDefinition | undefined;
  readonly maxRows: number | undefined;
  /** Set for tool packs that run what a caller wrote: see `tools/sql`. */
  readonly guard: SqlGuard | undefined;
}

/** Runs the text of one parameter as SQL, if its parse tree is one SELECT that reads tables only. */
export interface SqlGuard {
  readonly sqlParameter: string;
  readonly allowFunctions: readonly string[];
}

export interface PreparedQuery {
  /** @param args - as the argument reader gave them; settles at once when the signal aborts */
  run(args: JsonObject, options: { readonly signal: AbortSignal }): Promise<QueryOutcome>;
}

export type QueryOutcome =
  | {
      readonly kind: 'rows';
      /** An array of row objects; DML gives `[{"Count": n}]`, other statements without rows `[]`. */
      readonly rows: JsonValue[];
    }
  | { readonly kind: 'failed'; readonly error: DatabaseFailure }
  /** A value that the declared type cannot hold, or more rows than allowed. */
  | { readonly kind: 'invalid-output'; readonly problems: readonly Problem[] }
  | { readonly kind: 'aborted' };

export interface ExecuteRequest {
  readonly sql: string;
  /** By name (`$name`, also `$1` in the mapping's own order) or by position (`?`). */
  readonly parameters?: JsonObject | readonly JsonValue[];
  /**
   * `json`: rows as objects, values as JSON has them. `typed`: rows as arrays plus column types, so that a guest can
   * rebuild its own dates and decimals.
   */
  readonly format: 'json' | 'typed';
  readonly maxRows?: number;
  readonly signal?: AbortSignal;
}

export type ExecuteOutcome =
  | { readonly kind: 'rows'; readonly json: string; readonly columns: readonly ColumnType[] }
  | { readonly kind: 'failed'; readonly error: DatabaseFailure }
  | { readonly kind: 'aborted' };

export interface ColumnType {
  readonly name: string;
  readonly type: WireType;
}

/**
 * A DuckDB type as guests decode it; nested types carry theirs. How the values of an id look in `json`:
 * `BOOLEAN`; `TINYINT SMALLINT INTEGER BIGINT UTINYINT USMALLINT UINTEGER UBIGINT` JSON integers with all their digits;
 * `FLOAT DOUBLE` numbers, null for NaN and infinities; `HUGEINT UHUGEINT BIGNUM DECIMAL` text; `VARCHAR ENUM UUID BIT`
 * text; `BLOB GEOMETRY` base64; `DATE TIME TIME_NS TIMETZ TIMESTAMP TIMESTAMP_S TIMESTAMP_MS TIMESTAMP_NS TIMESTAMPTZ
 * INTERVAL` ISO 8601 text, `infinity` and `-infinity` included; `JSON` the value it holds; `UNION VARIANT` what the
 * member would be in `json` format; `LIST ARRAY` arrays; `STRUCT` objects; `MAP` arrays of [key, value]; `NULL` null.
 */
export type WireType =
  | { readonly id: string }
  | { readonly id: 'LIST' | 'ARRAY'; readonly item: WireType }
  | { readonly id: 'STRUCT'; readonly fields: readonly ColumnType[] }
  | { readonly id: 'MAP'; readonly key: WireType; readonly value: WireType };

export interface DatabaseFailure {
  /** DuckDB's class, without the word Error: `Binder`, `Constraint`, `Conversion`, `IO`. */
  readonly type: string;
  readonly message: string;
}
