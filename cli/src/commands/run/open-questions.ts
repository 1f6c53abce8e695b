import type { InputRequest } from '@mxcp-ts/engine';
import { answerOption, exampleFor } from '../../answers/example-answer.ts';

type Requests = Readonly<Record<string, InputRequest>>;

/** What a call waits for: each question with what an answer has to be. */
export function describeOpenQuestions(requests: Requests): string {
  const questions = Object.entries(requests).map(([key, request]) => `- ${key}: ${describe(request)}`);
  return ['The call asks for what nobody has answered.', ...questions].join('\n');
}

/**
 * How to answer them on the command line.
 *
 * @param given - the answers to other questions, `key=text`: the next command needs them again
 */
export function hintForOpenQuestions(requests: Requests, given: readonly string[]): string {
  const answers = Object.entries(requests).map(([key, request]) => exampleFor(key, request));
  return `Answer in a terminal, without --json, or with ${[...given.map(answerOption), ...answers].join(' ')}`;
}

function describe(request: InputRequest): string {
  switch (request.method) {
    case 'elicitation/create': {
      const { params } = request;
      return params.mode === 'url'
        ? `${params.message} ${params.url}`
        : `${params.message}\n  ${JSON.stringify(params.requestedSchema)}`;
    }
    case 'sampling/createMessage':
      return `what a model says to ${JSON.stringify(request.params['messages'])}`;
    case 'roots/list':
      return 'the folders that the client works on';
  }
}
