import type { DuckDBDataChunk } from '@duckdb/node-api';
import duckdb from '@duckdb/node-bindings';

/** Rows `start` to `end` of a chunk. The chunk has to be kept as long as views of its memory are read. */
export interface ChunkPiece {
  readonly chunk: DuckDBDataChunk;
  readonly start: number;
  readonly end: number;
}

/**
 * The values of a column of a chunk in DuckDB's own memory: a view, not a copy.
 *
 * @param valueBytes - size of a value in the vector; 16 for strings, which stand there as length and pointer
 */
export function vectorData({ chunk }: DuckDBDataChunk, column: number, valueBytes: number): Uint8Array {
  const bytes = duckdb.data_chunk_get_size(chunk) * valueBytes;
  return duckdb.vector_get_data(duckdb.data_chunk_get_vector(chunk, column), bytes);
}

/** One bit per row, lowest first, 1 where there is a value; undefined when all rows have one. */
export function vectorValidity({ chunk }: DuckDBDataChunk, column: number): Uint8Array | undefined {
  const bytes = Math.ceil(duckdb.data_chunk_get_size(chunk) / 64) * 8;
  const validity: Uint8Array | null = duckdb.vector_get_validity(duckdb.data_chunk_get_vector(chunk, column), bytes);
  return validity ?? undefined;
}

export function isValid(validity: Uint8Array | undefined, row: number): boolean {
  return validity === undefined || (((validity[row >> 3] ?? 0) >> (row & 7)) & 1) === 1;
}

/**
 * A view of memory that a pointer inside other memory points to.
 *
 * @param at - where the pointer stands in `memory`
 */
export function pointedMemory(memory: Uint8Array, at: number, bytes: number): Uint8Array {
  return duckdb.get_data_from_pointer(arrayBufferOf(memory), memory.byteOffset + at, bytes);
}

function arrayBufferOf({ buffer }: Uint8Array): ArrayBuffer {
  if (buffer instanceof ArrayBuffer) return buffer;
  throw new Error('Memory of DuckDB is never shared between threads.');
}
