import { type Diagnostic, sortDiagnostics, toJsonDiagnostic } from '@mxcp-ts/diagnostics';
import type { CommandContext } from './command-context.ts';
import { note, printJson } from './output/print.ts';
import { printDiagnostics } from './output/print-diagnostics.ts';

/** Ends a command because of findings in the project: prints them all and gives the exit code, 1. */
export function refuseProject(
  diagnostics: readonly Diagnostic[],
  { error, hint }: { readonly error: string; readonly hint?: string },
  { isJson }: CommandContext,
): number {
  if (isJson) {
    const found = sortDiagnostics(diagnostics).map(toJsonDiagnostic);
    printJson({
      status: 'error',
      error,
      code: 'invalid-project',
      ...(hint !== undefined && { hint }),
      diagnostics: found,
    });
  }
  printDiagnostics(diagnostics, process.stderr);
  note(error);
  if (hint !== undefined) note(hint);
  return 1;
}
