import { DuckDBMaterializedResult, type DuckDBResult, ResultReturnType } from '@duckdb/node-api';
import type { DeclaredColumns } from '../render/declared-columns.ts';
import { type RenderedRows, RowWriter } from '../render/render-rows.ts';
import type { RenderFormat } from '../render/value-renderer.ts';

/** A result has more rows than allowed. */
export class TooManyRows extends Error {
  override readonly name = 'TooManyRows';
  readonly maxRows: number;

  constructor(maxRows: number) {
    super(`gave more than ${maxRows} rows (max_rows)`);
    this.maxRows = maxRows;
  }
}

export interface ReadOptions {
  readonly declared: DeclaredColumns;
  readonly format: RenderFormat;
  readonly maxRows: number | undefined;
}

/** Converts a whole result into JSON text. Rejects with TooManyRows as soon as there is a row too many. */
export async function readResult(result: DuckDBResult, options: ReadOptions): Promise<RenderedRows> {
  if (givesNothing(result)) return { ok: true, json: '[]', columns: [] };
  const maxRows = options.maxRows ?? Number.POSITIVE_INFINITY;
  const writer = new RowWriter(result, options.declared, options.format);
  if (result instanceof DuckDBMaterializedResult) {
    if (result.rowCount > maxRows) throw new TooManyRows(maxRows);
    for (let index = 0; index < result.chunkCount; index += 1) {
      const problem = writer.write(result.getChunk(index));
      if (problem !== undefined) return { ok: false, problems: [problem] };
    }
    return writer.finish();
  }
  for (let chunk = await result.fetchChunk(); chunk !== null && chunk.rowCount > 0; chunk = await result.fetchChunk()) {
    if (writer.rowCount + chunk.rowCount > maxRows) throw new TooManyRows(maxRows);
    const problem = writer.write(chunk);
    if (problem !== undefined) return { ok: false, problems: [problem] };
  }
  return writer.finish();
}

/** SET, CREATE TABLE: a column without meaning and no rows. CREATE TABLE AS says "nothing" too, but counts its rows. */
function givesNothing(result: DuckDBResult): boolean {
  if (result.returnType !== ResultReturnType.NOTHING) return false;
  return !(result instanceof DuckDBMaterializedResult) || result.rowCount === 0;
}
