import type { FunctionProblem, SqlFunction, SqlFunctionAnswer } from '@mxcp-ts/engine';

/** What the serving thread tells the database thread about functions of user code. */
export type FunctionToThread =
  | { readonly type: 'define-functions'; readonly id: number; readonly functions: readonly DeclaredFunction[] }
  /** The answer to `apply`. */
  | { readonly type: 'applied'; readonly call: number; readonly answer: SqlFunctionAnswer };

export type FunctionToHost =
  | { readonly type: 'functions-defined'; readonly id: number; readonly problems: readonly FunctionProblem[] }
  /** One chunk for a function. The thread stands still until `applied`, but sees `cancel` and `close` meanwhile. */
  | { readonly type: 'apply'; readonly call: number; readonly function: number; readonly columns: string }
  /** The answer is no longer wanted. */
  | { readonly type: 'drop'; readonly call: number };

/** A function without its code, which stays with the serving thread under `number`. */
export interface DeclaredFunction extends Omit<SqlFunction, 'apply'> {
  readonly number: number;
}
