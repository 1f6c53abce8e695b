import type { TypeDefinition } from '@mxcp-ts/schemas';
import { asJsonObject } from '../json.narrow.ts';
import type { JsonObject } from '../json.ts';
import { setOwn } from '../own-property.ts';
import { typeNameOf } from '../type/type-kind.ts';
import { compileCoercion } from './compile-coercion.ts';
import { readings } from './read-value.ts';
import { Refusal } from './refusal.ts';

/**
 * Arguments that came as texts, from a command line, as their types have them: for a tool whose own reader coerces
 * nothing. What a type cannot read stays as it is, and what is not declared too; JSON where an array or object may stand
 * is read whatever is wrong inside of it.
 */
export function coerceArguments(
  parameters: readonly (TypeDefinition & { readonly name: string })[],
  args: JsonObject,
): JsonObject {
  const byName = new Map(parameters.map(parameter => [parameter.name, parameter]));
  const coerced: { [name: string]: unknown } = {};
  for (const [name, raw] of Object.entries(args)) {
    const parameter = byName.get(name);
    setOwn(coerced, name, parameter === undefined ? raw : coerce(parameter, raw));
  }
  return asJsonObject(coerced);
}

/** Of a union, and of a type that may be anything, all that is known is which kinds of JSON it may hold. */
function coerce(type: TypeDefinition, raw: JsonObject[string]): unknown {
  if (typeNameOf(type) !== undefined) return compileCoercion(type, 'required')(raw, []);
  const read = (['array', 'object'] as const).filter(name => mayBe(type, name)).map(name => readings[name](raw));
  return read.find(value => !(value instanceof Refusal)) ?? raw;
}

function mayBe(type: TypeDefinition, name: 'array' | 'object'): boolean {
  const own = typeNameOf(type);
  if (own !== undefined) return own === name;
  const branches = type.oneOf ?? type.anyOf;
  return branches === undefined ? type.enum === undefined : branches.some(branch => mayBe(branch, name));
}
