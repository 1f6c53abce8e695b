import { styleText } from 'node:util';
import type { Diagnostic } from '../diagnostic.ts';
import type { Span } from '../source-file.ts';
import { placeOf } from './format-line.ts';

/** For a person at a terminal: the place, a frame of code with the spot marked, what is wrong and what to do. */
export function formatPretty(diagnostics: readonly Diagnostic[], { color }: { readonly color: boolean }): string {
  const paint = painter(color);
  return diagnostics
    .map(({ code, severity, message, span, hint }) => {
      const shade = severity === 'error' ? 'red' : 'yellow';
      const heading = [
        span === undefined ? undefined : paint('bold', placeOf(span)),
        paint(shade, severity),
        paint('dim', code),
      ];
      const frame = span === undefined ? [] : codeFrame(span, paint, shade);
      return [
        heading.filter(part => part !== undefined).join('  '),
        ...frame,
        ...indent(message),
        ...(hint === undefined
          ? []
          : indent(hint).map((line, index) =>
              index === 0 ? `  ${paint('cyan', 'hint:')} ${line.trimStart()}` : line,
            )),
        '',
        '',
      ].join('\n');
    })
    .join('');
}

type Shade = Parameters<typeof styleText>[0];
type Paint = (shade: Shade, text: string) => string;

function painter(color: boolean): Paint {
  return (shade, text) => (color ? styleText(shade, text, { validateStream: false }) : text);
}

const linesBefore = 1;

function codeFrame({ source, start, end }: Span, paint: Paint, shade: Shade): string[] {
  const first = source.positionAt(start);
  const last = source.positionAt(end);
  const width = String(first.line).length;
  const lines: string[] = [];
  for (let line = Math.max(1, first.line - linesBefore); line <= first.line; line += 1) {
    lines.push(`  ${paint('dim', `${String(line).padStart(width)} |`)} ${source.lineText(line).replace(/\t/g, ' ')}`);
  }
  const endColumn = last.line === first.line ? last.column : source.lineText(first.line).length + 1;
  const marks = '^'.repeat(Math.max(1, endColumn - first.column));
  lines.push(`  ${paint('dim', `${' '.repeat(width)} |`)} ${' '.repeat(first.column - 1)}${paint(shade, marks)}`);
  return lines;
}

function indent(text: string): string[] {
  return text.split('\n').map(line => `  ${line}`);
}
