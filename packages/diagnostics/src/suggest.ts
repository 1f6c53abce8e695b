import { closest, distance } from 'fastest-levenshtein';

/** The candidate a person most likely meant, or undefined when none is near. */
export function findNearest(word: string, candidates: readonly string[]): string | undefined {
  if (word === '' || candidates.length === 0) return undefined;
  const lowered = word.toLowerCase();
  const same = candidates.find(candidate => candidate.toLowerCase() === lowered);
  if (same !== undefined) return same;
  const nearest = closest(lowered, candidates as string[]);
  // Two swapped letters count as two edits; in a word of three that would be another word.
  const allowed = word.length < 4 ? 1 : Math.max(2, Math.floor(Math.max(word.length, nearest.length) / 3));
  const edits = distance(lowered, nearest.toLowerCase());
  // A word of which no letter is left is another word, not a slip.
  return edits <= allowed && edits < Math.max(word.length, nearest.length) ? nearest : undefined;
}

/** `Did you mean "x"?`, or undefined. */
export function didYouMean(word: string, candidates: readonly string[]): string | undefined {
  const nearest = findNearest(word, candidates);
  return nearest === undefined ? undefined : `Did you mean "${nearest}"?`;
}
