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
  /**
   * Takes a connection and begins a transaction on it. It is rolled back when the signal aborts, and must be ended
   * otherwise.
   */
  begin(options: { readonly signal: AbortSignal; readonly caller?: SqlCaller | undefined }): Promise<BeginOutcome>;
  /** Commits or rolls back and gives the connection back. Ending a transaction twice is `failed`. */
  end(transaction: number, how: 'commit' | 'rollback'): Promise<EndOutcome>;
  /**
   * Runs a statement whose rows are then fetched batch by batch; it holds a connection until its end, until `closeStream`,
   * or until the signal aborts.
   */
  openStream(request: ExecuteRequest & { readonly batchRows: number }): Promise<OpenStreamOutcome>;
  /** The next rows of a stream, `batchRows` at most; `end` once, after which the stream is gone. */
  fetch(stream: number): Promise<ExecuteOutcome | { readonly kind: 'end' }>;
  closeStream(stream: number): void;
  /** Puts many rows into a table at once, all or none. */
  append(request: AppendRequest): Promise<AppendOutcome>;
  /**
   * Makes these functions callable in SQL. One that is given again replaces the earlier one of the same name; one that is
   * no longer given fails when it is called. Each problem is a sentence: an unknown type, a name that DuckDB itself has.
   */
  defineFunctions(functions: readonly SqlFunction[]): Promise<readonly FunctionProblem[]>;
  /** Checks SQL endpoints against the tables as they are now. Prepares statements, executes none. */
  check(endpoints: readonly EndpointDefinition[]): Promise<readonly Diagnostic[]>;
  /** What SQL endpoints that declare no return type could declare, as far as it can be told without running them. */
  inferReturns(endpoints: readonly EndpointDefinition[]): Promise<readonly InferredReturn[]>;
  /**
   * Tells of tables that statements of this process may have changed, after they have been committed. Names in lower case and
   * without schema; it may name a table too many, never one too few. `any`: it cannot be told which.
   *
   * @returns what ends it
   */
  onWrite(listener: (tables: ReadonlySet<string> | 'any') => void): () => void;
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
  /** Rows beyond `maxRows` are not read, instead of being an error. */
  readonly isCut?: boolean;
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
  run(
    args: JsonObject,
    options: { readonly signal: AbortSignal; readonly caller?: SqlCaller | undefined },
  ): Promise<QueryOutcome>;
  /** The generation that it belonged to is over. */
  release(): void;
}

export interface InferredReturn {
  /** Its id. */
  readonly endpoint: string;
  readonly returns: NonNullable<EndpointDefinition['returns']>;
}

/** On whose behalf a statement runs: what `get_username()`, `get_request_header(…)` and the like give. */
export interface SqlCaller {
  readonly username: string | null;
  readonly email: string | null;
  readonly provider: string | null;
  readonly externalToken: string | null;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
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
  /** `json`: rows as objects, values as JSON has them. `columns`: a `ColumnBatch`, exact and without a value per cell. */
  readonly format: 'json' | 'columns';
  readonly maxRows?: number;
  readonly signal?: AbortSignal;
  /** Runs inside this transaction, on its connection. */
  readonly transaction?: number | undefined;
  readonly caller?: SqlCaller | undefined;
}

export type ExecuteOutcome =
  | { readonly kind: 'rows'; readonly json: string; readonly columns: readonly ColumnType[] }
  | { readonly kind: 'columns'; readonly batch: ColumnBatch }
  | DatabaseRefusal;

/** What a statement can end in besides its result. */
export type DatabaseRefusal =
  | { readonly kind: 'failed'; readonly error: DatabaseFailure }
  | { readonly kind: 'aborted' };

export type BeginOutcome = { readonly kind: 'begun'; readonly transaction: number } | DatabaseRefusal;
export type EndOutcome = { readonly kind: 'ended' } | DatabaseRefusal;
export type OpenStreamOutcome = { readonly kind: 'opened'; readonly stream: number } | DatabaseRefusal;

