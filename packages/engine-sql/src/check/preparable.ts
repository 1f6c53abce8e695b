import type { SqlStatement } from '../sql/split-statements.ts';

/** Statements that act when they are bound, or that name what exists at run time only: parsed, not prepared. */
const parsedOnly: ReadonlySet<string> = new Set([
  'ABORT',
  'ATTACH',
  'BEGIN',
  'CALL',
  'CHECKPOINT',
  'COMMIT',
  'DEALLOCATE',
  'DETACH',
  'END',
  'EXECUTE',
  'EXPORT',
  'FORCE',
  'INSTALL',
  'LOAD',
  'PRAGMA',
  'PREPARE',
  'RESET',
  'ROLLBACK',
  'SET',
  'START',
  'UPDATE EXTENSIONS',
  'USE',
  'VACUUM',
]);

/** After these, names mean something that cannot be known before the statement has run. */
const blinding: ReadonlySet<string> = new Set(['ATTACH', 'CALL', 'EXECUTE', 'LOAD', 'PRAGMA', 'PREPARE', 'SET', 'USE']);

export function isPreparable({ keyword }: SqlStatement): boolean {
  return !parsedOnly.has(keyword);
}

/** DuckDB reads the named folder while it parses. */
export function isParsable({ keyword }: SqlStatement): boolean {
  return keyword !== 'IMPORT';
}

export function blindsTheRest({ keyword }: SqlStatement): boolean {
  return blinding.has(keyword);
}
