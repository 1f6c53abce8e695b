import { type DuckDBConnection, type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import { readFailure } from '../sql/read-failure.ts';
import { tokenizeSql } from '../sql/tokenize-sql.ts';

export type ResolvedType =
  | { readonly ok: true; readonly type: DuckDBType }
  /** What is wrong with the text, as the end of a sentence: `does not exist`. */
  | { readonly ok: false; readonly reason: string };

/** Types whose values cannot be written into a result by the driver's means, or that are no types of a column. */
const unusable: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.ANY,
  DuckDBTypeId.BIGNUM,
  DuckDBTypeId.GEOMETRY,
  DuckDBTypeId.INVALID,
  DuckDBTypeId.SQLNULL,
  DuckDBTypeId.UNION,
  DuckDBTypeId.VARIANT,
]);

/** The type that a text such as `DECIMAL(18,3)` or `STRUCT(a INTEGER)[]` names, as DuckDB itself reads it. */
export async function resolveType(connection: DuckDBConnection, text: string): Promise<ResolvedType> {
  if (!staysInside(text)) return { ok: false, reason: 'is not one type' };
  try {
    const statement = await connection.prepare(`SELECT CAST(NULL AS ${text})`);
    const type = statement.columnType(0);
    statement.destroySync();
    return unusable.has(type.typeId) ? { ok: false, reason: 'cannot be used by functions' } : { ok: true, type };
  } catch (error) {
    const { type } = readFailure(error);
    return { ok: false, reason: type === 'Catalog' ? 'does not exist' : 'is not a type that DuckDB understands' };
  }
}

/** Whether a text cannot end the cast that it is put into: its brackets match, and nothing separates or comments out. */
function staysInside(text: string): boolean {
  if (/--|\/\*/.test(text)) return false;
  const open: string[] = [];
  for (const { kind, start, end } of tokenizeSql(text)) {
    const piece = text.slice(start, end);
    if (kind === 'semicolon' || kind === 'parameter') return false;
    if ((kind === 'string' || kind === 'quoted') && !isClosed(piece)) return false;
    if (piece === '(' || piece === '[') open.push(piece);
    else if (piece === ')' || piece === ']') {
      if (open.pop() !== (piece === ')' ? '(' : '[')) return false;
    } else if (piece === ',' && open.length === 0) return false;
  }
  return open.length === 0;
}

function isClosed(piece: string): boolean {
  return piece.length > 1 && piece.charAt(0) === piece.charAt(piece.length - 1);
}
