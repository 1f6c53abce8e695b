import {
  DuckDBListType,
  DuckDBStructType,
  type DuckDBType,
  DuckDBTypeId,
  type DuckDBValue,
  LIST,
  STRUCT,
  VARCHAR,
} from '@duckdb/node-api';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import { inferType } from '../bind/infer-type.ts';
import { toDuckDBValue } from '../bind/to-duckdb-value.ts';
import { valueFiller } from '../columns/fill-vector.ts';
import { BrokenBatch } from '../columns/read-batch.ts';
import { compileDecoder, nullable } from '../functions/decode-value.ts';
import { quoteIdentifier } from '../sql/quote-sql.ts';
import { requireColumns, type StagedRows } from './staging.ts';
import type { TargetTable } from './target-table.ts';

/** A JSON array of objects. Throws BrokenBatch for anything else. */
export function parseObjects(json: string): readonly JsonObject[] {
  const rows: unknown = JSON.parse(json);
  if (!Array.isArray(rows) || !rows.every(row => typeof row === 'object' && row !== null && !Array.isArray(row))) {
    throw new BrokenBatch('Rows are an array of objects.');
  }
  return rows;
}

/**
 * Objects as rows of the table that they go to. A column with a value that its type does not hold is staged as text, so
 * that DuckDB converts it, or says what is wrong with it.
 */
export function stageForTable(table: TargetTable, rows: readonly JsonObject[]): StagedRows {
  const names = namesOf(rows);
  const columns = names.map(name => {
    const items = rows.map(row => row[name] ?? null);
    const type = table.typeOf(name) ?? VARCHAR;
    const values = decodeAll(items, type);
    const quoted = quoteIdentifier(name);
    return values === undefined
      ? { shape: `NULL::VARCHAR AS ${quoted}`, values: items.map(textOf) }
      : { shape: quoted, values };
  });
  return {
    rows: rows.length,
    names,
    shape: `SELECT ${columns.map(({ shape }) => shape).join(', ')} FROM ${table.sql}`,
    fillers: () => columns.map(({ values }) => valueFiller(values)),
  };
}

/** Objects as rows of types that fit their values. */
export function stageByValue(rows: readonly JsonObject[]): StagedRows {
  const names = namesOf(rows);
  const columns = names.map(name => {
    const items = rows.map(row => row[name] ?? null);
    const type = withoutUnknown(itemType(inferType(items, undefined)));
    return { name, type, values: items.map(item => toDuckDBValue(item, type)) };
  });
  return {
    rows: rows.length,
    names,
    shape: `SELECT ${columns.map(({ name, type }) => `NULL::${type} AS ${quoteIdentifier(name)}`).join(', ')}`,
    fillers: () => columns.map(({ values }) => valueFiller(values)),
  };
}

/** In order of first appearance. */
function namesOf(rows: readonly JsonObject[]): string[] {
  const names = [...new Set(rows.flatMap(row => Object.keys(row)))];
  requireColumns(names);
  return names;
}

function decodeAll(items: readonly JsonValue[], type: DuckDBType): DuckDBValue[] | undefined {
  const decode = nullable(compileDecoder(type));
  const values: DuckDBValue[] = [];
  for (const item of items) {
    const value = decode(item);
    if (value === undefined) return undefined;
    values.push(value);
  }
  return values;
}

function textOf(item: JsonValue): DuckDBValue {
  return item === null || typeof item === 'string' ? item : JSON.stringify(item);
}

function itemType(type: DuckDBType): DuckDBType {
  return type instanceof DuckDBListType ? type.valueType : type;
}

/** Where nothing tells a type (only NULLs, empty lists), text will do. */
function withoutUnknown(type: DuckDBType): DuckDBType {
  if (type.typeId === DuckDBTypeId.SQLNULL) return VARCHAR;
  if (type instanceof DuckDBListType) return LIST(withoutUnknown(type.valueType));
  if (!(type instanceof DuckDBStructType)) return type;
  const fields = type.entryNames.map((name, index) => [name, withoutUnknown(type.entryTypes[index] ?? VARCHAR)]);
  return STRUCT(Object.fromEntries(fields));
}
