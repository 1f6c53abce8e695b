import type { Diagnostic } from '../diagnostic.ts';
import { pathBelow } from './path-below.ts';

export interface PlacedFormatOptions {
  /** The project folder as seen from where paths are to start, with forward slashes; empty when it is that folder. */
  readonly folder: string;
}

/** Workflow commands of GitHub Actions, one a line: they show each finding beside its line in a pull request. */
export function formatGithub(diagnostics: readonly Diagnostic[], { folder }: PlacedFormatOptions): string {
  return diagnostics.map(finding => `${commandOf(finding, folder)}\n`).join('');
}

function commandOf({ code, severity, message, span, hint }: Diagnostic, folder: string): string {
  const properties = { ...(span !== undefined && placeOf(span, folder)), title: code };
  const list = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const text = hint === undefined ? message : `${message}\n${hint}`;
  return `::${severity} ${list.join(',')}::${escapeData(text)}`;
}

/** GitHub counts the last column in, and shows columns only where they are of one line. */
function placeOf({ source, start, end }: NonNullable<Diagnostic['span']>, folder: string) {
  const from = source.positionAt(start);
  const to = source.positionAt(end);
  return {
    file: pathBelow(folder, source.path),
    line: from.line,
    ...(to.line === from.line
      ? { col: from.column, endColumn: Math.max(from.column, to.column - 1) }
      : { endLine: to.column === 1 ? to.line - 1 : to.line }),
  };
}

function escapeData(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
