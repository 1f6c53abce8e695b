import type { Problem } from './json.ts';

/** More problems than this are counted, not shown. */
export const maxProblems = 100;

/** The problems, or the first hundred and how many more there are: an answer must not dwarf the request it refuses. */
export function limitProblems(problems: readonly Problem[]): readonly Problem[] {
  if (problems.length <= maxProblems) return problems;
  return [...problems.slice(0, maxProblems), moreProblems(problems.length - maxProblems)];
}

export function moreProblems(count: number): Problem {
  return { pointer: '', message: `has ${count} more ${count === 1 ? 'problem' : 'problems'}` };
}
