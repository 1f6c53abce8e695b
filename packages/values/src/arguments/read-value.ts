import { mustBe } from '../check/describe-error.ts';
import { isNumberText } from '../check/formats.ts';
import { isArray, isObject } from '../json.narrow.ts';
import type { TypeName } from '../type/type-kind.ts';
import { Refusal } from './refusal.ts';

/** How a value that is not null is read for each type: the one coercion table, of every way to call an endpoint. */
export const readings: Readonly<Record<TypeName, (raw: unknown) => unknown>> = {
  string: readString,
  integer: readInteger,
  number: readNumber,
  boolean: readBoolean,
  array: readArray,
  object: readObject,
};

const notA = {
  string: new Refusal(mustBe('string')),
  integer: new Refusal(mustBe('integer')),
  number: new Refusal(mustBe('number')),
  boolean: new Refusal(mustBe('boolean')),
  array: new Refusal(mustBe('array')),
  object: new Refusal(mustBe('object')),
};
// Beyond 2^53 the digits were already lost when the JSON was parsed: two different literals give one number.
const inexactInteger = new Refusal('is an integer too large to arrive exactly; send it as text');
const unrepresentable = new Refusal('is an integer too large to be held exactly');
const inexactText = new Refusal('must be a string; a number this large has lost digits, so put it in quotes');

/** Text untouched; numbers and booleans as JSON writes them, for clients that guess types. */
function readString(raw: unknown): unknown {
  if (typeof raw === 'string') return raw;
  if (typeof raw === 'boolean') return String(raw);
  if (typeof raw !== 'number' || !Number.isFinite(raw)) return notA.string;
  return Number.isInteger(raw) && !Number.isSafeInteger(raw) ? inexactText : String(raw);
}

function readInteger(raw: unknown): unknown {
  if (typeof raw === 'number') {
    if (Number.isSafeInteger(raw)) return raw + 0;
    return Number.isInteger(raw) ? inexactInteger : notA.integer;
  }
  if (typeof raw !== 'string' || !/^\s*[+-]?\d+\s*$/.test(raw)) return notA.integer;
  const value = Number(raw);
  if (Number.isSafeInteger(value)) return value + 0;
  // Number gives Infinity from 310 digits on, so BigInt never sees a text that would take long.
  return Number.isFinite(value) && BigInt(raw.trim().replace('+', '')) === BigInt(value) ? value : unrepresentable;
}

function readNumber(raw: unknown): unknown {
  if (typeof raw === 'number') return Number.isFinite(raw) ? raw : notA.number;
  return typeof raw === 'string' && isNumberText(raw) ? Number(raw) : notA.number;
}

function readBoolean(raw: unknown): unknown {
  if (typeof raw === 'boolean') return raw;
  if (typeof raw !== 'string' || raw.length > 5) return notA.boolean;
  const word = raw.toLowerCase();
  return word === 'true' || word === 'false' ? word === 'true' : notA.boolean;
}

function readArray(raw: unknown): unknown {
  const value = typeof raw === 'string' ? parseJson(raw, '[') : raw;
  return isArray(value) ? value : notA.array;
}

function readObject(raw: unknown): unknown {
  const value = typeof raw === 'string' ? parseJson(raw, '{') : raw;
  return isObject(value) ? value : notA.object;
}

/** The value of JSON text that starts as wanted; undefined for any other text. */
function parseJson(text: string, start: '[' | '{'): unknown {
  if (!text.trimStart().startsWith(start)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}
