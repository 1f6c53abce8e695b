import { readFileSync } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { type Diagnostic, type JsonDiagnostic, SourceFile } from '@mxcp-ts/diagnostics';

/** Findings that a running server sent, with their places in the files as they are here. */
export function restoreDiagnostics(root: string, found: readonly JsonDiagnostic[]): readonly Diagnostic[] {
  const sources = new Map<string, SourceFile>();
  return found.map(({ code, severity, message, hint, path, line, column, endLine, endColumn }) => {
    const source = path === null ? undefined : readSource(root, path, sources);
    const start = source?.offsetAt({ line: line ?? 1, column: column ?? 1 });
    const end = source?.offsetAt({ line: endLine ?? 1, column: endColumn ?? 1 });
    return {
      code: code as Diagnostic['code'],
      severity,
      message,
      ...(hint !== null && { hint }),
      ...(source !== undefined && start !== undefined && end !== undefined && { span: { source, start, end } }),
    };
  });
}

function readSource(root: string, path: string, known: Map<string, SourceFile>): SourceFile {
  const source = known.get(path) ?? new SourceFile(path, readText(isAbsolute(path) ? path : join(root, path)));
  known.set(path, source);
  return source;
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // A file inside the installation (a tool pack) or gone by now: the finding is still worth printing.
    return '';
  }
}
