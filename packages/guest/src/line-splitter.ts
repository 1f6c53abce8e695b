/** Takes chunks of bytes and gives whole lines, without their line breaks. */
export type LineSplitter = (chunk: Buffer) => void;

export interface LineSplitterOptions {
  readonly maxBytes: number;
  readonly onLine: (line: string) => void;
  /** Called once, when a line grows beyond `maxBytes`; nothing is given after that. */
  readonly onTooLong: () => void;
}

/** Splits a stream of UTF-8 at line feeds. A line may span any number of chunks; empty lines are left out. */
export function splitLines({ maxBytes, onLine, onTooLong }: LineSplitterOptions): LineSplitter {
  let kept: Buffer[] = [];
  let keptBytes = 0;
  let isBroken = false;
  return chunk => {
    let start = 0;
    while (!isBroken) {
      const end = chunk.indexOf(0x0a, start);
      const length = keptBytes + (end === -1 ? chunk.length : end) - start;
      if (length > maxBytes) {
        isBroken = true;
        kept = [];
        onTooLong();
        return;
      }
      if (end === -1) {
        if (start < chunk.length) kept.push(start === 0 ? chunk : chunk.subarray(start));
        keptBytes = length;
        return;
      }
      const line =
        kept.length === 0
          ? chunk.toString('utf8', start, end)
          : Buffer.concat([...kept, chunk.subarray(start, end)], length).toString('utf8');
      kept = [];
      keptBytes = 0;
      start = end + 1;
      if (line !== '') onLine(line);
    }
  };
}
