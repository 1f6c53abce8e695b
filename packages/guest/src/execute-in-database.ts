import type { Database, ExecuteOutcome, ExecuteRequest } from '@mxcp-ts/engine';
import type { GuestExecute, GuestExecuteReply } from './guest-options.ts';

/**
 * Answers `db.execute` of a guest from the project's database.
 *
 * @param format - `json`: rows as objects; `typed`: rows as arrays, for a guest that makes its own dates and decimals
 */
export function executeInDatabase(database: Database, format: ExecuteRequest['format']): GuestExecute {
  return async ({ sql, params, signal }) =>
    replyOf(await database.execute({ sql, format, signal, ...(params !== undefined && { parameters: params }) }));
}

function replyOf(outcome: ExecuteOutcome): GuestExecuteReply {
  switch (outcome.kind) {
    case 'rows':
      return { ok: true, columns: outcome.columns, rowsJson: outcome.json };
    case 'failed':
      return { ok: false, error: outcome.error };
    case 'aborted':
      return { ok: false, error: { type: 'Interrupt', message: 'The statement was interrupted.' } };
  }
}
