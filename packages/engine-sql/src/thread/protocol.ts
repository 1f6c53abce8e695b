import type { AppendRequest, ColumnBatch, ColumnType, DatabaseFailure, SqlCaller, SqlGuard } from '@mxcp-ts/engine';
import type { Extension } from '@mxcp-ts/project';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonObject, JsonValue, Problem } from '@mxcp-ts/values';
import type { CheckAnswer, CheckRequest } from '../check/check-request.ts';
import type { FunctionToHost, FunctionToThread } from '../functions/function-protocol.ts';
import type { WrittenTables } from '../sql/written-tables.ts';

/**
 * The wire between the serving thread and the thread that owns DuckDB. Results are converted over there; they cross as
 * JSON text or as columns, whose buffer is handed over. The number of a transaction or a stream is that of the message
 * that began it.
 */
export type HostToThread =
  | { readonly type: 'open'; readonly id: number; readonly request: OpenRequest }
  | { readonly type: 'define'; readonly query: number; readonly definition: ThreadQuery }
  /** The query's plan is gone. */
  | { readonly type: 'forget'; readonly query: number }
  | {
      readonly type: 'run';
      readonly id: number;
      readonly query: number;
      readonly args: JsonObject;
      readonly caller: SqlCaller | undefined;
    }
  | { readonly type: 'execute'; readonly id: number; readonly request: ThreadExecute }
  | { readonly type: 'begin'; readonly id: number; readonly caller: SqlCaller | undefined }
  | { readonly type: 'end'; readonly id: number; readonly transaction: number; readonly how: 'commit' | 'rollback' }
  | { readonly type: 'open-stream'; readonly id: number; readonly request: ThreadExecute; readonly batchRows: number }
  | { readonly type: 'fetch'; readonly id: number; readonly stream: number }
  | { readonly type: 'append'; readonly id: number; readonly request: ThreadAppend }
  /** Stops a request; rolls back a transaction and closes a stream of this number. */
  | { readonly type: 'cancel'; readonly id: number }
  /** Whether `wrote` is to be told. */
  | { readonly type: 'watch-writes'; readonly isOn: boolean }
  | { readonly type: 'check'; readonly id: number; readonly request: CheckRequest }
  | { readonly type: 'close'; readonly id: number; readonly deadlineMs: number }
  | FunctionToThread;

export type ThreadToHost =
  | { readonly type: 'opened'; readonly id: number; readonly warnings: readonly string[] }
  | { readonly type: 'refused'; readonly id: number; readonly refusal: OpenRefusal }
  | { readonly type: 'rows'; readonly id: number; readonly json: string; readonly columns: readonly ColumnType[] }
  | { readonly type: 'columns'; readonly id: number; readonly batch: ColumnBatch }
  | { readonly type: 'done'; readonly id: number }
  | { readonly type: 'end'; readonly id: number }
  | { readonly type: 'appended'; readonly id: number; readonly rows: number }
  | { readonly type: 'failed'; readonly id: number; readonly error: DatabaseFailure }
  | { readonly type: 'invalid-output'; readonly id: number; readonly problems: readonly Problem[] }
  | { readonly type: 'aborted'; readonly id: number }
  | ({ readonly type: 'checked'; readonly id: number } & CheckAnswer)
  | { readonly type: 'closed'; readonly id: number }
  /** Committed. */
  | { readonly type: 'wrote'; readonly tables: WrittenTables }
  | FunctionToHost;

export interface OpenRequest {
  /** Absolute, or `:memory:`. */
  readonly path: string;
  readonly isReadOnly: boolean;
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  readonly extensions: readonly Extension[];
  readonly secrets: readonly ThreadSecret[];
  readonly setup: readonly ThreadSetupFile[];
  /** The project folder: relative paths in SQL start here. */
  readonly root: string;
  /** Most connections open at once. */
  readonly connections: number;
}

export interface ThreadSecret {
  readonly name: string;
  readonly type: string;
  readonly parameters: Readonly<Record<string, unknown>>;
}

export interface ThreadSetupFile {
  readonly path: string;
  readonly sql: string;
  readonly hash: string;
}

export interface OpenRefusal {
  readonly code: 'database-locked' | 'database-open' | 'invalid-project';
  readonly message: string;
  readonly hint?: string;
  /** The setup file at fault, and the stretch of its text (UTF-16 code units). */
  readonly place?: { readonly path: string; readonly start: number; readonly end: number };
}

export interface ThreadQuery {
  readonly sql: string;
  readonly parameters: readonly (TypeDefinition & { readonly name: string })[];
  readonly returns: TypeDefinition | undefined;
  readonly maxRows: number | undefined;
  readonly isCut: boolean;
  readonly guard: SqlGuard | undefined;
}

export interface ThreadExecute {
  readonly sql: string;
  readonly parameters: JsonObject | readonly JsonValue[] | undefined;
  readonly format: 'json' | 'columns';
  readonly maxRows: number | undefined;
  readonly caller: SqlCaller | undefined;
  readonly transaction: number | undefined;
}

export type ThreadAppend = Pick<AppendRequest, 'table' | 'rows' | 'how' | 'transaction'>;
