import { diagnostic } from '@mxcp-ts/diagnostics';
import { argumentsOf } from '../arguments-of.ts';
import type { EndpointDefinition } from '../definition.ts';
import type { EndpointPlace } from './endpoint-place.ts';

/** Reports arguments of a SQL endpoint whose names differ only in case: DuckDB takes them for one. */
export function checkSqlNames(endpoint: EndpointDefinition, { context }: Pick<EndpointPlace, 'context'>): void {
  if (endpoint.source?.language !== 'sql') return;
  const first = new Map<string, string>();
  for (const [index, { name }] of argumentsOf(endpoint).entries()) {
    const folded = name.toLowerCase();
    const other = first.get(folded) ?? name;
    first.set(folded, other);
    // The same name twice has been reported.
    if (other === name) continue;
    const message = `"${other}" and "${name}" are one parameter in SQL, where case does not matter.`;
    const span = spanOf(endpoint, index, name);
    context.report(diagnostic('project/duplicate-parameter', message, span, 'Rename one of them.'));
  }
}

function spanOf(endpoint: EndpointDefinition, index: number, name: string) {
  const { locate, parameters } = endpoint;
  if (index >= parameters.length) return locate.at('elicit', 'fields', index - parameters.length, 'name');
  return endpoint.kind === 'tool' && endpoint.inputSchema !== undefined
    ? locate.key('input_schema', 'properties', name)
    : locate.at('parameters', index, 'name');
}
