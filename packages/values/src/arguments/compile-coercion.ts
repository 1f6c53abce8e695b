import type { TypeDefinition } from '@mxcp-ts/schemas';
import { mustBe } from '../check/describe-error.ts';
import { isArray, isObject } from '../json.narrow.ts';
import { childPointer } from '../json-pointer.ts';
import { getOwn, setOwn } from '../own-property.ts';
import { isNullable, type TypeName, typeNameOf } from '../type/type-kind.ts';
import { readings } from './read-value.ts';
import { Refusal } from './refusal.ts';

/** A problem while its place is still being put together, from the inside out. */
export interface FoundProblem {
  pointer: string;
  readonly message: string;
}

/**
 * Gives the value as its type has it, or the value itself together with a problem. Pointers of problems are relative
 * to the value. Shares what needs no change with `raw`, copies what does.
 */
export type Coercion = (raw: unknown, problems: FoundProblem[]) => unknown;

/** What is said about null where it is not allowed. */
export type Presence = 'required' | 'optional' | 'item';

/** The coercion of a type, its items and its properties. Unions are not coerced: which branch is meant is not known yet. */
export function compileCoercion(type: TypeDefinition, presence: Presence): Coercion {
  const name = typeNameOf(type);
  if (name === undefined) return raw => raw;
  const admitsNull = isNullable(type);
  const refusalOfNull = nullMessage(type, name, presence);
  const read = readings[name];
  const below = coercionOfParts(type, name);
  return (raw, problems) => {
    if (raw === null) {
      if (!admitsNull) problems.push({ pointer: '', message: refusalOfNull });
      return null;
    }
    const value = read(raw);
    if (value instanceof Refusal) {
      problems.push({ pointer: '', message: value.message });
      return raw;
    }
    return below === undefined ? value : below(value, problems);
  };
}

/** Puts everything found since `count` one step deeper. */
export function placeProblems(problems: FoundProblem[], count: number, segment: string | number): void {
  const prefix = childPointer('', segment);
  for (let index = count; index < problems.length; index++) {
    const problem = problems[index];
    if (problem !== undefined) problem.pointer = `${prefix}${problem.pointer}`;
  }
}

function nullMessage(type: TypeDefinition, name: TypeName, presence: Presence): string {
  if (Object.hasOwn(type, 'default')) return 'must not be null; leave it out to get its default';
  switch (presence) {
    case 'required':
      return `is required, and ${mustBe(name)}, not null`;
    case 'optional':
      return `${mustBe(name)}, not null; leave it out if there is none`;
    case 'item':
      return `${mustBe(name)}, not null`;
  }
}

function coercionOfParts(type: TypeDefinition, name: TypeName): Coercion | undefined {
  if (name === 'array' && type.items !== undefined) return coercionOfItems(compileCoercion(type.items, 'item'));
  if (name === 'object' && type.properties !== undefined) return coercionOfProperties(type);
  return undefined;
}

function coercionOfItems(item: Coercion): Coercion {
  return (raw, problems) => {
    if (!isArray(raw)) return raw;
    let copy: unknown[] | undefined;
    for (let index = 0; index < raw.length; index++) {
      const count = problems.length;
      const value = item(raw[index], problems);
      if (problems.length > count) placeProblems(problems, count, index);
      if (value !== raw[index]) {
        copy ??= [...raw];
        copy[index] = value;
      }
    }
    return copy ?? raw;
  };
}

function coercionOfProperties({ properties = {}, required = [] }: TypeDefinition): Coercion {
  const parts = Object.entries(properties).map(([name, type]) => {
    const coerce = compileCoercion(type, required.includes(name) ? 'required' : 'optional');
    return { name, coerce, defaultValue: Object.hasOwn(type, 'default') ? coerce(type.default, []) : undefined };
  });
  return (raw, problems) => {
    if (!isObject(raw)) return raw;
    let copy: { [key: string]: unknown } | undefined;
    for (const { name, coerce, defaultValue } of parts) {
      const given = getOwn(raw, name);
      const count = problems.length;
      const value = given === undefined ? defaultValue : coerce(given, problems);
      if (problems.length > count) placeProblems(problems, count, name);
      if (value === given) continue;
      copy ??= { ...raw };
      setOwn(copy, name, value);
    }
    return copy ?? raw;
  };
}
