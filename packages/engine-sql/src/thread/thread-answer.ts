import type { ColumnType, DatabaseFailure } from '@mxcp-ts/engine';
import type { Problem } from '@mxcp-ts/values';
import { UnbindableValue } from '../bind/infer-type.ts';
import type { RenderedRows } from '../render/render-rows.ts';
import { readFailure } from '../sql/read-failure.ts';
import { TooManyRows } from './read-result.ts';
import { JobCancelled, type ThreadJob } from './thread-job.ts';

/** How a statement ended, as it goes to the host. */
export type ThreadAnswer =
  | { readonly type: 'rows'; readonly json: string; readonly columns: readonly ColumnType[] }
  | { readonly type: 'failed'; readonly error: DatabaseFailure }
  | { readonly type: 'invalid-output'; readonly problems: readonly Problem[] }
  | { readonly type: 'aborted' };

export function answerOfRows(rows: RenderedRows): ThreadAnswer {
  return rows.ok
    ? { type: 'rows', json: rows.json, columns: rows.columns }
    : { type: 'invalid-output', problems: rows.problems };
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
