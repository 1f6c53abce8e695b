import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import { encodeSpecial } from './encode-content.ts';
import { isPlain } from './is-plain.ts';
import { toJsonValue } from './to-json-value.ts';

/** The members of a `result` message: mostly `"value":…`. */
export function encodeResult(value: unknown): string {
  if (value === undefined) return '"value":null';
  return isPlain(value) ? `"value":${JSON.stringify(value)}` : encodeSpecial(value);
}

/** Parameters of a statement; a bigint beyond a double becomes its digits, which DuckDB reads exactly. */
export function encodeParameters(params: object, what: string): JsonObject | readonly JsonValue[] {
  const converted = jsonOf(params, `The parameters of ${what}`);
  if (typeof converted !== 'object' || converted === null)
    throw new TypeError(`The parameters of ${what} must be an object or an array.`);
  return converted;
}

/** Rows for a table; values as in parameters. */
export function encodeRows(what: string, rows: Iterable<object>): readonly JsonObject[] {
  const converted = jsonOf(Array.isArray(rows) ? rows : [...rows], `The rows of ${what}`);
  if (!Array.isArray(converted) || !converted.every(isJsonObject))
    throw new TypeError(`The rows of ${what} must be objects.`);
  return converted;
}

function jsonOf(value: object, subject: string): JsonValue {
  return isPlainJson(value) ? value : toJsonValue(value, { exact: [], subject });
}

function isPlainJson(value: object): value is JsonObject | JsonValue[] {
  return isPlain(value);
}

function isJsonObject(value: JsonValue): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
