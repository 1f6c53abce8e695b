import { expect, test } from 'vitest';
import { Slots } from '../src/slots.ts';

function add(slots: Slots<string>, value: string): number {
  const key = slots.add(value);
  if (key === undefined) throw new Error('There is no room.');
  return key;
}

test('a value is found under its key until it is deleted, and deleted once', () => {
  const slots = new Slots<string>();
  const key = add(slots, 'a');
  expect([slots.get(key), slots.size]).toEqual(['a', 1]);
  expect([slots.delete(key), slots.delete(key)]).toEqual([true, false]);
  expect([slots.get(key), slots.size, [...slots.values()]]).toEqual([undefined, 0, []]);
});

test('a place that is used again has another key, so a late answer reaches nobody', () => {
  const slots = new Slots<string>();
  const keys = Array.from({ length: 1_000 }, (_, turn) => {
    const key = add(slots, String(turn));
    slots.delete(key);
    return key;
  });
  const last = add(slots, 'last');
  expect(new Set([...keys, last]).size).toBe(1_001);
  expect(keys.map(key => slots.get(key)).filter(value => value !== undefined)).toEqual([]);
  expect(slots.get(last)).toBe('last');
});

test('keys are safe integers, also of many values at one time', () => {
  const slots = new Slots<string>();
  const keys = Array.from({ length: 65_536 }, (_, index) => add(slots, String(index)));
  expect(keys.every(Number.isSafeInteger)).toBe(true);
  expect(keys.map(key => slots.get(key))).toEqual(keys.map((_, index) => String(index)));
  expect(slots.add('one too many')).toBeUndefined();
  slots.delete(keys[7] ?? 0);
  expect(slots.get(add(slots, 'in its place'))).toBe('in its place');
});

test('what is no key finds nothing', () => {
  const slots = new Slots<string>();
  add(slots, 'a');
  for (const key of [0, -1, 1, Number.NaN, 0.5])
    expect([slots.get(key), slots.delete(key)]).toEqual([undefined, false]);
});
