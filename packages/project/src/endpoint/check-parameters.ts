import { diagnostic, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { TypeFinding } from '@mxcp-ts/values';
import type { Locate, ParameterDefinition } from '../definition.ts';
import type { EndpointContext } from './endpoint-context.ts';

/** Checks the types of an endpoint against themselves: defaults, examples, enums, constraints, patterns. */
export function checkTypes(
  {
    parameters,
    returns,
  }: { readonly parameters: readonly ParameterDefinition[]; readonly returns: TypeDefinition | undefined },
  locate: Locate,
  { checkType, report }: Pick<EndpointContext, 'checkType' | 'report'>,
): void {
  const reportAt = (type: TypeDefinition, at: readonly (string | number)[]) =>
    reportType(checkType(type), at, locate, report);
  for (const [index, parameter] of parameters.entries()) reportAt(parameter, ['parameters', index]);
  if (returns !== undefined) reportAt(returns, ['return']);
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
