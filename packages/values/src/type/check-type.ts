import type { TypeDefinition } from '@mxcp-ts/schemas';
import { createCheckCompiler } from '../check/compile-check.ts';
import { findContradictions } from './find-contradictions.ts';
import { findMisplacedKeywords } from './find-misplaced-keywords.ts';
import { type CheckCompiler, findUnfitValues } from './find-unfit-values.ts';
import type { TypeFinding } from './type-finding.ts';

/** What is wrong with a type as it is written, with all it holds; `path` leads into the type. */
export type TypeCheck = (type: TypeDefinition) => readonly TypeFinding[];

/** A check of types, to be used for all types of a project: what it compiles for one it keeps for the next. */
export function createTypeCheck(): TypeCheck {
  const compile = createCheckCompiler();
  return type => checkType(type, compile);
}

function checkType(type: TypeDefinition, compile: CheckCompiler): readonly TypeFinding[] {
  const own = [
    ...findBadPattern(type),
    ...findMisplacedKeywords(type),
    ...findContradictions(type),
    ...findUnfitValues(type, compile),
  ];
  const below = partsOf(type).flatMap(({ path, part }) =>
    checkType(part, compile).map(finding => ({ ...finding, path: [...path, ...finding.path] })),
  );
  return [...own, ...below];
}

function findBadPattern({ pattern }: TypeDefinition): TypeFinding[] {
  if (pattern === undefined) return [];
  try {
    new RegExp(pattern, 'u');
    return [];
  } catch (error) {
    // V8 repeats the whole pattern before the reason.
    const reason = error instanceof Error ? error.message.slice(error.message.lastIndexOf(': ') + 2) : String(error);
    const message = `The pattern is not a valid regular expression: ${reason}.`;
    return [{ code: 'type/bad-pattern', path: ['pattern'], message }];
  }
}

interface Part {
  readonly path: readonly (string | number)[];
  readonly part: TypeDefinition;
}

function partsOf({ items, properties = {}, oneOf = [], anyOf = [] }: Partial<TypeDefinition>): Part[] {
  return [
    ...(items === undefined ? [] : [{ path: ['items'], part: items }]),
    ...Object.entries(properties).map(([name, part]) => ({ path: ['properties', name], part })),
    ...[...oneOf].map((part, index) => ({ path: ['oneOf', index], part })),
    ...[...anyOf].map((part, index) => ({ path: ['anyOf', index], part })),
  ];
}
