import type { Database } from '@mxcp-ts/engine';
import type { GuestExecute } from '@mxcp-ts/guest';

/** Answers `db.execute` of the guest from the project's database, rows as objects. */
export function executeFor(database: Database): GuestExecute {
  return async ({ sql, params, signal }) => {
    const outcome = await database.execute({
      sql,
      format: 'json',
      signal,
      ...(params !== undefined && { parameters: params }),
    });
    switch (outcome.kind) {
      case 'rows':
        return { ok: true, columns: [], rowsJson: outcome.json };
      case 'failed':
        return { ok: false, error: outcome.error };
      case 'aborted':
        return { ok: false, error: { type: 'Interrupt', message: 'The statement was interrupted.' } };
    }
  };
}
