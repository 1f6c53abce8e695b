import { DuckDBMaterializedResult, type DuckDBResult, ResultReturnType } from '@duckdb/node-api';
import type { ColumnBatch, ColumnType } from '@mxcp-ts/engine';
import type { Problem } from '@mxcp-ts/values';
import type { ChunkPiece } from '../columns/vector-memory.ts';
import { writeColumns } from '../columns/write-columns.ts';
import type { DeclaredColumns } from '../render/declared-columns.ts';
import { RowWriter } from '../render/render-rows.ts';
import { uniqueNames } from '../render/unique-names.ts';
import { chunksOf } from './chunk-source.ts';

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
  readonly format: 'json' | 'columns';
  readonly maxRows: number | undefined;
  /** Of rows as JSON those beyond `maxRows` are not read, instead of being an error; somebody has to end the result then. */
  readonly isCut?: boolean;
}

/** Rows in the wanted format, or numbers that their declared types cannot hold. */
export type ReadRows =
  | { readonly ok: true; readonly json: string; readonly columns: readonly ColumnType[] }
  | { readonly ok: true; readonly batch: ColumnBatch }
  | { readonly ok: false; readonly problems: readonly Problem[] };

/** Converts a whole result. Rejects with TooManyRows as soon as there is a row too many. */
export async function readResult(result: DuckDBResult, options: ReadOptions): Promise<ReadRows> {
  if (givesNothing(result)) return noRows(options);
  const maxRows = options.maxRows ?? Number.POSITIVE_INFINITY;
  return options.format === 'json'
    ? readRows(result, options, maxRows)
    : { ok: true, batch: await readColumns(result, maxRows) };
}

/** Pieces of a result as one answer. */
export function convertPieces(
  result: DuckDBResult,
  pieces: readonly ChunkPiece[],
  { declared, format }: ReadOptions,
): ReadRows {
  if (format === 'columns') return { ok: true, batch: writeColumns(columnsOf(result), pieces) };
  const writer = new RowWriter(result, declared);
  for (const { chunk, start, end } of pieces) {
    const problem = writer.write(chunk, start, end);
    if (problem !== undefined) return { ok: false, problems: [problem] };
  }
  return writer.finish();
}

/** SET, CREATE TABLE: a column without meaning and no rows. CREATE TABLE AS says "nothing" too, but counts its rows. */
export function givesNothing(result: DuckDBResult): boolean {
  if (result.returnType !== ResultReturnType.NOTHING) return false;
  return !(result instanceof DuckDBMaterializedResult) || result.rowCount === 0;
}

/** What a text without statements that give rows answers. */
export function noRows({ format }: Pick<ReadOptions, 'format'>): ReadRows {
  if (format === 'json') return { ok: true, json: '[]', columns: [] };
  return { ok: true, batch: { rows: 0, columns: [], bytes: new Uint8Array(0) } };
}

async function readRows(
  result: DuckDBResult,
  { declared, isCut = false }: ReadOptions,
  maxRows: number,
): Promise<ReadRows> {
  const writer = new RowWriter(result, declared);
  if (result instanceof DuckDBMaterializedResult && !isCut) {
    if (result.rowCount > maxRows) throw new TooManyRows(maxRows);
    for (let index = 0; index < result.chunkCount; index += 1) {
      const problem = writer.write(result.getChunk(index));
      if (problem !== undefined) return { ok: false, problems: [problem] };
    }
    return writer.finish();
  }
  const nextChunk = chunksOf(result);
  for (let chunk = await nextChunk(); chunk !== undefined; chunk = await nextChunk()) {
    const room = maxRows - writer.rowCount;
    if (chunk.rowCount > room && !isCut) throw new TooManyRows(maxRows);
    const problem = writer.write(chunk, 0, Math.min(chunk.rowCount, room));
    if (problem !== undefined) return { ok: false, problems: [problem] };
    if (isCut && chunk.rowCount >= room) break;
  }
  return writer.finish();
}

/** Chunks are kept until all are there: how large the parts of a batch are is known only then. */
async function readColumns(result: DuckDBResult, maxRows: number): Promise<ColumnBatch> {
  const pieces: ChunkPiece[] = [];
  let rows = 0;
  const nextChunk = chunksOf(result);
  for (let chunk = await nextChunk(); chunk !== undefined; chunk = await nextChunk()) {
    const end = chunk.rowCount;
    rows += end;
    if (rows > maxRows) throw new TooManyRows(maxRows);
    pieces.push({ chunk, start: 0, end });
  }
  return writeColumns(columnsOf(result), pieces);
}

function columnsOf(result: DuckDBResult) {
  return uniqueNames(result.columnNames()).map((name, index) => ({ name, type: result.columnType(index) }));
}