export interface AppendRequest {
  /** As written in SQL: `flights`, `main.flights`, `"odd name"`. */
  readonly table: string;
  /**
   * Columns are matched by name; ones that the table has besides get their default. A batch that has its buffer to itself
   * is handed over: its bytes cannot be read afterwards. `json` is an array of objects.
   */
  readonly rows: ColumnBatch | { readonly json: string };
  /** `append` adds to a table that exists; `register` makes a table in memory, or replaces it, that all SQL can then read. */
  readonly how: 'append' | 'register';
  readonly signal?: AbortSignal;
  readonly transaction?: number | undefined;
}

export type AppendOutcome = { readonly kind: 'appended'; readonly rows: number } | DatabaseRefusal;

/** A function of user code that SQL can call. */
export interface SqlFunction {
  readonly name: string;
  /** DuckDB types as SQL writes them: `INTEGER`, `VARCHAR[]`, `DECIMAL(18,3)`, `STRUCT(a INTEGER)`. */
  readonly parameters: readonly string[];
  readonly returns: string;
  /** `skip`: a NULL argument makes the value NULL without a call. `pass`: the function is given NULLs. */
  readonly nulls: 'skip' | 'pass';
  /** Whether equal arguments always give equal values, so that DuckDB may call it once for a constant. */
  readonly isPure: boolean;
  /**
   * Computes one chunk, up to 2,048 rows.
   *
   * @param columns - a JSON array with one array per parameter, values as `WireType` says
   * @param signal - aborted when the statement is
   */
  apply(columns: string, signal: AbortSignal): Promise<SqlFunctionAnswer>;
}

export type SqlFunctionAnswer =
  /** A JSON array with one value per row, as `WireType` says for the declared type. */
  | { readonly ok: true; readonly json: string }
  /** Becomes the error of the statement. */
  | { readonly ok: false; readonly message: string };

export interface FunctionProblem {
  readonly name: string;
  readonly message: string;
}

/**
 * A result as columns, in the byte order of the machine. `bytes` holds, for each column in order, each part padded to
 * a multiple of 8: if `nulls`, one byte per row, 1 where there is a value; then the values by `layout`:
 *
 * - `bool i1 i2 i4 i8 i16 u1 u2 u4 u8 f4 f8`: `rows` values of that size in bytes, as DuckDB stores the type (`bool` one
 *   byte; DATE days in `i4`; TIME and TIMESTAMP… microseconds, or the type's own unit, in `i8`; DECIMAL unscaled; ENUM
 *   the place in `values` of its type; UUID as DuckDB's `i16`, highest bit flipped). Where there is no value, anything.
 * - `interval`: 16 bytes a value: months `i4`, days `i4`, microseconds `i8`.
 * - `text`, `blob`: `rows + 1` offsets of `u4`, padded, then the bytes themselves; text is UTF-8.
 * - `json`: one `u4` length, padded, then a JSON array of all values (null where there is none), each as `WireType` says;
 *   UHUGEINT, BIGNUM, BIT, TIMETZ, JSON, GEOMETRY, UNION, VARIANT and nested types have no other layout.
 */
export interface ColumnBatch {
  readonly rows: number;
  readonly columns: readonly BatchColumn[];
  readonly bytes: Uint8Array;
}

export interface BatchColumn extends ColumnType {
  readonly layout: ColumnLayout;
  readonly nulls: boolean;
}

export type ColumnLayout =
  | 'bool'
  | 'i1'
  | 'i2'
  | 'i4'
  | 'i8'
  | 'i16'
  | 'u1'
  | 'u2'
  | 'u4'
  | 'u8'
  | 'f4'
  | 'f8'
  | 'interval'
  | 'text'
  | 'blob'
  | 'json';

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
  | { readonly id: 'DECIMAL'; readonly width: number; readonly scale: number }
  | { readonly id: 'ENUM'; readonly values: readonly string[] }
  | { readonly id: 'LIST' | 'ARRAY'; readonly item: WireType }
  | { readonly id: 'STRUCT'; readonly fields: readonly ColumnType[] }
  | { readonly id: 'MAP'; readonly key: WireType; readonly value: WireType };

export interface DatabaseFailure {
  /** DuckDB's class, without the word Error: `Binder`, `Constraint`, `Conversion`, `IO`. */
  readonly type: string;
  readonly message: string;
}
