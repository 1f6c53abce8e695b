import { diagnostic, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { TypeFinding } from '@mxcp-ts/values';
import type { Locate, ParameterDefinition } from '../definition.ts';
import type { EndpointPlace } from './endpoint-place.ts';

/** Checks the types of parameters against themselves: defaults, examples, enums, constraints, patterns. */
export function checkParameterTypes(
  parameters: readonly ParameterDefinition[],
  path: readonly string[],
  { locate, context }: EndpointPlace,
): void {
  for (const [index, parameter] of parameters.entries()) {
    reportType(context.checkType(parameter), [...path, index], locate, context.report);
  }
}

export function checkReturns(returns: TypeDefinition, { locate, context }: EndpointPlace): void {
  reportType(context.checkType(returns), ['return'], locate, context.report);
}

function reportType(
  findings: readonly TypeFinding[],
  at: readonly (string | number)[],
  locate: Locate,
  report: ReportDiagnostic,
): void {
  for (const { code, path, message } of findings) {
    const span = code === 'type/misplaced-keyword' ? locate.key(...at, ...path) : locate.at(...at, ...path);
    report(diagnostic(code, message, span));
  }
}

export function checkParameterNames(
  parameters: readonly ParameterDefinition[],
  locate: Locate,
  report: ReportDiagnostic,
): void {
  const names = new Set<string>();
  for (const [index, { name }] of parameters.entries()) {
    if (names.has(name)) {
      const message = `The parameter "${name}" is declared twice.`;
      report(diagnostic('project/duplicate-parameter', message, locate.at('parameters', index, 'name')));
    }
    names.add(name);
  }
}
