import type { JsonObject, JsonValue } from '@mxcp-ts/values';

export interface ExactNumber {
  readonly pointer: string;
  readonly text: string;
}

export interface ConversionOptions {
  /** Takes the integers that a double cannot hold. */
  readonly exact: ExactNumber[];
  /** What messages call the value: `The result`. */
  readonly subject: string;
  /** Where the value is in what `subject` names; a JSON Pointer. */
  readonly pointer?: string;
  /** Says, after "holds", what an object is that must not be here; undefined for one that may. */
  readonly refuse?: (value: object) => string | undefined;
}

/**
 * A value of the author's code as JSON has it: dates are ISO text, bytes base64, maps objects, sets and iterables arrays,
 * NaN and infinities null; `toJSON` is honored and undefined properties are left out.
 *
 * @throws TypeError for functions, symbols, promises and cycles; its message names the place
 */
export function toJsonValue(value: unknown, options: ConversionOptions): JsonValue {
  return convert(value, { pointer: '', ...options, ancestors: new Set() });
}

interface Place extends ConversionOptions {
  readonly pointer: string;
  readonly ancestors: Set<object>;
}

function convert(value: unknown, place: Place): JsonValue {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'undefined':
      return null;
    case 'bigint':
      return convertBigInt(value, place);
    case 'function':
      throw refusal('a function', place);
    case 'symbol':
      throw refusal('a symbol', place);
    case 'object':
      return value === null ? null : convertWithin(value, place);
  }
}

function convertBigInt(value: bigint, { exact, pointer }: Place): JsonValue {
  if (value >= Number.MIN_SAFE_INTEGER && value <= Number.MAX_SAFE_INTEGER) return Number(value);
  const text = value.toString();
  exact.push({ pointer, text });
  return text;
}

function convertWithin(value: object, place: Place): JsonValue {
  if (place.ancestors.has(value)) throw refusal('a reference back to itself', place);
  place.ancestors.add(value);
  const converted = convertObject(value, place);
  place.ancestors.delete(value);
  return converted;
}

function convertObject(value: object, place: Place): JsonValue {
  const refused = place.refuse?.(value);
  if (refused !== undefined) throw misfit(refused, place);
  if (value instanceof Date) return Number.isNaN(value.getTime()) ? null : value.toISOString();
  const bytes = bytesOf(value);
  if (bytes !== undefined) return bytes.toString('base64');
  if ('toJSON' in value && typeof value.toJSON === 'function') return convert(value.toJSON(lastToken(place)), place);
  if (Array.isArray(value)) return convertItems(value, place);
  if (value instanceof Map) return convertEntries(value, place);
  if (value instanceof Error)
    return convertEntries(
      [
        ['name', value.name],
        ['message', value.message],
      ],
      place,
    );
  if (value instanceof RegExp) return String(value);
  if (value instanceof Number || value instanceof String || value instanceof Boolean)
    return convert(value.valueOf(), place);
  if (value instanceof Promise) throw refusal('a promise that was not awaited', place);
  if (Symbol.asyncIterator in value) throw refusal('an async iterator', place);
  if (isIterable(value)) return convertItems(value, place);
  return convertEntries(Object.entries(value), place);
}

function convertItems(items: Iterable<unknown>, place: Place): JsonValue[] {
  const converted: JsonValue[] = [];
  for (const item of items) converted.push(convert(item, within(place, String(converted.length))));
  return converted;
}

function convertEntries(entries: Iterable<readonly [unknown, unknown]>, place: Place): JsonObject {
  // Without a prototype, so that a key `__proto__` is a key like any other.
  const converted: JsonObject = Object.create(null);
  for (const [key, item] of entries) {
    const name = keyText(key, place);
    if (item !== undefined) converted[name] = convert(item, within(place, name));
  }
  return converted;
}

function keyText(key: unknown, place: Place): string {
  if (typeof key === 'string') return key;
  if (key instanceof Date && !Number.isNaN(key.getTime())) return key.toISOString();
  if (key === null || ['number', 'bigint', 'boolean', 'undefined'].includes(typeof key)) return String(key);
  throw refusal('a Map with a key that is not text', place);
}

/** Bytes, as opposed to typed arrays of numbers, which are arrays. */
export function bytesOf(value: object): Buffer | undefined {
  if (value instanceof ArrayBuffer || value instanceof SharedArrayBuffer) return Buffer.from(value);
  if (value instanceof Uint8Array || value instanceof Uint8ClampedArray || value instanceof DataView)
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  return undefined;
}

function isIterable(value: object): value is Iterable<unknown> {
  return Symbol.iterator in value && typeof value[Symbol.iterator] === 'function';
}

function within(place: Place, token: string): Place {
  return { ...place, pointer: `${place.pointer}/${token.replaceAll('~', '~0').replaceAll('/', '~1')}` };
}

function lastToken({ pointer }: Place): string {
  return pointer
    .slice(pointer.lastIndexOf('/') + 1)
    .replaceAll('~1', '/')
    .replaceAll('~0', '~');
}

function refusal(what: string, place: Place): TypeError {
  return misfit(`${what}, which JSON cannot express`, place);
}

function misfit(what: string, { pointer, subject }: Place): TypeError {
  const where = pointer === '' ? subject : `${subject}, at ${pointer},`;
  const verb = pointer === '' ? 'is' : 'holds';
  return new TypeError(`${where} ${verb} ${what}.`);
}
