import { type Diagnostic, diagnostic, didYouMean } from '@mxcp-ts/diagnostics';
import type { Interpreter } from '../interpreter/find-interpreter.ts';
import type { Outline } from './outline.ts';
import type { Spanned } from './read-source.ts';

/** What is wrong with a file as such: its syntax, imports that this interpreter does not have, and names that `mxcp.runtime` does not have. */
export function checkOutline(outline: Outline, source: Spanned, interpreter: Interpreter): readonly Diagnostic[] {
  const { syntaxError } = outline;
  if (syntaxError !== null) {
    const { message, start, end } = syntaxError;
    const span = source.spanOf(start, widened(source.text, start, end));
    return [diagnostic('plan/code-syntax', `Python cannot parse this: ${message}.`, span)];
  }
  const missingImports = outline.missingImports.map(missing =>
    diagnostic(
      'plan/missing-import',
      `The module "${missing.module}" is not installed.`,
      source.spanOf(missing.start, missing.end),
      installHint(missing.package, interpreter),
    ),
  );
  const unknownNames = outline.unknownNames.map(({ module, name, known, start, end }) =>
    diagnostic(
      'plan/unresolved-import',
      `${module} has no "${name}".`,
      source.spanOf(start, end),
      didYouMean(name, known),
    ),
  );
  return [...missingImports, ...unknownNames];
}

/** The command that installs a package for this very interpreter. */
export function installHint(packageName: string, { executable }: Interpreter): string {
  return `Install it with \`${executable} -m pip install ${packageName}\`.`;
}

/** Python often marks a single point; a marker needs a character, if the line still has one. */
function widened(text: string, start: number, end: number): number {
  if (end > start) return end;
  return start < text.length && text[start] !== '\n' ? start + 1 : start;
}
