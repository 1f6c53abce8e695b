import type { SourceFile, Span } from '@mxcp-ts/diagnostics';
import type { Scalar } from 'yaml';
import type { EmbeddedText } from '../definition.ts';

/**
 * The text of a YAML scalar, able to say where in the file each part of it stands.
 *
 * Literal blocks (`|`), and plain or quoted text on one line without escapes, correspond character by character; for
 * folded or escaped text every stretch is the whole scalar.
 */
export function embeddedScalar(source: SourceFile, scalar: Scalar.Parsed, text = String(scalar.value)): EmbeddedText {
  const [start, end] = scalar.range;
  const whole: Span = { source, start, end: Math.max(start, trimmedEnd(source.text, start, end)) };
  let offsetOf: OffsetMap | undefined | null = null;
  return {
    text,
    spanOf(from, to) {
      if (offsetOf === null) offsetOf = offsetMapOf(source.text, scalar, text);
      if (offsetOf === undefined) return whole;
      const first = offsetOf(clamp(from, text.length));
      return {
        source,
        start: first,
        end: Math.max(first, to > from ? offsetOf(clamp(to, text.length) - 1) + 1 : first),
      };
    },
  };
}

/** A whole file as a text. */
export function embeddedFile(source: SourceFile): EmbeddedText {
  const limit = source.text.length;
  return {
    text: source.text,
    spanOf: (start, end) => ({ source, start: clamp(start, limit), end: clamp(end, limit) }),
  };
}

type OffsetMap = (offset: number) => number;

function offsetMapOf(file: string, scalar: Scalar.Parsed, text: string): OffsetMap | undefined {
  const [start, end] = scalar.range;
  switch (scalar.type) {
    case 'PLAIN':
      return file.slice(start, end) === text ? offset => start + offset : undefined;
    case 'QUOTE_DOUBLE':
    case 'QUOTE_SINGLE':
      return file.slice(start + 1, end - 1) === text ? offset => start + 1 + offset : undefined;
    case 'BLOCK_LITERAL':
      return literalMapOf(file, start, end, text);
    default:
      return undefined;
  }
}

/** Lines of a literal block lose their indentation and nothing else, so each line keeps a fixed distance. */
function literalMapOf(file: string, start: number, end: number, text: string): OffsetMap | undefined {
  const header = file.indexOf('\n', start);
  if (header === -1 || header >= end) return undefined;
  const lines = text.split('\n');
  const sourceLines = linesOf(file, header + 1, end);
  for (const indent of indentsOf(file, sourceLines, lines)) {
    const starts = alignLines(file, sourceLines, lines, indent);
    if (starts !== undefined) return mapOfLines(lines, starts);
  }
  return undefined;
}

interface SourceLine {
  readonly start: number;
  /** Without its line break. */
  readonly end: number;
}

function linesOf(file: string, start: number, end: number): SourceLine[] {
  const lines: SourceLine[] = [];
  for (let at = start; at < end; ) {
    const found = file.indexOf('\n', at);
    const next = found === -1 || found >= end ? end : found;
    lines.push({ start: at, end: next > at && file[next - 1] === '\r' ? next - 1 : next });
    at = next + 1;
  }
  return lines;
}

/** The indentation removed is what the first line that is not empty lost. */
function indentsOf(file: string, sourceLines: readonly SourceLine[], lines: readonly string[]): number[] {
  const index = lines.findIndex(line => line.trim() !== '');
  const line = sourceLines[index];
  if (index === -1 || line === undefined) return [0];
  return [line.end - line.start - (lines[index]?.length ?? 0)].filter(
    indent => indent >= 0 && file.slice(line.start, line.start + indent).trim() === '',
  );
}

function alignLines(
  file: string,
  sourceLines: readonly SourceLine[],
  lines: readonly string[],
  indent: number,
): number[] | undefined {
  const starts: number[] = [];
  for (const [index, line] of lines.entries()) {
    const source = sourceLines[index];
    // Behind the last line break of the text there is nothing more.
    if (source === undefined) {
      if (line !== '') return undefined;
      starts.push(sourceLines.at(-1)?.end ?? 0);
      continue;
    }
    const from = Math.min(source.start + indent, source.end);
    if (file.slice(from, source.end) !== line && line.trim() !== '') return undefined;
    starts.push(from);
  }
  return starts;
}

function mapOfLines(lines: readonly string[], starts: readonly number[]): OffsetMap {
  const textStarts: number[] = [];
  let total = 0;
  for (const line of lines) {
    textStarts.push(total);
    total += line.length + 1;
  }
  return offset => {
    let low = 0;
    let high = textStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((textStarts[middle] ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return (starts[low] ?? 0) + offset - (textStarts[low] ?? 0);
  };
}

function trimmedEnd(file: string, start: number, end: number): number {
  return start + file.slice(start, end).trimEnd().length;
}

function clamp(value: number, limit: number): number {
  return Math.min(Math.max(value, 0), limit);
}
