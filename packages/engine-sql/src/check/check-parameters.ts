import { didYouMean } from '@mxcp-ts/diagnostics';
import type { SqlStatement } from '../sql/split-statements.ts';
import type { CheckedEndpoint, SqlFinding } from './check-request.ts';

export type ParameterFinding = Omit<SqlFinding, 'place'> & {
  readonly place: { readonly start: number; readonly end: number } | { readonly path: readonly (string | number)[] };
};

/** Parameters that the SQL uses and nothing declares, and the reverse. Names match in any case, as in DuckDB. */
export function checkParameters(
  { parameters }: Pick<CheckedEndpoint, 'parameters'>,
  statements: readonly SqlStatement[],
): ParameterFinding[] {
  const declared = new Set(parameters.map(({ name }) => name.toLowerCase()));
  const uses = statements.flatMap(usesOf);
  const used = new Set(uses.map(({ name }) => name.toLowerCase()));
  const findings: ParameterFinding[] = [];
  for (const { name, start, end } of uses) {
    if (declared.has(name.toLowerCase())) continue;
    findings.push({ code: 'plan/sql-undeclared-parameter', ...explain(name, parameters), place: { start, end } });
  }
  parameters.forEach(({ name }, index) => {
    if (used.has(name.toLowerCase())) return;
    const message = `No statement uses the parameter "${name}".`;
    const hint = `Use it as $${name}, or remove it.`;
    findings.push({ code: 'plan/sql-unused-parameter', message, hint, place: { path: ['parameters', index, 'name'] } });
  });
  return findings;
}

function usesOf({ text, start, tokens }: SqlStatement) {
  return tokens
    .filter(({ kind }) => kind === 'parameter')
    .map(token => ({
      name: text.slice(token.start - start, token.end - start).replace(/^\$/, ''),
      start: token.start,
      end: token.end,
    }));
}

function explain(name: string, parameters: CheckedEndpoint['parameters']): { message: string; hint?: string } {
  if (/^(?:\?\d*|\d+)$/.test(name)) {
    const example = parameters[0]?.name ?? 'name';
    return {
      message: 'Parameters are written by name; positions do not work here.',
      hint: `Write $${example} instead.`,
    };
  }
  const hint =
    didYouMean(
      name,
      parameters.map(parameter => parameter.name),
    ) ?? 'Declare it under parameters.';
  return { message: `The parameter "${name}" is not declared.`, hint };
}
