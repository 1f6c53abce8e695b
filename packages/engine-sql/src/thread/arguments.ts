import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import type { SqlStatement } from '../sql/split-statements.ts';

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
export function looseArguments(
  parameters: JsonObject | readonly JsonValue[] | undefined,
  statements: readonly SqlStatement[],
): Arguments {
  const given = parameters ?? [];
  if (isList(given)) checkCount(given.length, statements);
  const values = isList(given) ? given : Object.values(given);
  const byName = new Map(
    isList(given) ? [] : Object.entries(given).map(([name, value]) => [name.toLowerCase(), value]),
  );
  return {
    find(name) {
      const isPosition = /^\d+$/.test(name);
      const named = byName.get(name.toLowerCase());
      const value = named === undefined && isPosition ? values[Number(name) - 1] : named;
      if (value !== undefined) return { value, declared: undefined };
      throw new ParameterProblem(
        `No value was given for the parameter ${isPosition ? `number ${name}` : `"$${name}"`}.`,
      );
    },
  };
}

/** Too few values are told by the first parameter without one; too many would go unnoticed. */
function checkCount(given: number, statements: readonly SqlStatement[]): void {
  const [statement] = statements;
  if (statement === undefined || statements.length > 1) return;
  const names = statement.tokens
    .filter(({ kind }) => kind === 'parameter')
    .map(({ start, end }) => statement.text.slice(start - statement.start, end - statement.start));
  const wanted = new Set(names.map((name, index) => (name === '?' ? `?${index}` : name))).size;
  if (given <= wanted) return;
  const values = given === 1 ? '1 value was' : `${given} values were`;
  throw new ParameterProblem(`${values} given for ${wanted} parameter${wanted === 1 ? '' : 's'}.`);
}

function isList(values: JsonObject | readonly JsonValue[]): values is readonly JsonValue[] {
  return Array.isArray(values);
}
