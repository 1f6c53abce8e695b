import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import { isPlain } from './is-plain.ts';
import { type ExactNumber, toJsonValue } from './to-json-value.ts';

/** `"value":…` with `"exact":…` where needed, the members of a `result` message. */
export function encodeResult(value: unknown): string {
  if (value === undefined) return '"value":null';
  if (isPlain(value)) return `"value":${JSON.stringify(value)}`;
  const exact: ExactNumber[] = [];
  const converted = JSON.stringify(toJsonValue(value, { exact, subject: 'The result' }));
  return exact.length === 0 ? `"value":${converted}` : `"value":${converted},"exact":${JSON.stringify(exact)}`;
}

/** Parameters of `db.execute`; a bigint beyond a double becomes its digits, which DuckDB reads exactly. */
export function encodeParameters(params: object): JsonObject | readonly JsonValue[] {
  const converted = toJsonValue(params, { exact: [], subject: 'The parameters of db.execute' });
  if (typeof converted !== 'object' || converted === null)
    throw new TypeError('The parameters of db.execute must be an object or an array.');
  return converted;
}
