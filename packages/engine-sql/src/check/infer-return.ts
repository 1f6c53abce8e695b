import {
  DuckDBArrayType,
  DuckDBEnumType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
  DuckDBUnionType,
} from '@duckdb/node-api';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import { uniqueNames } from '../render/unique-names.ts';
import type { ResultColumn } from './check-returns.ts';

/** The return type that fits every result of a query with these columns: its rows, an array of objects. */
export function inferReturn(columns: readonly ResultColumn[]): TypeDefinition {
  const names = uniqueNames(columns.map(({ name }) => name));
  const properties = columns.map(({ type }, index) => [names[index] ?? '', typeOf(type)] as const);
  return { type: 'array', items: { type: 'object', properties: Object.fromEntries(properties) } };
}

/** More values than this are a vocabulary, not a choice. */
const maxEnumValues = 20;

function typeOf(type: DuckDBType): TypeDefinition {
  if (type instanceof DuckDBListType || type instanceof DuckDBArrayType)
    return { type: 'array', items: typeOf(type.valueType) };
  if (type instanceof DuckDBStructType) {
    const fields = type.entryNames.map((name, index) => [name, typeOf(type.entryTypes[index] ?? type)] as const);
    return { type: 'object', properties: Object.fromEntries(fields) };
  }
  if (type instanceof DuckDBMapType) return { type: 'object' };
  if (type instanceof DuckDBUnionType || type.alias === 'JSON') return anything();
  if (type instanceof DuckDBEnumType && type.values.length <= maxEnumValues)
    return { type: 'string', enum: [...type.values] };
  return scalarOf(type.typeId);
}

function scalarOf(typeId: DuckDBTypeId): TypeDefinition {
  switch (typeId) {
    case DuckDBTypeId.BOOLEAN:
      return { type: 'boolean' };
    case DuckDBTypeId.TINYINT:
    case DuckDBTypeId.SMALLINT:
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.UTINYINT:
    case DuckDBTypeId.USMALLINT:
    case DuckDBTypeId.UINTEGER:
    case DuckDBTypeId.UBIGINT:
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UHUGEINT:
    case DuckDBTypeId.BIGNUM:
      return { type: 'integer' };
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
    case DuckDBTypeId.DECIMAL:
      return { type: 'number' };
    case DuckDBTypeId.DATE:
      return { type: 'string', format: 'date' };
    case DuckDBTypeId.TIME:
    case DuckDBTypeId.TIME_NS:
    case DuckDBTypeId.TIME_TZ:
      return { type: 'string', format: 'time' };
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_NS:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return { type: 'string', format: 'date-time' };
    case DuckDBTypeId.INTERVAL:
      return { type: 'string', format: 'duration' };
    case DuckDBTypeId.SQLNULL:
    case DuckDBTypeId.VARIANT:
    case DuckDBTypeId.ANY:
      return anything();
    default:
      return { type: 'string' };
  }
}

/** A value that only the run can tell. */
function anything(): TypeDefinition {
  const names = ['object', 'array', 'string', 'number', 'boolean'] as const;
  return { anyOf: names.map(type => ({ type })), nullable: true };
}
