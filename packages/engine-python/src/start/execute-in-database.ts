import type { Database, ExecuteOutcome } from '@mxcp-ts/engine';
import type { GuestExecute, GuestExecuteReply } from '@mxcp-ts/guest';

/** Answers `db.execute` of Python with typed rows, which the guest turns into its own dates and decimals. */
export function executeInDatabase(database: Database): GuestExecute {
  return async ({ sql, params, signal }) =>
    replyOf(
      await database.execute({ sql, ...(params !== undefined && { parameters: params }), format: 'typed', signal }),
    );
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
