import type { DuckDBType } from '@duckdb/node-api';
import type { BatchColumn, ColumnBatch, ColumnLayout } from '@mxcp-ts/engine';
import { wireTypeOf } from '../render/column-types.ts';
import { compileRenderer, nullable } from '../render/value-renderer.ts';
import { type FixedLayout, isFixed, layoutOf, padded, valueBytes } from './column-layout.ts';
import { copyStrings, measureStrings } from './string-vectors.ts';
import { type ChunkPiece, isValid, vectorData, vectorValidity } from './vector-memory.ts';

export interface ResultColumn {
  readonly name: string;
  readonly type: DuckDBType;
}

/** A column whose size is known, so that all columns can be written into one buffer. */
interface MeasuredColumn {
  readonly nulls: boolean;
  readonly valueBytes: number;
  /** @param bytes - zeroed, exactly as long as needed */
  write(bytes: Uint8Array): void;
}

/** Rows as a `ColumnBatch` that owns its buffer. Bytes are copied as they stand in DuckDB's memory. */
export function writeColumns(columns: readonly ResultColumn[], pieces: readonly ChunkPiece[]): ColumnBatch {
  const rows = pieces.reduce((sum, { start, end }) => sum + end - start, 0);
  const measured = columns.map(({ name, type }, index) => {
    const layout = layoutOf(type);
    const values = measureColumn({ name, type, layout, index, rows, pieces });
    const column: BatchColumn = { name, type: wireTypeOf(type), layout, nulls: values.nulls };
    return { column, values, index };
  });
  const total = measured.reduce((sum, { values }) => sum + nullBytes(values, rows) + padded(values.valueBytes), 0);
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const { values, index } of measured) {
    if (values.nulls) writeNulls(bytes.subarray(at, at + rows), index, pieces);
    at += nullBytes(values, rows);
    values.write(bytes.subarray(at, at + values.valueBytes));
    at += padded(values.valueBytes);
  }
  return { rows, columns: measured.map(({ column }) => column), bytes };
}

function nullBytes({ nulls }: MeasuredColumn, rows: number): number {
  return nulls ? padded(rows) : 0;
}

interface Column extends ResultColumn {
  readonly layout: ColumnLayout;
  readonly index: number;
  readonly rows: number;
  readonly pieces: readonly ChunkPiece[];
}

function measureColumn(column: Column): MeasuredColumn {
  const { layout } = column;
  if (layout === 'json') return jsonColumn(column);
  return isFixed(layout) ? fixedColumn(column, layout) : textColumn(column);
}

function fixedColumn({ index, rows, pieces }: Column, layout: FixedLayout): MeasuredColumn {
  const size = valueBytes[layout];
  return {
    nulls: pieces.some(piece => hasNulls(piece, index)),
    valueBytes: rows * size,
    write: bytes => {
      let at = 0;
      for (const { chunk, start, end } of pieces) {
        bytes.set(vectorData(chunk, index, size).subarray(start * size, end * size), at);
        at += (end - start) * size;
      }
    },
  };
}

function textColumn({ name, index, rows, pieces }: Column): MeasuredColumn {
  const offsetBytes = padded((rows + 1) * 4);
  const textBytes = pieces.reduce((sum, piece) => sum + measureStrings(piece, index), 0);
  if (textBytes > 0xffff_ffff) {
    throw new Error(`Out of Range Error: The column "${name}" holds more than 4 GB of text; read it as a stream.`);
  }
  return {
    nulls: pieces.some(piece => hasNulls(piece, index)),
    valueBytes: offsetBytes + textBytes,
    write: bytes => {
      const offsets = new Uint32Array(bytes.buffer, bytes.byteOffset, rows + 1);
      const text = bytes.subarray(offsetBytes);
      let row = 0;
      for (const piece of pieces) row = copyStrings(piece, index, { offsets, text, row });
    },
  };
}

function jsonColumn({ type, index, pieces }: Column): MeasuredColumn {
  const render = nullable(compileRenderer(type, undefined, 'typed'));
  const values: string[] = [];
  for (const { chunk, start, end } of pieces) {
    const vector = chunk.getColumnVector(index);
    for (let row = start; row < end; row += 1) values.push(render(vector.getItem(row)));
  }
  const json = Buffer.from(`[${values.join(',')}]`);
  return {
    nulls: false,
    valueBytes: 8 + json.length,
    write: bytes => {
      new Uint32Array(bytes.buffer, bytes.byteOffset, 1)[0] = json.length;
      bytes.set(json, 8);
    },
  };
}

function hasNulls({ chunk, start, end }: ChunkPiece, index: number): boolean {
  const validity = vectorValidity(chunk, index);
  if (validity === undefined) return false;
  for (let row = start; row < end; row += 1) if (!isValid(validity, row)) return true;
  return false;
}

function writeNulls(bytes: Uint8Array, index: number, pieces: readonly ChunkPiece[]): void {
  let at = 0;
  for (const { chunk, start, end } of pieces) {
    const validity = vectorValidity(chunk, index);
    for (let row = start; row < end; row += 1) {
      bytes[at] = isValid(validity, row) ? 1 : 0;
      at += 1;
    }
  }
}
