import type { TypeDefinition } from '@mxcp-ts/schemas';
import { compileCheck } from '../check/compile-check.ts';
import type { JsonValue, Problem } from '../json.ts';
import { mergeProblems } from '../merge-problems.ts';
import type { Read } from '../read.ts';
import { resultCheckSchemaOf } from '../schema/check-schema.ts';
import { exactTreeOf } from './exact-tree.ts';
import { placeExactNumbers } from './place-exact-numbers.ts';
import { shapeRows } from './shape-rows.ts';

/**
 * Shapes (array, object, scalar) and checks a handler's value against the declared type. Coerces nothing and changes
 * nothing it is given.
 *
 * @param exactNumbers - where `value`, as the handler gave it, holds a number of which the exact decimal text is known
 * @param options - `isUnchecked`: shape only; fails just where the value has no such shape, as two rows for one object
 * @returns problems that point into the shaped value and name types and rules, never values
 */
export type ResultShaper = (
  value: JsonValue,
  exactNumbers?: readonly { readonly pointer: string; readonly text: string }[],
  options?: { readonly isUnchecked: boolean },
) => Read<JsonValue>;

/** The shaper of an endpoint's results; without a declared type values pass as they are. */
export function compileResult(returns: TypeDefinition | undefined): ResultShaper {
  if (returns === undefined) return (value, exactNumbers) => ({ ok: true, value: undeclared(value, exactNumbers) });
  const check = compileCheck(resultCheckSchemaOf(returns));
  return (value, exactNumbers, options) => {
    const shaped = shapeRows(returns, { value, exact: exactTreeOf(exactNumbers) });
    if (!shaped.ok) return { ok: false, problems: [{ pointer: '', message: shaped.message }] };
    const lossy: Problem[] = [];
    const result =
      shaped.exact === undefined ? shaped.value : placeExactNumbers(shaped.value, shaped.exact, returns, lossy);
    if (options?.isUnchecked === true) return { ok: true, value: result };
    const broken = check(result);
    if (lossy.length > 0 || broken.problems.length > 0) return { ok: false, problems: mergeProblems(lossy, broken) };
    return { ok: true, value: result };
  };
}

function undeclared(value: JsonValue, exactNumbers: Parameters<ResultShaper>[1]): JsonValue {
  const exact = exactTreeOf(exactNumbers);
  return exact === undefined ? value : placeExactNumbers(value, exact, undefined, []);
}
