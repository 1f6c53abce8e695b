import type { TypeDefinition } from '@mxcp-ts/schemas';
import { asJsonObject } from '../json.narrow.ts';
import type { JsonObject } from '../json.ts';
import { setOwn } from '../own-property.ts';
import { compileCoercion, type FoundProblem } from './compile-coercion.ts';

/**
 * Arguments that came as texts, from a command line, as their types have them: for a tool whose own reader coerces
 * nothing. What a type cannot read stays as it is, and what is not declared too.
 */
export function coerceArguments(
  parameters: readonly (TypeDefinition & { readonly name: string })[],
  args: JsonObject,
): JsonObject {
  const byName = new Map(parameters.map(parameter => [parameter.name, parameter]));
  const coerced: { [name: string]: unknown } = {};
  for (const [name, raw] of Object.entries(args)) {
    const parameter = byName.get(name);
    const problems: FoundProblem[] = [];
    const value = parameter === undefined ? raw : compileCoercion(parameter, 'required')(raw, problems);
    setOwn(coerced, name, problems.length === 0 ? value : raw);
  }
  return asJsonObject(coerced);
}
