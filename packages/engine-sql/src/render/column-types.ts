import {
  DuckDBArrayType,
  DuckDBDecimalType,
  DuckDBEnumType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
} from '@duckdb/node-api';
import type { WireType } from '@mxcp-ts/engine';

/** A DuckDB type as guests decode it. */
export function wireTypeOf(type: DuckDBType): WireType {
  if (type instanceof DuckDBListType) return { id: 'LIST', item: wireTypeOf(type.valueType) };
  if (type instanceof DuckDBArrayType) return { id: 'ARRAY', item: wireTypeOf(type.valueType) };
  if (type instanceof DuckDBMapType) {
    return { id: 'MAP', key: wireTypeOf(type.keyType), value: wireTypeOf(type.valueType) };
  }
  if (type instanceof DuckDBStructType) {
    const fields = type.entryNames.map((name, index) => ({ name, type: wireTypeOf(type.entryTypes[index] ?? type) }));
    return { id: 'STRUCT', fields };
  }
  if (type instanceof DuckDBDecimalType) return { id: 'DECIMAL', width: type.width, scale: type.scale };
  if (type instanceof DuckDBEnumType) return { id: 'ENUM', values: type.values };
  switch (type.typeId) {
    case DuckDBTypeId.TIMESTAMP_TZ:
      return { id: 'TIMESTAMPTZ' };
    case DuckDBTypeId.TIME_TZ:
      return { id: 'TIMETZ' };
    case DuckDBTypeId.SQLNULL:
      return { id: 'NULL' };
    case DuckDBTypeId.VARCHAR:
      return { id: type.alias === 'JSON' ? 'JSON' : 'VARCHAR' };
    default:
      return { id: DuckDBTypeId[type.typeId] };
  }
}
