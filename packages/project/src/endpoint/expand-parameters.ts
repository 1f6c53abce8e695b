import { diagnostic } from '@mxcp-ts/diagnostics';
import type { ParameterDefinition as WrittenParameter } from '@mxcp-ts/schemas';
import type { ParameterDefinition } from '../definition.ts';
import { placeAt } from '../yaml/locate.ts';
import type { EndpointPlace } from './endpoint-place.ts';
import { findNestedComplete } from './nested-complete.ts';

/**
 * Parameters without their `$ref`s and without `complete`, which is read apart; undefined when one cannot be read.
 *
 * @param path - of their list
 */
export function expandParameters(
  written: readonly WrittenParameter[],
  path: readonly string[],
  at: EndpointPlace,
): readonly ParameterDefinition[] | undefined {
  const expanded = written.map((parameter, index): ParameterDefinition | undefined => {
    const place = placeAt(at.place, [...path, index]);
    const type = place === undefined ? parameter : at.context.types.expand(parameter, place);
    if (type === undefined) return undefined;
    const { complete, ...rest } = type;
    reportNested(parameter.complete === undefined ? type : rest, [...path, index], at);
    if (complete === undefined) return { ...type, name: parameter.name };
    return { ...rest, name: parameter.name };
  });
  const found = expanded.filter(parameter => parameter !== undefined);
  return found.length === expanded.length ? found : undefined;
}

function reportNested(
  type: Parameters<typeof findNestedComplete>[0],
  path: readonly (string | number)[],
  { locate, context }: EndpointPlace,
): void {
  for (const nested of findNestedComplete(type)) {
    const message = 'Values are proposed for a whole parameter, where it is declared.';
    context.report(diagnostic('completion/misplaced', message, locate.key(...path, ...nested), 'Remove it here.'));
  }
}
