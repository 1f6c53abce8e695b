import {
  arrayValue,
  DuckDBArrayType,
  DuckDBBitValue,
  DuckDBBlobValue,
  DuckDBDecimalType,
  DuckDBEnumType,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
  DuckDBUUIDValue,
  type DuckDBValue,
  listValue,
  mapValue,
  structValue,
} from '@duckdb/node-api';
import type { JsonValue } from '@mxcp-ts/values';
import { momentDecoder } from './decode-moment.ts';
import { decimalDecoder, integerDecoder } from './decode-number.ts';

/** Turns a value as `WireType` writes it, never null, into the driver's form of a type; undefined when it does not fit. */
export type ValueDecoder = (value: NonNullable<JsonValue>) => DuckDBValue | undefined;

/** Compiles how values of a type are read. */
export function compileDecoder(type: DuckDBType): ValueDecoder {
  if (type instanceof DuckDBListType) return listDecoder(type.valueType, undefined);
  if (type instanceof DuckDBArrayType) return listDecoder(type.valueType, type.length);
  if (type instanceof DuckDBStructType) return structDecoder(type);
  if (type instanceof DuckDBMapType) return mapDecoder(type);
  if (type instanceof DuckDBDecimalType) return decimalDecoder(type);
  if (type instanceof DuckDBEnumType) return enumDecoder(type);
  if (type.typeId === DuckDBTypeId.VARCHAR && type.alias === 'JSON') return value => JSON.stringify(value);
  return integerDecoder(type.typeId) ?? momentDecoder(type.typeId) ?? scalarDecoder(type.typeId);
}

/** The same, null included. */
export function nullable(decode: ValueDecoder): (value: JsonValue | undefined) => DuckDBValue | undefined {
  return value => (value === null || value === undefined ? null : decode(value));
}

function listDecoder(itemType: DuckDBType, length: number | undefined): ValueDecoder {
  const decode = nullable(compileDecoder(itemType));
  return value => {
    if (!Array.isArray(value) || (length !== undefined && value.length !== length)) return undefined;
    const items: DuckDBValue[] = [];
    for (const item of value) {
      const decoded = decode(item);
      if (decoded === undefined) return undefined;
      items.push(decoded);
    }
    return length === undefined ? listValue(items) : arrayValue(items);
  };
}

function structDecoder(type: DuckDBStructType): ValueDecoder {
  const fields = type.entryNames.map((name, index) => ({
    name,
    decode: nullable(compileDecoder(type.entryTypes[index] ?? type)),
  }));
  return value => {
    if (typeof value !== 'object' || Array.isArray(value)) return undefined;
    const entries: Record<string, DuckDBValue> = {};
    for (const { name, decode } of fields) {
      const decoded = decode(Object.hasOwn(value, name) ? value[name] : null);
      if (decoded === undefined) return undefined;
      entries[name] = decoded;
    }
    return structValue(entries);
  };
}

/** Pairs, or an object where keys are text. */
function mapDecoder(type: DuckDBMapType): ValueDecoder {
  const decodeKey = compileDecoder(type.keyType);
  const decode = nullable(compileDecoder(type.valueType));
  return value => {
    const pairs = Array.isArray(value) ? value : typeof value === 'object' ? Object.entries(value) : undefined;
    if (pairs === undefined) return undefined;
    const entries: { key: DuckDBValue; value: DuckDBValue }[] = [];
    for (const pair of pairs) {
      if (!Array.isArray(pair) || pair.length !== 2) return undefined;
      const [key, item] = pair;
      const decodedKey = key === null || key === undefined ? undefined : decodeKey(key);
      const decoded = decode(item);
      if (decodedKey === undefined || decoded === undefined) return undefined;
      entries.push({ key: decodedKey, value: decoded });
    }
    return mapValue(entries);
  };
}

function enumDecoder(type: DuckDBEnumType): ValueDecoder {
  const members = new Set(type.values);
  return value => (typeof value === 'string' && members.has(value) ? value : undefined);
}

function scalarDecoder(typeId: DuckDBTypeId): ValueDecoder {
  switch (typeId) {
    case DuckDBTypeId.BOOLEAN:
      return value => (typeof value === 'boolean' ? value : undefined);
    case DuckDBTypeId.FLOAT:
    case DuckDBTypeId.DOUBLE:
      return value => (typeof value === 'number' ? value : undefined);
    case DuckDBTypeId.BLOB:
      return value => (isBase64(value) ? new DuckDBBlobValue(Buffer.from(value, 'base64')) : undefined);
    case DuckDBTypeId.BIT:
      return value =>
        typeof value === 'string' && /^[01]+$/.test(value) ? DuckDBBitValue.fromString(value) : undefined;
    case DuckDBTypeId.UUID:
      return value => (typeof value === 'string' ? uuidOf(value) : undefined);
    default:
      return value => (typeof value === 'string' ? value : undefined);
  }
}

function isBase64(value: JsonValue): value is string {
  return typeof value === 'string' && value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);
}

function uuidOf(text: string): DuckDBUUIDValue | undefined {
  const digits = text.replaceAll('-', '');
  return /^[0-9a-f]{32}$/i.test(digits) ? DuckDBUUIDValue.fromUint128(BigInt(`0x${digits}`)) : undefined;
}
