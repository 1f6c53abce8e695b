import type { TypeDefinition } from '@mxcp-ts/schemas';

export type ScalarName = 'string' | 'number' | 'integer' | 'boolean';
export type TypeName = ScalarName | 'array' | 'object';
export type TypeKind = 'scalar' | 'array' | 'object';

/** Whether null is written as allowed at this type. */
export function isNullable(type: TypeDefinition): boolean {
  return type.nullable === true || (Object.hasOwn(type, 'default') && type.default === null);
}

/**
 * The one type name of a type: as written, else the one that all its `enum` members (or its `const`) share.
 * Undefined for unions, and for members of several types.
 */
export function typeNameOf(type: TypeDefinition): TypeName | undefined {
  if (type.type !== undefined) return type.type;
  if (type.oneOf !== undefined || type.anyOf !== undefined) return undefined;
  if (Object.hasOwn(type, 'const')) return nameOfValue(type.const);
  const names = new Set((type.enum ?? []).filter(member => member !== null).map(nameOfValue));
  if (names.size === 2 && names.has('integer') && names.has('number')) return 'number';
  return names.size === 1 ? [...names][0] : undefined;
}

function nameOfValue(value: unknown): TypeName | undefined {
  if (typeof value === 'string') return 'string';
  if (typeof value === 'boolean') return 'boolean';
  if (typeof value === 'number') return Number.isInteger(value) ? 'integer' : 'number';
  if (Array.isArray(value)) return 'array';
  return typeof value === 'object' && value !== null ? 'object' : undefined;
}

/** Array, object or scalar; of a union what all its branches are; undefined when they differ. */
export function kindOf(type: TypeDefinition): TypeKind | undefined {
  const name = typeNameOf(type);
  if (name === 'array' || name === 'object') return name;
  if (name !== undefined) return 'scalar';
  const branches = type.oneOf ?? type.anyOf;
  if (branches === undefined) return type.enum === undefined ? undefined : 'scalar';
  const kinds = new Set(branches.map(kindOf));
  return kinds.size === 1 ? [...kinds][0] : undefined;
}
