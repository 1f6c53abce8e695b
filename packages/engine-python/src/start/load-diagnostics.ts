import { type Diagnostic, diagnostic, type Span } from '@mxcp-ts/diagnostics';
import type { GuestError, StartReport } from '@mxcp-ts/guest';
import { installHint } from '../check/check-outline.ts';
import type { Interpreter } from '../interpreter/find-interpreter.ts';
import { type PythonEndpoint, spanOfSource } from '../python-endpoints.ts';

export type ReadyReport = Extract<StartReport, { ok: true }>;

/** The finding of each endpoint that the guest could not load; by index into the endpoints. */
export function loadDiagnostics(
  report: ReadyReport,
  endpoints: readonly PythonEndpoint[],
  modules: readonly number[],
  interpreter: Interpreter,
): ReadonlyMap<number, Diagnostic> {
  const failures = new Map(report.modules.map(({ module, error }) => [module, error]));
  const faults = new Map(report.handlers.map(({ handler, message }) => [handler, message]));
  const found = new Map<number, Diagnostic>();
  endpoints.forEach((endpoint, index) => {
    const failure = failures.get(modules[index] ?? -1);
    const fault = faults.get(index);
    if (failure !== undefined) found.set(index, moduleDiagnostic(endpoint, failure, interpreter));
    else if (fault !== undefined)
      found.set(index, diagnostic('plan/missing-export', sentence(fault), spanOfSource(endpoint)));
  });
  return found;
}

function moduleDiagnostic(endpoint: PythonEndpoint, error: GuestError, interpreter: Interpreter): Diagnostic {
  const { missingPackage } = error;
  const hint = missingPackage === undefined ? undefined : installHint(missingPackage, interpreter);
  return diagnostic('plan/module-load', describeLoadError(error), sourceSpan(endpoint), hint);
}

/** One sentence, also for the log. */
export function describeLoadError({ type, message }: GuestError): string {
  return sentence(`Loading the module raised ${type}: ${message}`);
}

function sourceSpan({ definition, source }: PythonEndpoint): Span {
  return definition.locate.at('source', 'file' in source ? 'file' : 'code');
}

/** The text with a full stop, if it needs one. */
export function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
