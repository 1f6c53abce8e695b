import type { ArgumentReader } from '../arguments/compile-arguments.ts';
import { compileRawCheck } from '../check/compile-check.ts';
import { asJsonObject, isObject } from '../json.narrow.ts';
import type { JsonSchema } from '../json.ts';
import { limitProblems } from '../limit-problems.ts';
import { setOwn } from '../own-property.ts';

/**
 * The reader of arguments that are declared as JSON Schema. Nothing is coerced; the `default`s of top-level properties
 * are filled in. An argument that may be left out, and is, stays away: for SQL it is NULL.
 */
export function compileSchemaArguments(schema: JsonSchema): ArgumentReader {
  const defaults = defaultsOf(schema);
  const check = compileRawCheck(schema);
  return raw => {
    const given = raw ?? {};
    if (!isObject(given))
      return { ok: false, problems: [{ pointer: '', message: 'must be an object that holds the arguments by name' }] };
    const args = withDefaults(given, defaults);
    const { problems, hidden } = check(args);
    return problems.length > 0
      ? { ok: false, problems: limitProblems(problems, hidden) }
      : { ok: true, value: asJsonObject(args) };
  };
}

type Defaults = readonly (readonly [name: string, value: unknown])[];

function defaultsOf({ properties }: JsonSchema): Defaults {
  if (!isObject(properties)) return [];
  return Object.entries(properties).flatMap(([name, property]) =>
    isObject(property) && Object.hasOwn(property, 'default') ? [[name, property['default']] as const] : [],
  );
}

function withDefaults(given: { readonly [name: string]: unknown }, defaults: Defaults): { [name: string]: unknown } {
  const args = { ...given };
  for (const [name, value] of defaults) if (!Object.hasOwn(args, name)) setOwn(args, name, value);
  return args;
}
