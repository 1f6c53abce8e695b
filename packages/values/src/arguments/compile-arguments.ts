import type { TypeDefinition } from '@mxcp-ts/schemas';
import { compileCheck } from '../check/compile-check.ts';
import { unknownName } from '../check/describe-error.ts';
import { asJsonObject, isObject } from '../json.narrow.ts';
import type { JsonObject, Problem } from '../json.ts';
import { childPointer } from '../json-pointer.ts';
import { maxProblems } from '../limit-problems.ts';
import { mergeProblems } from '../merge-problems.ts';
import { getOwn, setOwn } from '../own-property.ts';
import type { Read } from '../read.ts';
import { argumentsCheckSchemaOf } from '../schema/check-schema.ts';
import { type Coercion, compileCoercion, type FoundProblem, placeProblems } from './compile-coercion.ts';

/** Coerces, applies defaults, checks. Never changes what it is given. */
export type ArgumentReader = (raw: unknown) => Read<JsonObject>;

interface ParameterReader {
  readonly name: string;
  readonly coerce: Coercion;
  readonly hasDefault: boolean;
  readonly defaultValue: unknown;
}

/**
 * The reader of an endpoint's arguments. Expects what JSON can hold; null and undefined stand for no arguments.
 * Problems point into the arguments (`/window/from`), a missing one at where it would be.
 */
export function compileArguments(parameters: readonly (TypeDefinition & { readonly name: string })[]): ArgumentReader {
  const readers = parameters.map(compileParameter);
  const known = new Set(readers.map(({ name }) => name));
  const check = compileCheck(argumentsCheckSchemaOf(parameters));
  return raw => {
    const given = raw ?? {};
    if (!isObject(given))
      return { ok: false, problems: [{ pointer: '', message: 'must be an object that holds the arguments by name' }] };
    const problems: FoundProblem[] = [];
    const args = readParameters(readers, given, problems);
    reportUnknown(given, known, problems);
    const broken = check(args);
    if (problems.length > 0 || broken.problems.length > 0)
      return { ok: false, problems: mergeProblems(problems, broken) };
    return { ok: true, value: asJsonObject(args) };
  };
}

function compileParameter(parameter: TypeDefinition & { readonly name: string }): ParameterReader {
  const coerce = compileCoercion(parameter, 'required');
  const hasDefault = Object.hasOwn(parameter, 'default');
  // Fills in the defaults of nested properties, once.
  const defaultValue = hasDefault ? coerce(parameter.default, []) : undefined;
  return { name: parameter.name, coerce, hasDefault, defaultValue };
}

function readParameters(
  readers: readonly ParameterReader[],
  given: { readonly [key: string]: unknown },
  problems: FoundProblem[],
): { [key: string]: unknown } {
  const args: { [key: string]: unknown } = {};
  for (const { name, coerce, hasDefault, defaultValue } of readers) {
    const raw = getOwn(given, name);
    if (raw !== undefined) {
      const count = problems.length;
      setOwn(args, name, coerce(raw, problems));
      if (problems.length > count) placeProblems(problems, count, name);
    } else if (hasDefault) setOwn(args, name, defaultValue);
    else problems.push({ pointer: childPointer('', name), message: 'is required' });
  }
  return args;
}

function reportUnknown(
  given: { readonly [key: string]: unknown },
  known: ReadonlySet<string>,
  problems: Problem[],
): void {
  for (const name of Object.keys(given)) {
    if (known.has(name)) continue;
    // Guessing takes time, and nobody reads the guesses beyond what is shown.
    const candidates = problems.length < maxProblems ? [...known] : [];
    problems.push({ pointer: childPointer('', name), message: unknownName('argument', name, candidates) });
  }
}
