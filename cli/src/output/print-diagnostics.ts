import { type Diagnostic, formatLine, formatPretty, sortDiagnostics } from '@mxcp-ts/diagnostics';
import { count, wantsColor } from './print.ts';

export type DiagnosticFormat = 'pretty' | 'line';

/** Writes findings in the order of a reader. */
export function printDiagnostics(
  diagnostics: readonly Diagnostic[],
  format: DiagnosticFormat,
  stream: NodeJS.WriteStream,
): void {
  const sorted = sortDiagnostics(diagnostics);
  stream.write(format === 'line' ? formatLine(sorted) : formatPretty(sorted, { color: wantsColor(stream) }));
}

/** `2 errors, 1 warning`. */
export function summarize(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  return [count(errors, 'error'), count(diagnostics.length - errors, 'warning')].join(', ');
}
