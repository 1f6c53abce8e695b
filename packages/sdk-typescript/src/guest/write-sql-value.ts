import type { SqlType, TimeShape } from './sql-type.ts';
import { toJsonValue } from './to-json-value.ts';

/** Writes one value as JSON text; undefined when the type cannot hold it. */
export type WriteValue = (value: unknown) => string | undefined;

/** Makes what writes the values of a SQL function as the wire has them. */
export function valueWriter(type: SqlType): WriteValue {
  const write = nonNullWriterOf(type);
  return value => (value === null || value === undefined ? 'null' : write(value));
}

function nonNullWriterOf(type: SqlType): (value: NonNullable<unknown>) => string | undefined {
  switch (type.kind) {
    case 'text':
      return value => (typeof value === 'string' ? JSON.stringify(value) : undefined);
    case 'integer':
    case 'bigint':
      return value => digitsOf(value);
    case 'hugeint':
      return value => quoted(digitsOf(value));
    case 'float':
      return writeFloat;
    case 'decimal':
      return writeDecimal;
    case 'boolean':
      return value => (typeof value === 'boolean' ? String(value) : undefined);
    case 'blob':
      return writeBytes;
    case 'json':
      return value => JSON.stringify(toJsonValue(value, { exact: [], subject: 'The value' }));
    case 'time':
      return value => writeTime(value, type.shape);
    case 'list':
      return listWriter(valueWriter(type.item));
    case 'struct':
      return structWriter(type.fields.map(({ name, type }) => [name, valueWriter(type)] as const));
    case 'map':
      return mapWriter(valueWriter(type.key), valueWriter(type.value));
  }
}

function digitsOf(value: unknown): string | undefined {
  if (typeof value === 'bigint') return String(value);
  return typeof value === 'number' && Number.isInteger(value) ? String(BigInt(value)) : undefined;
}

function quoted(text: string | undefined): string | undefined {
  return text === undefined ? undefined : `"${text}"`;
}

function writeFloat(value: unknown): string | undefined {
  if (typeof value === 'bigint') return String(Number(value));
  if (typeof value !== 'number') return undefined;
  return Number.isFinite(value) ? String(value) : 'null';
}

function writeDecimal(value: unknown): string | undefined {
  if (typeof value === 'number' && !Number.isFinite(value)) return undefined;
  return ['string', 'number', 'bigint'].includes(typeof value) ? JSON.stringify(String(value)) : undefined;
}

function writeBytes(value: unknown): string | undefined {
  if (value instanceof ArrayBuffer) return quoted(Buffer.from(value).toString('base64'));
  if (!ArrayBuffer.isView(value)) return undefined;
  return quoted(Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64'));
}

function writeTime(value: unknown, shape: TimeShape): string | undefined {
  if (typeof value === 'string') return JSON.stringify(value);
  if (!(value instanceof Date) || Number.isNaN(value.getTime())) return undefined;
  const iso = value.toISOString();
  switch (shape) {
    case 'date':
      return quoted(iso.slice(0, 10));
    case 'time':
      return quoted(iso.slice(11, -1));
    case 'timestamp':
      return quoted(iso.slice(0, -1));
    case 'timestamptz':
      return quoted(iso);
    case 'interval':
      return undefined;
  }
}

function listWriter(write: WriteValue): WriteValue {
  return value => {
    if (typeof value !== 'object' || value === null || !(Symbol.iterator in value)) return undefined;
    return joined(Array.from(value as Iterable<unknown>, write), '[', ']');
  };
}

function structWriter(writers: readonly (readonly [string, WriteValue])[]): WriteValue {
  const keys = writers.map(([name, write]) => ({ name, key: JSON.stringify(name), write }));
  return value => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const fields = value as Readonly<Record<string, unknown>>;
    const parts = keys.map(({ name, key, write }) => {
      const text = write(Object.hasOwn(fields, name) ? fields[name] : null);
      return text === undefined ? undefined : `${key}:${text}`;
    });
    return joined(parts, '{', '}');
  };
}

function mapWriter(writeKey: WriteValue, writeItem: WriteValue): WriteValue {
  return value => {
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
    const entries = value instanceof Map ? [...value] : Object.entries(value);
    return joined(
      entries.map(([key, item]) => joined([writeKey(key), writeItem(item)], '[', ']')),
      '[',
      ']',
    );
  };
}

function joined(parts: readonly (string | undefined)[], open: string, close: string): string | undefined {
  return parts.includes(undefined) ? undefined : `${open}${parts.join(',')}${close}`;
}
