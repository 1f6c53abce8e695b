import { pathToFileURL } from 'node:url';
import { diagnosticCodes } from '../codes.ts';
import type { Diagnostic } from '../diagnostic.ts';
import type { PlacedFormatOptions } from './format-github.ts';
import { pathBelow } from './path-below.ts';

export interface SarifOptions extends PlacedFormatOptions {
  /** Of the program that reports. */
  readonly version: string;
}

/** A SARIF 2.1.0 log, which code scanning services and editors read. Every code is a rule, used or not. */
export function formatSarif(diagnostics: readonly Diagnostic[], { folder, version }: SarifOptions): string {
  const rules = Object.entries(diagnosticCodes).map(([id, { severity, summary }]) => ({
    id,
    shortDescription: { text: summary },
    defaultConfiguration: { level: severity },
  }));
  const indexOf = new Map(rules.map(({ id }, index) => [id, index]));
  const results = diagnostics.map(({ code, severity, message, span, hint }) => ({
    ruleId: code,
    ruleIndex: indexOf.get(code),
    level: severity,
    message: { text: hint === undefined ? message : `${message}\n${hint}` },
    ...(span !== undefined && { locations: [{ physicalLocation: physicalLocation(span, folder) }] }),
  }));
  const log = {
    $schema: 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json',
    version: '2.1.0',
    runs: [{ tool: { driver: { name: 'mxcp-ts', version, rules } }, columnKind: 'utf16CodeUnits', results }],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

function physicalLocation({ source, start, end }: NonNullable<Diagnostic['span']>, folder: string) {
  const from = source.positionAt(start);
  const to = source.positionAt(end);
  return {
    artifactLocation: { uri: uriOf(pathBelow(folder, source.path)) },
    region: { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column },
  };
}

/** A relative path as a relative URI, an absolute one as a `file:` URI. */
function uriOf(path: string): string {
  if (/^(?:[A-Za-z]:)?[\\/]/.test(path)) return pathToFileURL(path).href;
  return path.split('/').map(encodeURIComponent).join('/');
}
