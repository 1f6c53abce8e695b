/** Takes chunks of bytes and gives whole lines, without their line breaks. */
export type LineSplitter = (chunk: Buffer) => void;

export interface LineSplitterOptions {
  /** Of a line, and of the raw bytes after one. */
  readonly maxBytes: number;
  /** @returns how many raw bytes follow the line; none when it returns nothing */
  readonly onLine: (line: string) => number | undefined;
  /** Called after the line that announced them. */
  readonly onBytes?: (bytes: Buffer) => void;
  /** Called once, when something grows beyond `maxBytes`; nothing is given after that. */
  readonly onTooLong: () => void;
}

/** Splits a stream of UTF-8 at line feeds. A line may span any number of chunks; empty lines are left out. */
export function splitLines({ maxBytes, onLine, onBytes, onTooLong }: LineSplitterOptions): LineSplitter {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  /** Raw bytes that the stretch being read has; undefined while it is a line. */
  let rawBytes: number | undefined;
  let isBroken = false;

  function take(chunk: Buffer, start: number, end: number): Buffer {
    const rest = chunk.subarray(start, end);
    const whole = kept.length === 0 ? rest : Buffer.concat([...kept, rest], keptBytes + rest.length);
    kept = [];
    keptBytes = 0;
    return whole;
  }

  function keep(chunk: Buffer, start: number): void {
    if (start < chunk.length) kept.push(start === 0 ? chunk : chunk.subarray(start));
    keptBytes += chunk.length - start;
  }

  function refuse(): void {
    isBroken = true;
    kept = [];
    onTooLong();
  }

  function endOf(chunk: Buffer, start: number): number {
    if (rawBytes === undefined) return chunk.indexOf(0x0a, start);
    const end = start + rawBytes - keptBytes;
    return end <= chunk.length ? end : -1;
  }

  return chunk => {
    let start = 0;
    while (!isBroken) {
      const end = endOf(chunk, start);
      if (keptBytes + (end === -1 ? chunk.length : end) - start > maxBytes) return refuse();
      if (end === -1) return keep(chunk, start);
      const whole = take(chunk, start, end);
      if (rawBytes !== undefined) {
        start = end;
        rawBytes = undefined;
        onBytes?.(whole);
        continue;
      }
      start = end + 1;
      if (whole.length > 0) rawBytes = onLine(whole.toString('utf8'));
      if (rawBytes !== undefined && rawBytes > maxBytes) return refuse();
    }
  };
}
