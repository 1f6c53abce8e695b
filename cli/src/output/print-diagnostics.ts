import { isAbsolute, relative, sep } from 'node:path';
import {
  type Diagnostic,
  formatGithub,
  formatLine,
  formatPretty,
  formatSarif,
  sortDiagnostics,
} from '@mxcp-ts/diagnostics';
import { readVersion } from '@mxcp-ts/mxcp/installation';
import { count, wantsColor } from './print.ts';

export type DiagnosticFormat = 'pretty' | 'line' | 'github' | 'sarif';

/** Writes findings in the order of a reader, the way a person reads them. */
export function printDiagnostics(diagnostics: readonly Diagnostic[], stream: NodeJS.WriteStream): void {
  stream.write(formatPretty(sortDiagnostics(diagnostics), { color: wantsColor(stream) }));
}

/** Writes findings to stdout in the format that was asked for. */
export function printFormatted(
  diagnostics: readonly Diagnostic[],
  format: DiagnosticFormat,
  at: { readonly root: string; readonly cwd: string },
): void {
  process.stdout.write(formatted(sortDiagnostics(diagnostics), format, folderOf(at)));
}

function formatted(sorted: readonly Diagnostic[], format: DiagnosticFormat, folder: string): string {
  switch (format) {
    case 'pretty':
      return formatPretty(sorted, { color: wantsColor(process.stdout) });
    case 'line':
      return formatLine(sorted);
    case 'github':
      return formatGithub(sorted, { folder });
    case 'sarif':
      return formatSarif(sorted, { folder, version: readVersion() });
  }
}

/** The project as seen from the checkout that GitHub Actions made, else from the current folder, when it lies below. */
function folderOf({ root, cwd }: { readonly root: string; readonly cwd: string }): string {
  const workspace = process.env['GITHUB_WORKSPACE'] ?? '';
  const paths = [workspace === '' ? cwd : workspace, cwd].map(base => relative(base, root));
  const below = paths.find(path => !path.startsWith('..') && !isAbsolute(path));
  return (below ?? '').split(sep).join('/');
}

/** `2 errors, 1 warning`; `no findings`. */
export function summarize(diagnostics: readonly Diagnostic[]): string {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const warnings = diagnostics.length - errors;
  const parts = [errors > 0 && count(errors, 'error'), warnings > 0 && count(warnings, 'warning')];
  return parts.filter(part => part !== false).join(', ') || 'no findings';
}
