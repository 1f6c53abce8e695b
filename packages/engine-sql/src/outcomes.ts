import type { DatabaseRefusal, ExecuteOutcome, QueryOutcome } from '@mxcp-ts/engine';
import type { JsonValue, Problem } from '@mxcp-ts/values';
import type { ThreadToHost } from './thread/protocol.ts';

/** What a request about statements can be answered with. */
export type StatementAnswer = Extract<
  ThreadToHost,
  { type: 'rows' | 'columns' | 'done' | 'end' | 'appended' | 'failed' | 'invalid-output' | 'aborted' }
>;

/** Throws for an answer that belongs to another kind of request. */
export function statementAnswerOf(message: ThreadToHost): StatementAnswer {
  switch (message.type) {
    case 'rows':
    case 'columns':
    case 'done':
    case 'end':
    case 'appended':
    case 'failed':
    case 'invalid-output':
    case 'aborted':
      return message;
    default:
      throw new Error(`The database thread answered "${message.type}" to a statement.`);
  }
}

export function queryOutcomeOf(answer: StatementAnswer): QueryOutcome {
  if (answer.type === 'rows') return { kind: 'rows', rows: parseRows(answer.json) };
  if (answer.type === 'invalid-output') return { kind: 'invalid-output', problems: answer.problems };
  return refusalOf(answer);
}

export function executeOutcomeOf(answer: StatementAnswer): ExecuteOutcome {
  if (answer.type === 'rows') return { kind: 'rows', json: answer.json, columns: answer.columns };
  if (answer.type === 'columns') return { kind: 'columns', batch: answer.batch };
  return refusalOf(answer);
}

/** What is left when the answer is no result. */
export function refusalOf(answer: StatementAnswer): DatabaseRefusal {
  switch (answer.type) {
    case 'failed':
      return { kind: 'failed', error: answer.error };
    case 'invalid-output':
      return { kind: 'failed', error: { type: 'Result', message: answer.problems.map(problemText).join(' ') } };
    case 'aborted':
      return { kind: 'aborted' };
    default:
      throw new Error(`The database thread answered "${answer.type}" where it should not.`);
  }
}

function parseRows(json: string): JsonValue[] {
  const rows: JsonValue[] = JSON.parse(json);
  return rows;
}

function problemText({ pointer, message }: Problem): string {
  return pointer === '' ? `The result ${message}.` : `The value at ${pointer} ${message}.`;
}
