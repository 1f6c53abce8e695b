import { didYouMean } from '@mxcp-ts/diagnostics';
import type { Outcome } from '@mxcp-ts/runtime';

/** What became of the `--answer`s of a call that has ended. */
export interface UsedAnswers {
  /** Those that were asked for, as they were written: `key=text`. */
  readonly used: readonly string[];
  /** A sentence for each of the others. */
  readonly unused: readonly string[];
}

/**
 * @param pairs - as written: `key=text`
 * @param asked - every key that was asked for
 */
export function usedAnswers(pairs: readonly string[], asked: ReadonlySet<string>, outcome: Outcome): UsedAnswers {
  const open = outcome.kind === 'input-required' ? Object.keys(outcome.requests) : [];
  const isAsked = (pair: string) => asked.has(keyOf(pair));
  // After Ctrl-C nobody knows what would have been asked.
  const left = outcome.kind === 'cancelled' ? [] : pairs.filter(pair => !isAsked(pair));
  return {
    used: pairs.filter(pair => isAsked(pair) && !open.includes(keyOf(pair))),
    unused: left.map(pair => {
      const key = keyOf(pair);
      const hint = didYouMean(key, [...asked]);
      return `Nothing was asked under "${key}".${hint === undefined ? '' : ` ${hint}`}`;
    }),
  };
}

function keyOf(pair: string): string {
  return pair.slice(0, pair.indexOf('='));
}
