import { type ChunkPiece, isValid, pointedMemory, vectorData, vectorValidity } from './vector-memory.ts';

// A string in a vector is 16 bytes: its length as u4, then up to 12 bytes of text, or 4 bytes and a pointer to all of it.
const stringBytes = 16;
const wordsPerString = 4;
const longestInline = 12;

/** Bytes of all strings of a column in a piece, UTF-8 or raw. */
export function measureStrings({ chunk, start, end }: ChunkPiece, column: number): number {
  const validity = vectorValidity(chunk, column);
  const words = wordsOf(vectorData(chunk, column, stringBytes));
  let total = 0;
  for (let row = start; row < end; row += 1) if (isValid(validity, row)) total += words[row * wordsPerString] ?? 0;
  return total;
}

export interface StringTarget {
  /** One more than there are rows; the entry of `row` is already set. */
  readonly offsets: Uint32Array;
  readonly text: Uint8Array;
  /** The first row to write. */
  readonly row: number;
}

/** Writes the strings of a piece end to end; a NULL becomes an empty one. Returns the row after the last one written. */
export function copyStrings({ chunk, start, end }: ChunkPiece, column: number, target: StringTarget): number {
  const validity = vectorValidity(chunk, column);
  const data = vectorData(chunk, column, stringBytes);
  const words = wordsOf(data);
  const { offsets, text } = target;
  let at = offsets[target.row] ?? 0;
  let written = target.row;
  for (let row = start; row < end; ) {
    const length = isValid(validity, row) ? (words[row * wordsPerString] ?? 0) : 0;
    if (length <= longestInline) {
      const from = row * stringBytes + 4;
      for (let byte = 0; byte < length; byte += 1) text[at + byte] = data[from + byte] ?? 0;
      at += length;
      row += 1;
      written += 1;
      offsets[written] = at;
      continue;
    }
    const run = findRun(words, validity, row, end);
    text.set(pointedMemory(data, row * stringBytes + 8, run.bytes), at);
    for (; row < run.end; row += 1) {
      at += words[row * wordsPerString] ?? 0;
      written += 1;
      offsets[written] = at;
    }
  }
  return written;
}

/**
 * How far long strings lie end to end in memory, from `row` on. DuckDB writes the strings of a result one after the
 * other, so that a chunk of 2,048 has a few runs only, and each run is one native call.
 */
function findRun(words: Uint32Array, validity: Uint8Array | undefined, row: number, end: number) {
  let [low, high] = pointerAt(words, row);
  let bytes = 0;
  let next = row;
  do {
    const length = words[next * wordsPerString] ?? 0;
    bytes += length;
    low += length;
    if (low > 0xffff_ffff) {
      low -= 0x1_0000_0000;
      high += 1;
    }
    next += 1;
  } while (next < end && continues(words, validity, next, low, high));
  return { end: next, bytes };
}

function continues(
  words: Uint32Array,
  validity: Uint8Array | undefined,
  row: number,
  low: number,
  high: number,
): boolean {
  const at = row * wordsPerString;
  if (!isValid(validity, row) || (words[at] ?? 0) <= longestInline) return false;
  return words[at + 2] === low && words[at + 3] === high;
}

/** The pointer of a long string in two halves: as one number it would need more than 53 bits. */
function pointerAt(words: Uint32Array, row: number): [low: number, high: number] {
  return [words[row * wordsPerString + 2] ?? 0, words[row * wordsPerString + 3] ?? 0];
}

function wordsOf(data: Uint8Array): Uint32Array {
  return new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
}
