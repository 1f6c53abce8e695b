import {
  DuckDBArrayType,
  DuckDBArrayValue,
  DuckDBBlobValue,
  DuckDBGeometryValue,
  DuckDBListType,
  DuckDBListValue,
  DuckDBMapType,
  DuckDBMapValue,
  DuckDBStructType,
  DuckDBStructValue,
  type DuckDBType,
  DuckDBTypeId,
  DuckDBUnionType,
  DuckDBUnionValue,
  type DuckDBValue,
  DuckDBVariantValue,
} from '@duckdb/node-api';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import { embedJson } from './embed-json.ts';
import { below } from './inexact-number.ts';
import { numberRenderer } from './render-number.ts';
import { temporalRenderer } from './temporal-renderer.ts';

/** Turns a value as the driver gives it, never null, into JSON text. */
export type ValueRenderer = (value: DuckDBValue) => string;

/** `json`: for clients, numbers by the declared type. `typed`: for guests, exact (see `WireType`). */
export type RenderFormat = 'json' | 'typed';

/** Compiles how values of a type are written. Throws InexactNumber when rendering meets one. */
export function compileRenderer(
  type: DuckDBType,
  declared: TypeDefinition | undefined,
  format: RenderFormat,
): ValueRenderer {
  const number = numberRenderer(type, declared, format);
  if (number !== undefined) return number;
  const temporal = temporalRenderer(type.typeId);
  if (temporal !== undefined) return temporal;
  if (type instanceof DuckDBListType || type instanceof DuckDBArrayType) {
    return listRenderer(compileRenderer(type.valueType, declared?.items, format));
  }
  if (type instanceof DuckDBStructType) return structRenderer(type, declared, format);
  if (type instanceof DuckDBMapType) return mapRenderer(type, declared, format);
  if (type instanceof DuckDBUnionType) return unionRenderer(type, declared);
  if (type.typeId === DuckDBTypeId.VARCHAR && type.alias === 'JSON') return value => embedJson(String(value));
  return otherRenderer(type.typeId);
}

/** The same, null included. */
export function nullable(render: ValueRenderer): ValueRenderer {
  return value => (value === null ? 'null' : render(value));
}

function listRenderer(item: ValueRenderer): ValueRenderer {
  const render = nullable(item);
  return value => {
    const items = value instanceof DuckDBListValue || value instanceof DuckDBArrayValue ? value.items : [];
    return `[${items.map((entry, index) => below(index, () => render(entry))).join(',')}]`;
  };
}

function structRenderer(type: DuckDBStructType, declared: TypeDefinition | undefined, format: RenderFormat) {
  const fields = type.entryNames.map((name, index) => {
    const fieldType = type.entryTypes[index] ?? type;
    const render = nullable(compileRenderer(fieldType, declared?.properties?.[name], format));
    return { name, key: `${JSON.stringify(name)}:`, render };
  });
  return (value: DuckDBValue) => {
    const entries = value instanceof DuckDBStructValue ? value.entries : {};
    const texts = fields.map(({ name, key, render }) => key + below(name, () => render(entries[name] ?? null)));
    return `{${texts.join(',')}}`;
  };
}

function mapRenderer(type: DuckDBMapType, declared: TypeDefinition | undefined, format: RenderFormat): ValueRenderer {
  const renderKey = nullable(compileRenderer(type.keyType, undefined, format));
  if (format === 'typed') {
    const render = nullable(compileRenderer(type.valueType, undefined, format));
    return value =>
      `[${entriesOf(value)
        .map(entry => `[${renderKey(entry.key)},${render(entry.value)}]`)
        .join(',')}]`;
  }
  const named = new Map(
    Object.entries(declared?.properties ?? {}).map(([key, property]) => [
      key,
      nullable(compileRenderer(type.valueType, property, format)),
    ]),
  );
  const other = nullable(compileRenderer(type.valueType, undefined, format));
  return value => {
    const members = new Map<string, string>();
    for (const entry of entriesOf(value)) {
      const key = keyText(renderKey(entry.key));
      members.set(key, `${JSON.stringify(key)}:${below(key, () => (named.get(key) ?? other)(entry.value))}`);
    }
    return `{${[...members.values()].join(',')}}`;
  };
}

function entriesOf(value: DuckDBValue) {
  return value instanceof DuckDBMapValue ? value.entries : [];
}

function keyText(json: string): string {
  const key: unknown = json.startsWith('"') ? JSON.parse(json) : json;
  return String(key);
}

function unionRenderer(type: DuckDBUnionType, declared: TypeDefinition | undefined) {
  const members = new Map(
    type.memberTags.map((tag, index) => {
      const memberType = type.memberTypes[index] ?? type;
      return [tag, nullable(compileRenderer(memberType, declared, 'json'))];
    }),
  );
  return (value: DuckDBValue) => {
    if (!(value instanceof DuckDBUnionValue)) return 'null';
    return members.get(value.tag)?.(value.value) ?? 'null';
  };
}

function otherRenderer(typeId: DuckDBTypeId): ValueRenderer {
  switch (typeId) {
    case DuckDBTypeId.BOOLEAN:
      return String;
    case DuckDBTypeId.BLOB:
    case DuckDBTypeId.GEOMETRY:
      return value =>
        value instanceof DuckDBBlobValue || value instanceof DuckDBGeometryValue
          ? `"${Buffer.from(value.bytes).toString('base64')}"`
          : 'null';
    case DuckDBTypeId.VARIANT:
      return value => {
        if (!(value instanceof DuckDBVariantValue) || value.value === null) return 'null';
        if (value.type === undefined) return JSON.stringify(String(value.value));
        return compileRenderer(value.type, undefined, 'json')(value.value);
      };
    default:
      return value => JSON.stringify(String(value));
  }
}
