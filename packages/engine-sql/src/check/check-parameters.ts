import { didYouMean } from '@mxcp-ts/diagnostics';
import type { SqlStatement } from '../sql/split-statements.ts';
import type { CheckedEndpoint, SqlFinding } from './check-request.ts';

export type ParameterFinding = Omit<SqlFinding, 'place'> & {
  readonly place: { readonly start: number; readonly end: number } | { readonly path: readonly (string | number)[] };
};

/** Parameters that the SQL uses and nothing declares, and the reverse. Names match in any case, as in DuckDB. */
export function checkParameters(
  endpoint: Omit<CheckedEndpoint, 'sql' | 'returns' | 'changedTables'>,
  statements: readonly SqlStatement[],
): ParameterFinding[] {
  const { parameters, fieldCount = 0 } = endpoint;
  const declared = new Set(parameters.map(({ name }) => name.toLowerCase()));
  const uses = statements.flatMap(usesOf);
  const used = new Set(uses.map(({ name }) => name.toLowerCase()));
  const findings: ParameterFinding[] = [];
  for (const { name, start, end } of uses) {
    if (declared.has(name.toLowerCase())) continue;
    findings.push({ code: 'plan/sql-undeclared-parameter', ...explain(name, endpoint), place: { start, end } });
  }
  parameters.forEach(({ name }, index) => {
    if (used.has(name.toLowerCase())) return;
    const field = index - (parameters.length - fieldCount);
    const message = `No statement uses the ${field < 0 ? 'parameter' : 'field'} "${name}".`;
    const hint = `Use it as $${name}, or remove it.`;
    const path = field < 0 ? ['parameters', index, 'name'] : ['elicit', 'fields', field, 'name'];
    findings.push({ code: 'plan/sql-unused-parameter', message, hint, place: { path } });
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

type Explained = Pick<CheckedEndpoint, 'parameters' | 'isCompletion' | 'fieldCount'>;

function explain(name: string, endpoint: Explained): { message: string; hint?: string } {
  const { parameters } = endpoint;
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
    ) ?? whereToDeclare(endpoint);
  return { message: `The parameter "${name}" is not declared.`, hint };
}

function whereToDeclare({ isCompletion, fieldCount }: Explained): string {
  if (isCompletion) return 'A completion is given `value` and the other parameters of the endpoint.';
  return fieldCount === undefined
    ? 'Declare it under parameters.'
    : 'Declare it under parameters, or as a field of elicit.';
}
