/** A place in a text file, as people and editors count: both numbers start at 1, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** A text file of the user's project that findings can point into. Lines are only counted when a finding is printed. */
export class SourceFile {
  /** Relative to the project folder, with forward slashes; absolute when the file lies outside of it. */
  readonly path: string;
  readonly text: string;
  #lineStarts: readonly number[] | undefined;

  constructor(path: string, text: string) {
    this.path = path;
    this.text = text;
  }

  /** @param offset - 0-based, in UTF-16 code units; an offset past the end gives the end of the text */
  positionAt(offset: number): Position {
    const starts = this.#starts();
    const target = Math.min(Math.max(offset, 0), this.text.length);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] ?? 0) <= target) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: target - (starts[low] ?? 0) + 1 };
  }

  /** The 0-based offset of a position; the end of the text for one past it. */
  offsetAt({ line, column }: Position): number {
    const start = this.#starts()[line - 1] ?? this.text.length;
    return Math.min(start + column - 1, this.text.length);
  }

  /** The text of a line without its line break; an empty string when there is no such line. */
  lineText(line: number): string {
    const starts = this.#starts();
    const start = starts[line - 1];
    if (start === undefined) return '';
    const end = starts[line] ?? this.text.length;
    return this.text.slice(start, end).replace(/\r?\n$/, '');
  }

  get lineCount(): number {
    return this.#starts().length;
  }

  #starts(): readonly number[] {
    if (this.#lineStarts === undefined) {
      const starts = [0];
      for (let at = this.text.indexOf('\n'); at !== -1; at = this.text.indexOf('\n', at + 1)) starts.push(at + 1);
      this.#lineStarts = starts;
    }
    return this.#lineStarts;
  }
}

/** A stretch of a source file: `start` included, `end` not, both 0-based offsets in UTF-16 code units. */
export interface Span {
  readonly source: SourceFile;
  readonly start: number;
  readonly end: number;
}
