import type { Problem } from './json.ts';

/** More problems than this are counted, not shown: an answer must not dwarf the request it refuses. */
export const maxProblems = 100;

/** What a check found. */
export interface Findings {
  /** The first `maxProblems`, in order. */
  readonly problems: readonly Problem[];
  /** How many more there are. */
  readonly hidden: number;
}

/** The problems to show; when there are more of them, the last says how many. */
export function limitProblems(problems: readonly Problem[], hidden: number): readonly Problem[] {
  const more = hidden + Math.max(0, problems.length - maxProblems);
  if (more === 0) return problems;
  const message = `has ${more} more ${more === 1 ? 'problem' : 'problems'}`;
  return [...problems.slice(0, maxProblems), { pointer: '', message }];
}
