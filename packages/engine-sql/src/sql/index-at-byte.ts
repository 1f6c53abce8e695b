/**
 * Turns a UTF-8 byte offset, as DuckDB reports it, into an index into `text`.
 *
 * @param byteOffset - 0-based, in UTF-8 bytes; offsets past the end give `text.length`
 * @returns a 0-based index in UTF-16 code units, on a code point boundary
 */
export function indexAtByte(text: string, byteOffset: number): number {
  let bytes = 0;
  let index = 0;
  for (const character of text) {
    if (bytes >= byteOffset) return index;
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x1_0000 ? 3 : 4;
    index += character.length;
  }
  return index;
}
