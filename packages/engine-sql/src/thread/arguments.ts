import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';

/** A problem with the caller's parameters, said as DuckDB says its own. */
export class ParameterProblem extends Error {
  override readonly name = 'ParameterProblem';

  constructor(message: string) {
    super(`Invalid Input Error: ${message}`);
  }
}

export interface Argument {
  readonly value: JsonValue;
  readonly declared: TypeDefinition | undefined;
}

/** Values for the parameters of statements, found by the name DuckDB gives them. */
export interface Arguments {
  find(name: string): Argument;
}

/** Arguments of an endpoint: by name, whatever the case, with the declared types. */
export function namedArguments(
  args: JsonObject,
  declared: readonly (TypeDefinition & { readonly name: string })[],
): Arguments {
  const byName = new Map(
    declared.map(parameter => [
      parameter.name.toLowerCase(),
      { value: Object.hasOwn(args, parameter.name) ? (args[parameter.name] ?? null) : null, declared: parameter },
    ]),
  );
  return {
    find(name) {
      const found = byName.get(name.toLowerCase());
      if (found === undefined) throw new ParameterProblem(`The parameter "$${name}" is not declared.`);
      return found;
    },
  };
}

/** Values given to `db.execute`: a list for `?` and `$1`, a mapping for `$name`, or for `$1` in the mapping's order. */
export function looseArguments(parameters: JsonObject | readonly JsonValue[] | undefined): Arguments {
  const given = parameters ?? [];
  const values = isList(given) ? given : Object.values(given);
  const byName = new Map(
    isList(given) ? [] : Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    find(name) {
      const named = byName.get(name.toLowerCase());
      if (named !== undefined) return { value: named, declared: undefined };
      const position = /^\d+$/.test(name) ? values[Number(name) - 1] : undefined;
      if (position !== undefined) return { value: position, declared: undefined };
      throw new ParameterProblem(
        `No value was given for the parameter ${/^\d+$/.test(name) ? `number ${name}` : `"$${name}"`}.`,
      );
    },
  };
}

function isList(values: JsonObject | readonly JsonValue[]): values is readonly JsonValue[] {
  return Array.isArray(values);
}
