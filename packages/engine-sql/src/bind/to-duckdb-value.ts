import {
  DuckDBListType,
  DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  listValue,
  mapValue,
  structValue,
} from '@duckdb/node-api';
import type { JsonValue } from '@mxcp-ts/values';
import { parseDate, parseDateTime, parseEpochSeconds, parseTime } from './parse-temporal.ts';

/** The value in the form that the driver binds as `type`, which `inferType` chose for it (alone or among others). */
export function toDuckDBValue(value: JsonValue, type: DuckDBType): DuckDBValue {
  if (value === null) return null;
  if (Array.isArray(value) && type instanceof DuckDBListType) {
    return listValue(value.map(item => toDuckDBValue(item, type.valueType)));
  }
  if (typeof value === 'object' && !Array.isArray(value)) return objectValue(value, type);
  switch (type.typeId) {
    case DuckDBTypeId.BIGINT:
    case DuckDBTypeId.HUGEINT:
      return BigInt(Number(value));
    case DuckDBTypeId.DATE:
      return parseDate(String(value)) ?? null;
    case DuckDBTypeId.TIME:
    case DuckDBTypeId.TIME_TZ:
      return parseTime(String(value)) ?? null;
    case DuckDBTypeId.TIMESTAMP:
    case DuckDBTypeId.TIMESTAMP_TZ:
      return momentValue(value);
    case DuckDBTypeId.VARCHAR:
      return typeof value === 'string' ? value : JSON.stringify(value);
    default:
      return scalarValue(value);
  }
}

function momentValue(value: JsonValue): DuckDBValue {
  if (typeof value === 'string') return parseDateTime(value) ?? parseEpochSeconds(value) ?? null;
  return typeof value === 'number' ? (parseEpochSeconds(value) ?? null) : null;
}

function objectValue(value: { [key: string]: JsonValue }, type: DuckDBType): DuckDBValue {
  if (type instanceof DuckDBStructType) {
    const entries = type.entryNames.map((name, index) => {
      const entryType = type.entryTypes[index];
      const item = Object.hasOwn(value, name) ? value[name] : null;
      return [name, entryType === undefined ? null : toDuckDBValue(item ?? null, entryType)] as const;
    });
    return structValue(Object.fromEntries(entries));
  }
  if (type.typeId === DuckDBTypeId.MAP) return mapValue([]);
  return JSON.stringify(value);
}

function scalarValue(value: JsonValue): DuckDBValue {
  return typeof value === 'object' ? JSON.stringify(value) : value;
}
