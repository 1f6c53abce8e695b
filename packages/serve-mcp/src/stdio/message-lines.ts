const newline = 0x0a;

/** Cuts a stream of bytes into lines; one that is too long is dropped up to its end and reported once. */
export class MessageLines {
  readonly #maxBytes: number;
  #chunks: Buffer[] = [];
  #bytes = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The lines that this chunk completes, without their line breaks. */
  push(chunk: Buffer): (string | 'too-large')[] {
    const lines: (string | 'too-large')[] = [];
    let start = 0;
    for (let end = chunk.indexOf(newline); end !== -1; end = chunk.indexOf(newline, start)) {
      this.#keep(chunk.subarray(start, end));
      lines.push(this.#take());
      start = end + 1;
    }
    this.#keep(chunk.subarray(start));
    return lines;
  }

  #keep(part: Buffer): void {
    this.#bytes += part.length;
    if (this.#bytes > this.#maxBytes) this.#chunks = [];
    else if (part.length > 0) this.#chunks.push(part);
  }

  #take(): string | 'too-large' {
    const line = this.#bytes > this.#maxBytes ? 'too-large' : Buffer.concat(this.#chunks).toString().trim();
    this.#chunks = [];
    this.#bytes = 0;
    return line;
  }
}
