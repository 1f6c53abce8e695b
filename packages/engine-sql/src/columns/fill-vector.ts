import { type DuckDBDataChunk, DuckDBEnumType, type DuckDBType, type DuckDBValue } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';
import { compileDecoder, nullable } from '../functions/decode-value.ts';
import { layoutOf } from './column-layout.ts';
import { type BatchPart, type BatchValues, BrokenBatch } from './read-batch.ts';

/** Rows `start` to `start + chunk.rowCount` of a column, written into a column of a chunk. */
export type VectorFiller = (chunk: DuckDBDataChunk, index: number, start: number) => void;

/** Compiles how a column of a batch goes into vectors of a type. Throws BrokenBatch when it cannot. */
export function batchFiller({ column, nulls, values }: BatchPart, type: DuckDBType): VectorFiller {
  if (values.kind === 'json') return valueFiller(decodeItems(values, type, column.name));
  if (layoutOf(type) !== column.layout) {
    throw new BrokenBatch(`The column "${column.name}" has the layout ${column.layout}, which ${type} has not.`);
  }
  if (values.kind === 'strings') return stringFiller(values, nulls);
  return fixedFiller({ ...values, bytes: safeBytes({ column, nulls, values }, type) }, nulls);
}

/** Writes values in the driver's own form. */
export function valueFiller(values: readonly DuckDBValue[]): VectorFiller {
  return (chunk, index, start) => {
    const vector = chunk.getColumnVector(index);
    for (let row = 0; row < vector.itemCount; row += 1) vector.setItem(row, values[start + row] ?? null);
    vector.flush();
  };
}

function decodeItems({ items }: BatchValues & { kind: 'json' }, type: DuckDBType, name: string): DuckDBValue[] {
  const decode = nullable(compileDecoder(type));
  return items.map((item, row) => {
    const value = decode(item);
    if (value === undefined)
      throw new BrokenBatch(`The value of row ${row + 1} in the column "${name}" is no ${type}.`);
    return value;
  });
}

/** DuckDB trusts the codes of enums and the bytes of booleans; rows without a value may hold any. */
function safeBytes({ column, nulls, values }: BatchPart, type: DuckDBType): Uint8Array {
  const bytes = values.kind === 'fixed' ? values.bytes : new Uint8Array();
  const limit = column.layout === 'bool' ? 2 : type instanceof DuckDBEnumType ? type.values.length : undefined;
  if (limit === undefined) return bytes;
  const codes = codesOf(bytes.slice(), column.layout);
  for (let row = 0; row < codes.length; row += 1) {
    if (nulls?.[row] === 0) codes[row] = 0;
    else if ((codes[row] ?? 0) >= limit) {
      throw new BrokenBatch(`The value of row ${row + 1} in the column "${column.name}" is no ${type}.`);
    }
  }
  return new Uint8Array(codes.buffer, codes.byteOffset, codes.byteLength);
}

function codesOf(bytes: Uint8Array, layout: string): Uint8Array | Uint16Array | Uint32Array {
  if (layout === 'u2') return new Uint16Array(bytes.buffer, bytes.byteOffset, bytes.length / 2);
  return layout === 'u4' ? new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length / 4) : bytes;
}

function fixedFiller(
  { bytes, size }: { readonly bytes: Uint8Array; readonly size: number },
  nulls: Uint8Array | undefined,
): VectorFiller {
  return (chunk, index, start) => {
    const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
    copyInto(vector, bytes.subarray(start * size, (start + chunk.rowCount) * size));
    markNulls(vector, nulls?.subarray(start, start + chunk.rowCount));
  };
}

const stringBytes = 16;
const longestInline = 12;

/** Short strings are written as they stand in vectors, all at once; only long ones need a native call each. */
function stringFiller(
  { offsets, bytes }: BatchValues & { kind: 'strings' },
  nulls: Uint8Array | undefined,
): VectorFiller {
  return (chunk, index, start) => {
    const rows = chunk.rowCount;
    const vector = duckdb.data_chunk_get_vector(chunk.chunk, index);
    const structs = new Uint8Array(rows * stringBytes);
    const words = new Uint32Array(structs.buffer);
    const long: number[] = [];
    for (let row = 0; row < rows; row += 1) {
      if (nulls?.[start + row] === 0) continue;
      const from = offsets[start + row] ?? 0;
      const length = (offsets[start + row + 1] ?? 0) - from;
      if (length > longestInline) {
        long.push(row);
        continue;
      }
      words[row * 4] = length;
      for (let byte = 0; byte < length; byte += 1) structs[row * stringBytes + 4 + byte] = bytes[from + byte] ?? 0;
    }
    copyInto(vector, structs);
    for (const row of long) {
      const text = bytes.subarray(offsets[start + row], offsets[start + row + 1]);
      duckdb.vector_assign_string_element_len(vector, row, text);
    }
    markNulls(vector, nulls?.subarray(start, start + rows));
  };
}

function copyInto(vector: duckdb.Vector, { buffer, byteOffset, byteLength }: Uint8Array): void {
  if (!(buffer instanceof ArrayBuffer)) throw new Error('A batch is never shared between threads.');
  duckdb.copy_data_to_vector(vector, 0, buffer, byteOffset, byteLength);
}

function markNulls(vector: duckdb.Vector, nulls: Uint8Array | undefined): void {
  if (nulls === undefined || !nulls.includes(0)) return;
  const mask = new Uint8Array(Math.ceil(nulls.length / 64) * 8);
  for (let row = 0; row < nulls.length; row += 1) {
    if (nulls[row] !== 0) mask[row >> 3] = (mask[row >> 3] ?? 0) | (1 << (row & 7));
  }
  duckdb.vector_ensure_validity_writable(vector);
  duckdb.copy_data_to_vector_validity(vector, 0, mask.buffer, 0, mask.byteLength);
}
