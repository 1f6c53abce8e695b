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

/** `2 errors, 1 warning`; `no findings`. */
export function summarize(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const parts = [errors > 0 && count(errors, 'error'), warnings > 0 && count(warnings, 'warning')];
  return parts.filter(part => part !== false).join(', ') || 'no findings';
}
