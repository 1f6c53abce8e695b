import type { Problem } from './json.ts';
import { isAtOrBelow } from './json-pointer.ts';
import { type Findings, limitProblems } from './limit-problems.ts';

/** The problems of reading, then those of checking, except where reading already found something: that is the cause. */
export function mergeProblems(reading: readonly Problem[], checking: Findings): readonly Problem[] {
  const places = new Set(reading.map(({ pointer }) => pointer));
  const further = checking.problems.filter(({ pointer }) => !isAtOrBelow(pointer, places));
  return limitProblems([...reading, ...further], checking.hidden);
}
