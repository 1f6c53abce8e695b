import {
  DuckDBArrayType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
} from '@duckdb/node-api';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { ResultColumn, ReturnFinding } from './check-returns.ts';

type Kind = 'number' | 'text' | 'boolean' | 'list' | 'object' | 'anything';

const numbers: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.TINYINT,
  DuckDBTypeId.SMALLINT,
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.UTINYINT,
  DuckDBTypeId.USMALLINT,
  DuckDBTypeId.UINTEGER,
  DuckDBTypeId.UBIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.UHUGEINT,
  DuckDBTypeId.BIGNUM,
  DuckDBTypeId.DECIMAL,
  DuckDBTypeId.FLOAT,
  DuckDBTypeId.DOUBLE,
]);

const anything: ReadonlySet<DuckDBTypeId> = new Set([
  DuckDBTypeId.INVALID,
  DuckDBTypeId.ANY,
  DuckDBTypeId.SQLNULL,
  DuckDBTypeId.UNION,
  DuckDBTypeId.VARIANT,
]);

/** Says so when no value of the column can ever fit the declared type. */
export function findMisfit(
  column: ResultColumn,
  declared: TypeDefinition,
  path: readonly (string | number)[],
): ReturnFinding[] {
  const { name, type, mayBeNull } = column;
  const kind = kindOf(type);
  if (declared.type === undefined || kind === 'anything') return [];
  if (mayBeNull && type.typeId === DuckDBTypeId.INTEGER) return [];
  if (fits(kind, declared.type)) return findNestedMisfit(column, declared, path);
  const message = `The column "${name}" is ${type.toString()}, which is never ${article(declared.type)}.`;
  return [{ message, path: [...path, 'type'] }];
}

function findNestedMisfit(
  { name, type, mayBeNull }: ResultColumn,
  declared: TypeDefinition,
  path: readonly (string | number)[],
): ReturnFinding[] {
  if ((type instanceof DuckDBListType || type instanceof DuckDBArrayType) && declared.items !== undefined) {
    return findMisfit({ name, type: type.valueType, mayBeNull }, declared.items, [...path, 'items']);
  }
  if (!(type instanceof DuckDBStructType)) return [];
  return type.entryNames.flatMap((field, index) => {
    const fieldType = type.entryTypes[index];
    const property = declared.properties?.[field];
    if (fieldType === undefined || property === undefined) return [];
    return findMisfit({ name: `${name}.${field}`, type: fieldType, mayBeNull }, property, [
      ...path,
      'properties',
      field,
    ]);
  });
}

function kindOf(type: DuckDBType): Kind {
  if (anything.has(type.typeId) || type.alias === 'JSON') return 'anything';
  if (numbers.has(type.typeId)) return 'number';
  if (type.typeId === DuckDBTypeId.BOOLEAN) return 'boolean';
  if (type instanceof DuckDBListType || type instanceof DuckDBArrayType) return 'list';
  if (type instanceof DuckDBStructType || type instanceof DuckDBMapType) return 'object';
  return 'text';
}

function fits(kind: Kind, declared: NonNullable<TypeDefinition['type']>): boolean {
  switch (declared) {
    case 'string':
      // Numbers are written as text where a string is declared.
      return kind === 'text' || kind === 'number';
    case 'integer':
    case 'number':
      return kind === 'number';
    case 'boolean':
      return kind === 'boolean';
    case 'array':
      return kind === 'list';
    case 'object':
      return kind === 'object';
  }
}

function article(name: string): string {
  return /^[aeiou]/.test(name) ? `an ${name}` : `a ${name}`;
}
