import type { ColumnBatch, ColumnType, DatabaseFailure } from '@mxcp-ts/engine';
import type { Problem } from '@mxcp-ts/values';
import { UnbindableValue } from '../bind/infer-type.ts';
import { readFailure } from '../sql/read-failure.ts';
import { type ReadRows, TooManyRows } from './read-result.ts';
import { JobCancelled, type ThreadJob } from './thread-job.ts';

/** How a request ended, as it goes to the host. */
export type ThreadAnswer =
  | { readonly type: 'rows'; readonly json: string; readonly columns: readonly ColumnType[] }
  | { readonly type: 'columns'; readonly batch: ColumnBatch }
  /** A transaction has begun or ended, a stream is open: its number is that of the request. */
  | { readonly type: 'done' }
  /** A stream has no more rows. */
  | { readonly type: 'end' }
  | { readonly type: 'appended'; readonly rows: number }
  | { readonly type: 'failed'; readonly error: DatabaseFailure }
  | { readonly type: 'invalid-output'; readonly problems: readonly Problem[] }
  | { readonly type: 'aborted' };

export function answerOfRows(rows: ReadRows): ThreadAnswer {
  if (!rows.ok) return { type: 'invalid-output', problems: rows.problems };
  if ('batch' in rows) return { type: 'columns', batch: rows.batch };
  return { type: 'rows', json: rows.json, columns: rows.columns };
}

export function answerOfError(error: unknown, job: ThreadJob): ThreadAnswer {
  if (job.isCancelled || error instanceof JobCancelled) return { type: 'aborted' };
  if (error instanceof TooManyRows) {
    return { type: 'invalid-output', problems: [{ pointer: '', message: error.message }] };
  }
  if (error instanceof UnbindableValue)
    return { type: 'failed', error: { type: 'Conversion', message: error.message } };
  return { type: 'failed', error: readFailure(error) };
}
