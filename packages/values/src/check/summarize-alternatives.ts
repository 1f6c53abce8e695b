import type { ErrorObject } from 'ajv';
import { isNullAlternative } from '../schema/with-null.ts';

/**
 * Ajv's errors with those from inside `oneOf` and `anyOf` reduced to what helps: of the one branch that the value was
 * meant for, when that is clear, else a single error for all of them.
 *
 * Ajv reports branches first and right before their union, so one pass with the result as a stack is enough.
 */
export function summarizeAlternatives(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const kept: ErrorObject[] = [];
  for (const error of errors) {
    if (error.keyword !== 'oneOf' && error.keyword !== 'anyOf') {
      kept.push(error);
      continue;
    }
    const inside: ErrorObject[] = [];
    for (let last = kept.at(-1); last !== undefined && isInside(last, error); last = kept.at(-1)) {
      inside.unshift(last);
      kept.pop();
    }
    kept.push(...(meantBranch(inside, error) ?? [error]));
  }
  return kept;
}

function isInside(error: ErrorObject, union: ErrorObject): boolean {
  return (
    error.schemaPath.startsWith(`${union.schemaPath}/`) &&
    (error.instancePath === union.instancePath || error.instancePath.startsWith(`${union.instancePath}/`))
  );
}

/** The errors of the only branch whose own type and fixed values the value has. */
function meantBranch(inside: readonly ErrorObject[], union: ErrorObject): readonly ErrorObject[] | undefined {
  const branches = new Map<string, ErrorObject[]>();
  for (const error of inside) {
    const index = error.schemaPath.slice(union.schemaPath.length + 1).split('/', 1)[0] ?? '';
    branches.set(index, [...(branches.get(index) ?? []), error]);
  }
  if (isNullAlternative(union.schema)) return branches.get('0');
  const meant = [...branches.values()].filter(errors => !errors.some(error => excludes(error, union)));
  return meant.length === 1 && branches.size === lengthOf(union.schema) ? meant[0] : undefined;
}

function excludes({ keyword, instancePath }: ErrorObject, union: ErrorObject): boolean {
  if (instancePath === union.instancePath) return ['type', 'const', 'enum', 'oneOf', 'anyOf'].includes(keyword);
  // A property with a fixed value is how the branches of a union of objects are told apart.
  return keyword === 'const' && !instancePath.slice(union.instancePath.length + 1).includes('/');
}

function lengthOf(schema: unknown): number {
  return Array.isArray(schema) ? schema.length : 0;
}
