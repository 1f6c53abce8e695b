import type { Diagnostic } from '../diagnostic.ts';

/** One finding a line, as editors and grep like it: `file:line:col severity code message hint: …`. */
export function formatLine(diagnostics: readonly Diagnostic[]): string {
  return diagnostics.map(line => `${lineOf(line)}\n`).join('');
}

function lineOf({ code, severity, message, span, hint }: Diagnostic): string {
  const place = span === undefined ? '' : `${placeOf(span)} `;
  return `${place}${severity} ${code} ${flat(message)}${hint === undefined ? '' : ` hint: ${flat(hint)}`}`;
}

/** `file:line:col` of a span. */
export function placeOf(span: NonNullable<Diagnostic['span']>): string {
  const { line, column } = span.source.positionAt(span.start);
  return `${span.source.path}:${line}:${column}`;
}

function flat(text: string): string {
  return text.replace(/\s*\n\s*/g, ' ');
}
