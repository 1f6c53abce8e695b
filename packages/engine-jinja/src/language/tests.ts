import { contains } from './operators.ts';
import { compare, isEqual, isMapping, numberOf, type Value } from './value.ts';

export interface TestDefinition {
  readonly summary: string;
  readonly holds: (value: Value, argument: Value) => boolean;
}

/** Every test that `is` knows; `docs/reference/prompts.md` lists the same ones. */
export const tests: Readonly<Record<string, TestDefinition>> = Object.freeze({
  boolean: { summary: 'true or false', holds: value => typeof value === 'boolean' },
  defined: { summary: 'there is a value, null included', holds: value => value !== undefined },
  divisibleby: {
    summary: 'divides without a rest by the argument',
    holds: (value, divisor) => numberOf(value, '"divisibleby"') % numberOf(divisor, '"divisibleby"') === 0,
  },
  eq: { summary: 'equals the argument', holds: isEqual },
  equalto: { summary: 'equals the argument', holds: isEqual },
  even: { summary: 'an even number', holds: value => numberOf(value, '"even"') % 2 === 0 },
  false: { summary: 'false, nothing else', holds: value => value === false },
  float: { summary: 'a number with a fraction', holds: value => typeof value === 'number' && !Number.isInteger(value) },
  ge: { summary: 'at least the argument', holds: (value, other) => compare(value, other) >= 0 },
  gt: { summary: 'more than the argument', holds: (value, other) => compare(value, other) > 0 },
  in: { summary: 'an item, a part or a key of the argument', holds: contains },
  integer: { summary: 'a whole number', holds: value => Number.isInteger(value) },
  iterable: {
    summary: 'a list, a text or a mapping',
    holds: value => Array.isArray(value) || typeof value === 'string' || isMapping(value),
  },
  le: { summary: 'at most the argument', holds: (value, other) => compare(value, other) <= 0 },
  lower: {
    summary: 'a text in small letters',
    holds: value => typeof value === 'string' && value === value.toLowerCase(),
  },
  lt: { summary: 'less than the argument', holds: (value, other) => compare(value, other) < 0 },
  mapping: { summary: 'a mapping', holds: isMapping },
  ne: { summary: 'differs from the argument', holds: (value, other) => !isEqual(value, other) },
  none: { summary: 'null', holds: value => value === null },
  number: { summary: 'a number', holds: value => typeof value === 'number' },
  odd: { summary: 'an odd number', holds: value => Math.abs(numberOf(value, '"odd"') % 2) === 1 },
  sequence: { summary: 'a list or a text', holds: value => Array.isArray(value) || typeof value === 'string' },
  string: { summary: 'a text', holds: value => typeof value === 'string' },
  true: { summary: 'true, nothing else', holds: value => value === true },
  undefined: { summary: 'there is no value', holds: value => value === undefined },
  upper: { summary: 'a text in capitals', holds: value => typeof value === 'string' && value === value.toUpperCase() },
});
