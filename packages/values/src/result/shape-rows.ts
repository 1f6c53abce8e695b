import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonValue } from '../json.ts';
import { isNullable, kindOf } from '../type/type-kind.ts';
import type { ExactTree } from './exact-tree.ts';

/** A value, and where it holds numbers of which the exact text is known. */
export interface Exact {
  readonly value: JsonValue;
  readonly exact: ExactTree | undefined;
}

export type Shaped = ({ readonly ok: true } & Exact) | { readonly ok: false; readonly message: string };

/**
 * Turns the rows of a query, or a list that a function gave, into what is declared: one object, one value, or the
 * values of a single column. Whatever is not an array stays as it is.
 */
export function shapeRows(returns: TypeDefinition, result: Exact): Shaped {
  if (!Array.isArray(result.value)) return { ok: true, ...result };
  switch (kindOf(returns)) {
    case 'object':
      return shapeObject(returns, result.value, result.exact);
    case 'scalar':
      return shapeScalar(returns, result.value, result.exact);
    case 'array':
      return { ok: true, ...(holdsSingleValues(returns) ? unwrapRows(result.value, result.exact) : result) };
    case undefined:
      return { ok: true, ...result };
  }
}

function shapeObject(returns: TypeDefinition, rows: readonly JsonValue[], exact: ExactTree | undefined): Shaped {
  if (rows.length === 0 && isNullable(returns)) return { ok: true, value: null, exact: undefined };
  const [row] = rows;
  if (rows.length !== 1 || row === undefined) return { ok: false, message: `must be one row, ${rowCount(rows)}` };
  return { ok: true, value: row, exact: exact?.children?.get('0') };
}

function shapeScalar(returns: TypeDefinition, rows: readonly JsonValue[], exact: ExactTree | undefined): Shaped {
  if (rows.length === 0 && isNullable(returns)) return { ok: true, value: null, exact: undefined };
  const [row] = rows;
  if (rows.length !== 1 || row === undefined) return { ok: false, message: `must be one value, ${rowCount(rows)}` };
  const ofRow = exact?.children?.get('0');
  if (typeof row !== 'object' || row === null || Array.isArray(row)) return { ok: true, value: row, exact: ofRow };
  const columns = Object.entries(row);
  const [column] = columns;
  if (columns.length !== 1 || column === undefined)
    return { ok: false, message: `must be one value, and the row has ${columns.length} columns` };
  return { ok: true, value: column[1], exact: ofRow?.children?.get(column[0]) };
}

function rowCount({ length }: readonly JsonValue[]): string {
  return length === 0 ? 'and there is none' : `and there are ${length}`;
}

function holdsSingleValues({ items }: TypeDefinition): boolean {
  if (items === undefined) return false;
  const kind = kindOf(items);
  return kind === 'scalar' || kind === 'array';
}

function unwrapRows(rows: JsonValue[], exact: ExactTree | undefined): Exact {
  const values: JsonValue[] = [];
  const children = exact?.children && new Map<string, ExactTree>();
  for (const [index, row] of rows.entries()) {
    if (typeof row !== 'object' || row === null || Array.isArray(row)) return { value: rows, exact };
    const columns = Object.keys(row);
    const [name] = columns;
    const value = name === undefined ? undefined : row[name];
    if (columns.length !== 1 || name === undefined || value === undefined) return { value: rows, exact };
    values.push(value);
    const ofValue = exact?.children?.get(String(index))?.children?.get(name);
    if (ofValue !== undefined) children?.set(String(index), ofValue);
  }
  return { value: values, exact: children && { children } };
}
