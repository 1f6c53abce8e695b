export { type DiagnosticCode, diagnosticCodes } from './codes.ts';
export {
  type Diagnostic,
  diagnostic,
  hasErrors,
  type ReportDiagnostic,
  type Severity,
  sortDiagnostics,
} from './diagnostic.ts';
export { formatGithub, type PlacedFormatOptions } from './format/format-github.ts';
export { type JsonDiagnostic, toJsonDiagnostic } from './format/format-json.ts';
export { formatLine, placeOf } from './format/format-line.ts';
export { formatPretty } from './format/format-pretty.ts';
export { formatSarif, type SarifOptions } from './format/format-sarif.ts';
export { textWidth } from './format/text-width.ts';
export { MxcpError, type MxcpErrorCode } from './mxcp-error.ts';
export { type Position, SourceFile, type Span } from './source-file.ts';
export { didYouMean, findNearest } from './suggest.ts';
