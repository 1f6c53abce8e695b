import { describeOutcome, type Outcome } from '@mxcp-ts/runtime';
import { note, printJson } from '../../output/print.ts';
import { describeOpenQuestions, hintForOpenQuestions } from './open-questions.ts';
import type { UsedAnswers } from './used-answers.ts';

type Failure = Exclude<Outcome, { kind: 'ok' }>;

interface FailureOptions {
  readonly failedReloads: readonly string[];
  readonly answers: UsedAnswers;
  readonly isJson: boolean;
}

/** Prints how a call failed, to the exit code. */
export function reportFailure(outcome: Failure, { failedReloads, answers, isJson }: FailureOptions): number {
  const isOpen = outcome.kind === 'input-required';
  const error = isOpen ? describeOpenQuestions(outcome.requests) : describeOutcome(outcome);
  const hint = isOpen ? hintForOpenQuestions(outcome.requests, answers.used) : undefined;
  if (isJson) {
    const facts = factsOf(outcome);
    printJson({ status: 'error', error, code: outcome.kind, ...(hint !== undefined && { hint }), ...facts });
  }
  note(error);
  if (hint !== undefined) note(hint);
  for (const text of [...answers.unused, ...failedReloads]) note(text);
  return exitCodeOf(outcome);
}

/** What a program may want to know beside the sentence. */
function factsOf(outcome: Failure): object {
  switch (outcome.kind) {
    case 'invalid-input':
      return { problems: outcome.problems };
    case 'invalid-output':
      return { problems: outcome.problems, incident: outcome.incident };
    case 'handler-failed':
    case 'internal':
      return { incident: outcome.incident };
    case 'timed-out':
      return { timeoutMs: outcome.timeoutMs };
    case 'unavailable':
      return { retryAfterMs: outcome.retryAfterMs };
    case 'input-required':
      return { requests: outcome.requests };
    case 'client-cannot':
      return { abilities: outcome.abilities };
    case 'denied':
    case 'not-found':
    case 'cancelled':
      return {};
  }
}

function exitCodeOf(outcome: Failure): number {
  switch (outcome.kind) {
    case 'cancelled':
      return 130;
    case 'internal':
      return 70;
    case 'invalid-input':
    case 'denied':
    case 'not-found':
    case 'handler-failed':
    case 'invalid-output':
    case 'timed-out':
    case 'unavailable':
    case 'input-required':
    case 'client-cannot':
      return 1;
  }
}
