import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { Check } from '../check/compile-check.ts';
import type { JsonSchema } from '../json.ts';
import { pointerSegments } from '../json-pointer.ts';
import { defaultCheckSchemaOf } from '../schema/check-schema.ts';
import type { TypeFinding } from './type-finding.ts';
import { isNullable } from './type-kind.ts';

export type CheckCompiler = (schema: JsonSchema) => Check;

/** Defaults, examples, enum members and constants that their own type refuses. Nothing is coerced: `"5"` is no integer. */
export function findUnfitValues(type: TypeDefinition, compile: CheckCompiler): TypeFinding[] {
  if (!hasValues(type)) return [];
  const check = compile(defaultCheckSchemaOf(type));
  return [
    ...(Object.hasOwn(type, 'default')
      ? findingsOf('type/bad-default', 'default', type.default, ['default'], check)
      : []),
    ...(type.examples ?? []).flatMap((example, index) =>
      findingsOf('type/bad-example', 'example', example, ['examples', index], check),
    ),
    ...findUnfitMembers(type, compile),
    ...findUnfitConstant(type, compile),
  ];
}

function findUnfitMembers(type: TypeDefinition, compile: CheckCompiler): TypeFinding[] {
  if (type.enum === undefined || !decidesMore(type)) return [];
  const check = checkWithout(type, compile, 'enum', 'const');
  return type.enum.flatMap((member, index) =>
    findingsOf('type/bad-enum', 'enum value', member, ['enum', index], check),
  );
}

function findUnfitConstant(type: TypeDefinition, compile: CheckCompiler): TypeFinding[] {
  if (!Object.hasOwn(type, 'const')) return [];
  return findingsOf('type/contradiction', 'constant', type.const, ['const'], checkWithout(type, compile, 'const'));
}

function hasValues(type: TypeDefinition): boolean {
  return ['default', 'examples', 'enum', 'const'].some(keyword => Object.hasOwn(type, keyword));
}

/** Whether anything but `enum` and `const` limits the values. */
function decidesMore(type: TypeDefinition): boolean {
  return Object.keys(defaultCheckSchemaOf(type)).some(keyword => keyword !== 'enum' && keyword !== 'const');
}

function checkWithout(type: TypeDefinition, compile: CheckCompiler, ...keywords: readonly ('enum' | 'const')[]): Check {
  const rest = { ...type, nullable: isNullable(type) };
  for (const keyword of keywords) delete rest[keyword];
  return compile(defaultCheckSchemaOf(rest));
}

function findingsOf(
  code: TypeFinding['code'],
  noun: string,
  value: unknown,
  path: readonly (string | number)[],
  check: Check,
): TypeFinding[] {
  return check(value).problems.map(({ pointer, message }) => ({
    code,
    path: [...path, ...(pointerSegments(pointer) ?? [])],
    message: `The ${noun} ${pointer === '' ? message : `does not fit: ${pointer} ${message}`}.`,
  }));
}
