import type { DuckDBDataChunk, DuckDBType, DuckDBVector } from '@duckdb/node-api';
import { compileRenderer, nullable } from '../render/value-renderer.ts';

export interface RenderedArguments {
  /** A JSON array with one array per parameter. */
  readonly columns: string;
  /** The rows that are in `columns`; undefined for all. */
  readonly rows: readonly number[] | undefined;
}

/** The arguments of a chunk as JSON text; without the rows that have a NULL if those are to be skipped. */
export function renderArguments(
  chunk: DuckDBDataChunk,
  { parameters, nulls }: { readonly parameters: readonly DuckDBType[]; readonly nulls: 'skip' | 'pass' },
): RenderedArguments {
  const values = parameters.map((_, index) => valuesOf(chunk.getColumnVector(index), chunk.rowCount));
  const rows = nulls === 'skip' ? rowsWithoutNull(values, chunk.rowCount) : undefined;
  const texts = values.map((column, index) => {
    const type = parameters[index];
    if (type === undefined) return '[]';
    const render = nullable(compileRenderer(type, undefined, 'typed'));
    const sent = rows === undefined ? column : rows.map(row => column[row] ?? null);
    return `[${sent.map(render).join(',')}]`;
  });
  return { columns: `[${texts.join(',')}]`, rows };
}

type Value = ReturnType<DuckDBVector['getItem']>;

function valuesOf(vector: DuckDBVector, rowCount: number): Value[] {
  const values: Value[] = [];
  for (let row = 0; row < rowCount; row += 1) values.push(vector.getItem(row));
  return values;
}

/** Undefined when no row has a NULL. */
function rowsWithoutNull(columns: readonly (readonly Value[])[], rowCount: number): number[] | undefined {
  if (columns.every(column => !column.includes(null))) return undefined;
  const rows: number[] = [];
  for (let row = 0; row < rowCount; row += 1) {
    if (columns.every(column => column[row] !== null)) rows.push(row);
  }
  return rows;
}
