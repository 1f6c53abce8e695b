import type { ErrorObject } from 'ajv';
import { type Findings, maxProblems } from '../limit-problems.ts';
import { describeError } from './describe-error.ts';
import { summarizeAlternatives } from './summarize-alternatives.ts';

/** The problems behind ajv's errors, one for each thing to mend, in the order of the value. Never holds a value. */
export function describeErrors(errors: readonly ErrorObject[]): Findings {
  const relevant = withoutConsequences(summarizeAlternatives(errors));
  const problems = relevant.slice(0, maxProblems).map(describeError);
  return { problems, hidden: relevant.length - problems.length };
}

/** A value of the wrong type breaks most of the other rules too; only the type is worth saying. */
function withoutConsequences(errors: readonly ErrorObject[]): readonly ErrorObject[] {
  const wrongType = new Set(errors.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath));
  return errors.filter(
    // An `if` repeats what its branch has said already.
    ({ keyword, instancePath }) => keyword === 'type' || (keyword !== 'if' && !wrongType.has(instancePath)),
  );
}
