import type { ErrorObject } from 'ajv';
import type { Problem } from '../json.ts';
import { maxProblems, moreProblems } from '../limit-problems.ts';
import { describeError } from './describe-error.ts';
import { summarizeAlternatives } from './summarize-alternatives.ts';

/** The problems behind ajv's errors, one for each thing to mend, in the order of the value. Never holds a value. */
export function describeErrors(errors: readonly ErrorObject[]): readonly Problem[] {
  const relevant = withoutConsequences(summarizeAlternatives(errors));
  const shown = relevant.slice(0, maxProblems).map(describeError);
  const more = relevant.length - shown.length;
  return more === 0 ? shown : [...shown, moreProblems(more)];
}

/** A value of the wrong type breaks most of the other rules too; only the type is worth saying. */
function withoutConsequences(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const wrongType = new Set(errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath));
  return errors.filter(({ keyword, instancePath }) => keyword === 'type' || !wrongType.has(instancePath));
}
