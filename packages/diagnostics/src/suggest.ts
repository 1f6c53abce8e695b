import { closest, distance } from 'fastest-levenshtein';

/** The candidate a person most likely meant, or undefined when none is near. */
export function findNearest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const nearest = closest(word.toLowerCase(), candidates as string[]);
  // Two swapped letters count as two edits; in a word of three that would be another word.
  if (word.length < 2) return nearest.toLowerCase() === word.toLowerCase() ? nearest : undefined;
  const allowed = word.length < 4 ? 1 : Math.max(2, Math.floor(Math.max(word.length, nearest.length) / 3));
  return distance(word.toLowerCase(), nearest.toLowerCase()) <= allowed ? nearest : undefined;
}

/** `Did you mean "x"?`, or undefined. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const nearest = findNearest(word, candidates);
  return nearest === undefined ? undefined : `Did you mean "${nearest}"?`;
}
