import type { JsonObject, JsonValue } from './json.ts';

/** True for what a JSON object is after parsing: not null, not an array. */
export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** `Array.isArray` that gives `unknown` items instead of `any`. */
export function isArray(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

/** Calls a JSON value what it is: for values that came out of JSON and whose parts were only copied since. */
export function asJson(value: unknown): JsonValue {
  return value as JsonValue;
}

/** As `asJson`, for an object built here, property by property. */
export function asJsonObject(value: { [key: string]: unknown }): JsonObject {
  return value as JsonObject;
}
