import { type DiagnosticCode, diagnosticCodes } from './codes.ts';
import type { Span } from './source-file.ts';

export type Severity = 'error' | 'warning';

/** A finding about the user's project. A value: findings are collected, never thrown. */
export interface Diagnostic {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** A sentence with a full stop. Says what is wrong, never where: the place is `span`. */
  readonly message: string;
  /** Absent only for findings about the project as a whole. */
  readonly span?: Span;
  /** What to do about it. */
  readonly hint?: string;
}

export type ReportDiagnostic = (diagnostic: Diagnostic) => void;

/** Builds a finding; its severity is the one of its code in the table. */
export function diagnostic(code: DiagnosticCode, message: string, span?: Span, hint?: string): Diagnostic {
  return {
    code,
    severity: diagnosticCodes[code].severity,
    message,
    ...(span !== undefined && { span }),
    ...(hint !== undefined && { hint }),
  };
}

export function hasErrors(diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(({ severity }) => severity === 'error');
}

/** In the order of a reader: by file, then by place; findings without a place come first. */
export function sortDiagnostics(diagnostics: readonly Diagnostic[]): Diagnostic[] {
  return [...diagnostics].sort((a, b) => {
    const pathA = a.span?.source.path ?? '';
    const pathB = b.span?.source.path ?? '';
    if (pathA !== pathB) return pathA < pathB ? -1 : 1;
    return (a.span?.start ?? 0) - (b.span?.start ?? 0);
  });
}
