import { DuckDBDecimalType, DuckDBEnumType, type DuckDBType, DuckDBTypeId } from '@duckdb/node-api';
import type { ColumnLayout } from '@mxcp-ts/engine';

/** Layouts whose values have one size, which is the one that DuckDB gives them too. */
export type FixedLayout = Exclude<ColumnLayout, 'text' | 'blob' | 'json'>;

export const valueBytes: Readonly<Record<FixedLayout, number>> = {
  bool: 1,
  i1: 1,
  i2: 2,
  i4: 4,
  i8: 8,
  i16: 16,
  u1: 1,
  u2: 2,
  u4: 4,
  u8: 8,
  f4: 4,
  f8: 8,
  interval: 16,
};

/** How values of a type stand in a `ColumnBatch`; `json` for all that has no plain form. */
export function layoutOf(type: DuckDBType): ColumnLayout {
  if (type instanceof DuckDBDecimalType) return decimalLayout(type.width);
  switch (type instanceof DuckDBEnumType ? type.internalTypeId : type.typeId) {
    case DuckDBTypeId.BOOLEAN:
      return 'bool';
    case DuckDBTypeId.TINYINT:
      return 'i1';
    case DuckDBTypeId.SMALLINT:
      return 'i2';
    case DuckDBTypeId.INTEGER:
    case DuckDBTypeId.DATE:
      return 'i4';
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.TIME:
    case DuckDBTypeId.TIME_NS:
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_S:
    case DuckDBTypeId.TIMESTAMP_MS:
    case DuckDBTypeId.TIMESTAMP_NS:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return 'i8';
    case DuckDBTypeId.HUGEINT:
    case DuckDBTypeId.UUID:
      return 'i16';
    case DuckDBTypeId.UTINYINT:
      return 'u1';
    case DuckDBTypeId.USMALLINT:
      return 'u2';
    case DuckDBTypeId.UINTEGER:
      return 'u4';
    case DuckDBTypeId.UBIGINT:
      return 'u8';
    case DuckDBTypeId.FLOAT:
      return 'f4';
    case DuckDBTypeId.DOUBLE:
      return 'f8';
    case DuckDBTypeId.INTERVAL:
      return 'interval';
    case DuckDBTypeId.VARCHAR:
      return type.alias === 'JSON' ? 'json' : 'text';
    case DuckDBTypeId.BLOB:
      return 'blob';
    default:
      return 'json';
  }
}

export function isFixed(layout: ColumnLayout): layout is FixedLayout {
  return layout !== 'text' && layout !== 'blob' && layout !== 'json';
}

/** Where the next part of a column starts: parts are aligned to 8 bytes. */
export function padded(bytes: number): number {
  return Math.ceil(bytes / 8) * 8;
}

function decimalLayout(width: number): ColumnLayout {
  if (width <= 4) return 'i2';
  if (width <= 9) return 'i4';
  return width <= 18 ? 'i8' : 'i16';
}
