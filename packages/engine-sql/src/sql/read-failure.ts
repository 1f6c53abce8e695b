import type { DatabaseFailure } from '@mxcp-ts/engine';

/** DuckDB's error as class and message: `Binder Error: no column` gives `{ type: 'Binder', message: 'no column' }`. */
export function readFailure(error: unknown): DatabaseFailure {
  const text = error instanceof Error ? error.message : String(error);
  const plain = text.replace(/^Failed to (?:extract statements|execute prepared statement): /, '');
  const match = /^([A-Za-z][A-Za-z ]*?) Error: ([\s\S]*)$/.exec(plain);
  return match === null ? { type: 'Unknown', message: plain } : { type: match[1] ?? '', message: match[2] ?? '' };
}

/** Whether a statement was refused only because another transaction was quicker: the same statement may succeed now. */
export function isConflict({ type, message }: DatabaseFailure): boolean {
  if (type === 'TransactionContext') return /conflict|constraint violation|Failed to commit/i.test(message);
  return /write-write conflict|Conflict on (?:update|delete|tuple deletion)|Transaction conflict/i.test(message);
}

export function isDuplicateKey({ type, message }: DatabaseFailure): boolean {
  return type === 'Constraint' && /Duplicate key/i.test(message);
}
