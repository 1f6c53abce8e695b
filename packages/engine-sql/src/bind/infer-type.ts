import {
  ANY,
  BIGINT,
  BOOLEAN,
  DATE,
  DOUBLE,
  DuckDBListType,
  DuckDBMapType,
  DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
  HUGEINT,
  INTEGER,
  LIST,
  MAP,
  SQLNULL,
  STRUCT,
  TIME,
  TIMESTAMP,
  TIMESTAMPTZ,
  TIMETZ,
  VARCHAR,
} from '@duckdb/node-api';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonValue } from '@mxcp-ts/values';
import { parseDate, parseDateTime, parseEpochSeconds, parseTime } from './parse-temporal.ts';

/** A value that no DuckDB type holds: an integer of more than 127 bits. */
export class UnbindableValue extends Error {
  override readonly name = 'UnbindableValue';
}

/**
 * The DuckDB type that a JSON value is bound as. The declared type decides between INTEGER and DOUBLE and makes dates
 * of text; the value decides the rest.
 */
export function inferType(value: JsonValue, declared: TypeDefinition | undefined): DuckDBType {
  if (value === null) return SQLNULL;
  if (typeof value === 'boolean') return BOOLEAN;
  if (typeof value === 'number') return numberType(value, declared);
  if (typeof value === 'string') return textType(value, declared?.format);
  if (Array.isArray(value)) return LIST(itemType(value, declared?.items));
  const entries = Object.entries(value);
  if (entries.length === 0) return MAP(VARCHAR, VARCHAR);
  return STRUCT(Object.fromEntries(entries.map(([key, item]) => [key, inferType(item, declared?.properties?.[key])])));
}

function numberType(value: number, declared: TypeDefinition | undefined): DuckDBType {
  if (declared?.format === 'timestamp') return parseEpochSeconds(value) === undefined ? DOUBLE : TIMESTAMP;
  if (declared?.type === 'number' || !Number.isInteger(value)) return DOUBLE;
  if (value >= -(2 ** 31) && value < 2 ** 31) return INTEGER;
  if (value >= -(2 ** 63) && value < 2 ** 63) return BIGINT;
  if (Math.abs(value) < 2 ** 127) return HUGEINT;
  if (declared?.type === 'integer')
    throw new UnbindableValue('An integer is larger than any that DuckDB has (HUGEINT).');
  return DOUBLE;
}

function textType(value: string, format: TypeDefinition['format']): DuckDBType {
  switch (format) {
    case 'date':
      return parseDate(value) === undefined ? VARCHAR : DATE;
    case 'time': {
      const time = parseTime(value);
      if (time === undefined) return VARCHAR;
      return 'offset' in time ? TIMETZ : TIME;
    }
    case 'date-time': {
      const moment = parseDateTime(value);
      if (moment === undefined) return VARCHAR;
      return hasOffset(value) ? TIMESTAMPTZ : TIMESTAMP;
    }
    case 'timestamp':
      return parseEpochSeconds(value) === undefined ? VARCHAR : TIMESTAMP;
    case 'duration':
    case 'email':
    case 'uri':
    case undefined:
      return VARCHAR;
  }
}

function hasOffset(text: string): boolean {
  return /(?:[Zz]|[+-]\d\d(?::?\d\d)?)$/.test(text.slice(11));
}

function itemType(items: readonly JsonValue[], declared: TypeDefinition | undefined): DuckDBType {
  if (items.length === 0) return emptyItemType(declared);
  return items.map(item => inferType(item, declared)).reduce(unify);
}

function emptyItemType(declared: TypeDefinition | undefined): DuckDBType {
  switch (declared?.type) {
    case 'string':
      return declared.format === undefined ? VARCHAR : SQLNULL;
    case 'integer':
      return INTEGER;
    case 'number':
      return DOUBLE;
    case 'boolean':
      return BOOLEAN;
    case 'array':
    case 'object':
    case undefined:
      return SQLNULL;
  }
}

const numeric: readonly DuckDBTypeId[] = [
  DuckDBTypeId.INTEGER,
  DuckDBTypeId.BIGINT,
  DuckDBTypeId.HUGEINT,
  DuckDBTypeId.DOUBLE,
];

/** A type that both fit into; text when nothing else does, as DuckDB's own lists of mixed values do. */
function unify(a: DuckDBType, b: DuckDBType): DuckDBType {
  if (a.typeId === DuckDBTypeId.SQLNULL) return b;
  if (b.typeId === DuckDBTypeId.SQLNULL || a.toString() === b.toString()) return a;
  const rankA = numeric.indexOf(a.typeId);
  const rankB = numeric.indexOf(b.typeId);
  if (rankA !== -1 && rankB !== -1) return rankA > rankB ? a : b;
  if (a instanceof DuckDBListType && b instanceof DuckDBListType) return LIST(unify(a.valueType, b.valueType));
  if (a instanceof DuckDBStructType && b instanceof DuckDBStructType) return unifyStructs(a, b);
  if (a instanceof DuckDBStructType && b instanceof DuckDBMapType) return a;
  if (a instanceof DuckDBMapType && b instanceof DuckDBStructType) return b;
  return VARCHAR;
}

function unifyStructs(a: DuckDBStructType, b: DuckDBStructType): DuckDBType {
  const fields = new Map<string, DuckDBType>();
  for (const struct of [a, b]) {
    struct.entryNames.forEach((name, index) => {
      const known = fields.get(name);
      const type = struct.entryTypes[index] ?? ANY;
      fields.set(name, known === undefined ? type : unify(known, type));
    });
  }
  return STRUCT(Object.fromEntries(fields));
}
