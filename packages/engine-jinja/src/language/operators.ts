import type { JsonValue } from '@mxcp-ts/values';
import { compare, isEqual, isMapping, itemsOf, kindOf, RenderError, textOf, type Value } from './value.ts';

/** The binary operators apart from `and` and `or`, which decide whether their right side is looked at. */
export const operators: Readonly<Record<string, (left: Value, right: Value) => JsonValue>> = Object.freeze({
  '==': isEqual,
  '!=': (left: Value, right: Value) => !isEqual(left, right),
  '<': (left: Value, right: Value) => compare(left, right) < 0,
  '<=': (left: Value, right: Value) => compare(left, right) <= 0,
  '>': (left: Value, right: Value) => compare(left, right) > 0,
  '>=': (left: Value, right: Value) => compare(left, right) >= 0,
  in: contains,
  'not in': (left: Value, right: Value) => !contains(left, right),
  '~': (left: Value, right: Value) => textOf(left) + textOf(right),
  '+': add,
  '-': arithmetic('-', (left, right) => left - right),
  '*': arithmetic('*', (left, right) => left * right),
  '/': arithmetic('/', (left, right) => divide(left, right)),
  '//': arithmetic('//', (left, right) => Math.floor(divide(left, right))),
  // The sign follows the divisor, as in Python.
  '%': arithmetic('%', (left, right) => left - right * Math.floor(divide(left, right))),
  '**': arithmetic('**', (left, right) => left ** right),
});

/** Whether a value is in a list, a text in a text, or a key in a mapping. */
export function contains(item: Value, container: Value): boolean {
  if (typeof container === 'string') return container.includes(textOf(item));
  if (isMapping(container)) return typeof item === 'string' && Object.hasOwn(container, item);
  return itemsOf(container).some(candidate => isEqual(candidate, item));
}

function add(left: Value, right: Value): JsonValue {
  if (typeof left === 'string' && typeof right === 'string') return left + right;
  if (Array.isArray(left) && Array.isArray(right)) return [...left, ...right];
  return arithmetic('+', (a, b) => a + b)(left, right);
}

function divide(left: number, right: number): number {
  if (right === 0) throw new RenderError('A division by zero has no result.');
  return left / right;
}

function arithmetic(sign: string, compute: (left: number, right: number) => number) {
  return (left: Value, right: Value): JsonValue => {
    if (typeof left !== 'number' || typeof right !== 'number') {
      const hint = sign === '+' ? ' Join texts with ~.' : '';
      throw new RenderError(`"${sign}" does not work between ${kindOf(left)} and ${kindOf(right)}.${hint}`);
    }
    const result = compute(left, right);
    if (!Number.isFinite(result)) throw new RenderError(`The result of "${sign}" is not a finite number.`);
    return result;
  };
}
