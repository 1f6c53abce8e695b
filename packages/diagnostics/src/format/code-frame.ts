import type { Span } from '../source-file.ts';
import { textWidth } from './text-width.ts';

export interface FramePaint {
  readonly dim: (text: string) => string;
  readonly mark: (text: string) => string;
}

const linesBefore = 1;
/** Of a very long line, a generated file for instance, only the part around the spot is shown. */
const maxLineLength = 160;
const kept = 60;

/** The line of a span and the one before it, with the spot marked. A span over several lines is marked in its first. */
export function codeFrame({ source, start, end }: Span, paint: FramePaint): string[] {
  const first = source.positionAt(start);
  const last = source.positionAt(end);
  const width = String(first.line).length;
  const text = source.lineText(first.line);
  const startColumn = Math.min(first.column, text.length + 1);
  const endColumn = Math.max(startColumn, last.line === first.line ? last.column : text.length + 1);
  const from = text.length <= maxLineLength ? 0 : Math.max(0, startColumn - 1 - kept);
  const lines: string[] = [];
  for (let line = Math.max(1, first.line - linesBefore); line <= first.line; line += 1) {
    const shown = clip(source.lineText(line), from);
    lines.push(`  ${paint.dim(`${String(line).padStart(width)} |`)}${shown === '' ? '' : ` ${shown}`}`);
  }
  const before = textWidth(clip(text, from).slice(0, startColumn - 1 - from));
  const marked = textWidth(clip(text, from).slice(startColumn - 1 - from, endColumn - 1 - from));
  lines.push(
    `  ${paint.dim(`${' '.repeat(width)} |`)} ${' '.repeat(before)}${paint.mark('^'.repeat(Math.max(1, marked)))}`,
  );
  return lines;
}

/** One character for each of the line, so that columns stay where they are. */
function clip(line: string, from: number): string {
  const part = line.slice(from, from + maxLineLength).replace(/\p{Cc}/gu, ' ');
  const hasMore = line.length > from + maxLineLength;
  return `${from > 0 ? `…${part.slice(1)}` : part}${hasMore ? '…' : ''}`;
}
