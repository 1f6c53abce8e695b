import type { Diagnostic, Severity } from '../diagnostic.ts';

/** A finding as `--json` prints it. Lines and columns start at 1; columns count UTF-16 code units. */
export interface JsonDiagnostic {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly path: string | null;
  readonly line: number | null;
  readonly column: number | null;
  readonly endLine: number | null;
  readonly endColumn: number | null;
  readonly hint: string | null;
}

export function toJsonDiagnostic({ code, severity, message, span, hint }: Diagnostic): JsonDiagnostic {
  const start = span?.source.positionAt(span.start);
  const end = span?.source.positionAt(span.end);
  return {
    code,
    severity,
    message,
    path: span?.source.path ?? null,
    line: start?.line ?? null,
    column: start?.column ?? null,
    endLine: end?.line ?? null,
    endColumn: end?.column ?? null,
    hint: hint ?? null,
  };
}
