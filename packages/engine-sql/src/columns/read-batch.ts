import { isUtf8 } from 'node:buffer';
import type { BatchColumn, ColumnBatch } from '@mxcp-ts/engine';
import type { JsonValue } from '@mxcp-ts/values';
import { isFixed, padded, valueBytes } from './column-layout.ts';

/** The values of one column of a batch, checked: no part reaches beyond the bytes that are there. */
export interface BatchPart {
  readonly column: BatchColumn;
  /** One byte per row, 0 where there is no value. */
  readonly nulls: Uint8Array | undefined;
  readonly values: BatchValues;
}

export type BatchValues =
  | { readonly kind: 'fixed'; readonly bytes: Uint8Array; readonly size: number }
  | { readonly kind: 'strings'; readonly offsets: Uint32Array; readonly bytes: Uint8Array }
  | { readonly kind: 'json'; readonly items: readonly JsonValue[] };

/** A batch that does not say what it claims to. */
export class BrokenBatch extends Error {
  override readonly name = 'BrokenBatch';

  constructor(message: string) {
    super(`Invalid Input Error: ${message}`);
  }
}

/** The columns of a batch. Throws BrokenBatch. */
export function readBatch({ rows, columns, bytes }: ColumnBatch): BatchPart[] {
  const reader = new PartReader(bytes);
  return columns.map(column => {
    const nulls = column.nulls ? reader.take(rows, column) : undefined;
    return { column, nulls, values: readValues(column, rows, reader) };
  });
}

/** Takes parts one after the other, each from a multiple of 8 on. */
class PartReader {
  readonly #bytes: Uint8Array;
  #at = 0;

  constructor(bytes: Uint8Array) {
    this.#bytes = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  }

  take(size: number, { name }: BatchColumn): Uint8Array {
    const end = this.#at + size;
    if (!Number.isSafeInteger(size) || size < 0 || end > this.#bytes.length) {
      throw new BrokenBatch(`The column "${name}" has fewer bytes than its rows need.`);
    }
    const part = this.#bytes.subarray(this.#at, end);
    this.#at = padded(end);
    return part;
  }
}

function readValues(column: BatchColumn, rows: number, reader: PartReader): BatchValues {
  const { layout } = column;
  if (layout === 'json') return readJson(column, rows, reader);
  if (!isFixed(layout)) return readStrings(column, rows, reader);
  const size = valueBytes[layout];
  return { kind: 'fixed', bytes: reader.take(rows * size, column), size };
}

function readStrings(column: BatchColumn, rows: number, reader: PartReader): BatchValues {
  const offsets = wordsOf(reader.take((rows + 1) * 4, column));
  const bytes = reader.take(offsets[rows] ?? 0, column);
  if (column.layout === 'text' && !isUtf8(bytes)) throw new BrokenBatch(`The column "${column.name}" is not UTF-8.`);
  for (let row = 0; row < rows; row += 1) {
    const start = offsets[row] ?? 0;
    if (start > (offsets[row + 1] ?? 0) || (column.layout === 'text' && ((bytes[start] ?? 0) & 0xc0) === 0x80)) {
      throw new BrokenBatch(`The column "${column.name}" has offsets that cut its text wrongly.`);
    }
  }
  return { kind: 'strings', offsets, bytes };
}

function readJson(column: BatchColumn, rows: number, reader: PartReader): BatchValues {
  const length = wordsOf(reader.take(4, column))[0] ?? 0;
  const items: unknown = JSON.parse(Buffer.from(reader.take(length, column)).toString());
  if (!Array.isArray(items) || items.length !== rows) {
    throw new BrokenBatch(`The column "${column.name}" does not have ${rows} values.`);
  }
  return { kind: 'json', items };
}

function wordsOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}
