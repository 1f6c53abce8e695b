import type { Problem } from './json.ts';
import { isAtOrBelow } from './json-pointer.ts';
import { limitProblems } from './limit-problems.ts';

/** The problems of reading, then those of checking, except where reading already found something: that is the cause. */
export function mergeProblems(reading: readonly Problem[], checking: readonly Problem[]): readonly Problem[] {
  const places = new Set(reading.map(({ pointer }) => pointer));
  return limitProblems([...reading, ...checking.filter(({ pointer }) => !isAtOrBelow(pointer, places))]);
}
