import { didYouMean } from '@mxcp-ts/diagnostics';
import type { CheckedEndpoint, SqlFinding } from './check-request.ts';
import type { CheckSession } from './check-session.ts';

export type ChangeFinding = Omit<SqlFinding, 'place'> & { readonly path: readonly (string | number)[] };

/** The tables whose changes change a resource, and that nothing defines. */
export async function checkChanges(
  { changedTables }: Pick<CheckedEndpoint, 'changedTables'>,
  session: CheckSession,
): Promise<readonly ChangeFinding[]> {
  if (changedTables.every(table => table === undefined) || session.isIncomplete) return [];
  const known = await session.tables();
  return changedTables.flatMap((table, index) => {
    if (table === undefined || known.has(table) || session.undefinable.has(table)) return [];
    const message = `Nothing defines a table "${table}".`;
    const hint = didYouMean(table, [...known]) ?? 'Make it in a setup file (duckdb.setup), so that it can be checked.';
    return [{ code: 'plan/sql-unknown-table', message, hint, path: ['changes', index, 'table'] }];
  });
}
