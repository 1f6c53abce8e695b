import { type Diagnostic, diagnostic, didYouMean, type SourceFile, type Span } from '@mxcp-ts/diagnostics';
import type { Location, Message } from 'esbuild';
import { findMissingRuntimeName } from './runtime-names.ts';
import { type SourceFiles, startOfLine } from './source-files.ts';

/** What esbuild found, at its place in the author's file. */
export async function diagnosticOfMessage(
  { text, location }: Message,
  sources: SourceFiles,
  runtimeNames: readonly string[],
): Promise<Diagnostic> {
  const file = location === null ? undefined : await sources.read(location.file);
  const span = file === undefined || location === null ? undefined : spanOf(file, location);
  const name = findMissingRuntimeName(text);
  if (name !== undefined) {
    const message = `mxcp-ts/runtime has no "${name}".`;
    return diagnostic('plan/unresolved-import', message, span, didYouMean(name, runtimeNames));
  }
  const specifier = /^Could not resolve "(.*)"$/.exec(text)?.[1];
  if (specifier === undefined) return diagnostic('plan/code-syntax', asSentence(text), span);
  return diagnostic('plan/unresolved-import', `"${specifier}" cannot be found.`, span, hintFor(specifier));
}

function hintFor(specifier: string): string {
  if (/^[./]/.test(specifier)) return 'The path starts at the folder of the file that imports it.';
  const name = specifier
    .split('/')
    .slice(0, specifier.startsWith('@') ? 2 : 1)
    .join('/');
  return `Run \`npm install ${name}\` in the project folder.`;
}

function asSentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}

/** esbuild counts columns and lengths in UTF-8 bytes, lines from 1. */
function spanOf(source: SourceFile, { line, column, length, lineText }: Location): Span {
  const bytes = Buffer.from(source.lineText(line));
  // What `keepFileLocations` put before the first line is not the author's.
  const added = Math.max(0, Buffer.byteLength(lineText) - bytes.length);
  const lengthUpTo = (byteOffset: number) => bytes.subarray(0, Math.max(0, byteOffset - added)).toString('utf8').length;
  const lineStart = startOfLine(source, line);
  return { source, start: lineStart + lengthUpTo(column), end: lineStart + lengthUpTo(column + length) };
}
