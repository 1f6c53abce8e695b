import type { CallToolResult } from '@modelcontextprotocol/server';
import type { InputRequest } from '@mxcp-ts/engine';

/** The name under which the extension is negotiated: SEP-2663. */
export const tasksExtension = 'io.modelcontextprotocol/tasks';

/** A tool call whose result its client fetches later. */
export interface Task {
  readonly id: string;
  /** Who may ask for it; undefined for an anonymous caller, who must know the id. */
  readonly owner: string | undefined;
  readonly createdAtMs: number;
  readonly ttlMs: number;
  readonly state: TaskState;
  readonly updatedAtMs: number;
}

export type TaskState =
  /** `message` is what the handler said last of its progress. */
  | { readonly status: 'working'; readonly message?: string }
  | { readonly status: 'input_required'; readonly requests: Readonly<Record<string, InputRequest>> }
  | { readonly status: 'completed'; readonly result: CallToolResult }
  | { readonly status: 'failed'; readonly error: TaskError }
  | { readonly status: 'cancelled' };

/** A JSON-RPC error. */
export interface TaskError {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

export function isOver({ status }: TaskState): boolean {
  return status === 'completed' || status === 'failed' || status === 'cancelled';
}
