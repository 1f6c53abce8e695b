import type { JsonValue } from '@mxcp-ts/values';

/** What an expression gives: JSON, or undefined for an attribute that is not there. */
export type Value = JsonValue | undefined;

/** A rendering error: the template asked for something its values do not allow. */
export class RenderError extends Error {
  override readonly name = 'RenderError';
}

/** The text that `{{ value }}` prints: nothing for undefined, a text as it is, anything else as JSON on one line. */
export function textOf(value: Value): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : jsonOf(value);
}

/** JSON with a space behind each comma and colon, as Python writes it. */
export function jsonOf(value: Value): string {
  if (Array.isArray(value)) return `[${value.map(jsonOf).join(', ')}]`;
  if (isMapping(value)) {
    const entries = Object.entries(value).map(([key, item]) => `${JSON.stringify(key)}: ${jsonOf(item)}`);
    return `{${entries.join(', ')}}`;
  }
  return JSON.stringify(value ?? null);
}

export function isTruthy(value: Value): boolean {
  if (Array.isArray(value)) return value.length > 0;
  if (isMapping(value)) return Object.keys(value).length > 0;
  return Boolean(value);
}

export function isMapping(value: Value): value is { [key: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function isEqual(left: Value, right: Value): boolean {
  if (Array.isArray(left) && Array.isArray(right)) {
    return left.length === right.length && left.every((item, index) => isEqual(item, right[index]));
  }
  if (isMapping(left) && isMapping(right)) {
    const keys = Object.keys(left);
    return (
      keys.length === Object.keys(right).length &&
      keys.every(key => Object.hasOwn(right, key) && isEqual(left[key], right[key]))
    );
  }
  return left === right;
}

/** Negative, zero or positive; texts by code unit. Numbers with numbers, texts with texts, nothing else has an order. */
export function compare(left: Value, right: Value): number {
  if (typeof left === 'string' && typeof right === 'string') return left < right ? -1 : left > right ? 1 : 0;
  return numberOf(left, 'An order') - numberOf(right, 'An order');
}

/** @param what - begins the sentence of the error: `"round"` */
export function numberOf(value: Value, what: string): number {
  if (typeof value === 'number') return value;
  if (typeof value === 'boolean') return Number(value);
  throw new RenderError(`${what} needs a number, not ${kindOf(value)}.`);
}

/** The items to go through: of a list its items, of a text its characters, of a mapping its keys, of undefined none. */
export function itemsOf(value: Value): JsonValue[] {
  if (value === undefined) return [];
  if (Array.isArray(value)) return value;
  if (typeof value === 'string') return [...value];
  if (isMapping(value)) return Object.keys(value);
  throw new RenderError(`A list is needed, not ${kindOf(value)}.`);
}

/** Follows `details.rows.0`; undefined when a step is not there. */
export function attributeOf(value: Value, path: Value): Value {
  let found: Value = value;
  for (const step of textOf(path).split('.')) {
    if (Array.isArray(found) && /^\d+$/.test(step)) found = found[Number(step)];
    else if (isMapping(found) && Object.hasOwn(found, step)) found = found[step];
    else return undefined;
  }
  return found;
}

export function kindOf(value: Value): string {
  if (value === undefined) return 'an undefined value';
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'a list';
  if (typeof value === 'object') return 'a mapping';
  return typeof value === 'string' ? 'a text' : `a ${typeof value}`;
}
