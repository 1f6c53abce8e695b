import type { Answer } from '../driver/answer-parser.ts';
import { checkMessage } from './check-message.ts';
import type { Leaks } from './leaks.ts';

export interface Sent {
  /** The whole request. */
  readonly sent: Buffer;
  readonly body: Buffer | undefined;
  /** The requests in the body; of a stream that is resumed those of before, whose answers it may bring. */
  readonly ids: ReadonlySet<string | number>;
  /** Whether it went to the endpoint of MCP, so that its answer is a message or nothing. */
  readonly isOfMcp: boolean;
  readonly isHead: boolean;
}

/** Those that docs/reference/serving.md names, and those of HTTP itself for what is no request. Of 5xx there is one. */
const statuses = new Set([200, 202, 204, 400, 403, 404, 405, 406, 408, 409, 410, 413, 415, 417, 421, 431, 503]);

/** What is wrong with an answer, whatever it answers. */
export function checkAnswer(
  { sent, body, ids, isOfMcp, isHead }: Sent,
  answer: Answer,
  leaks: Leaks,
): readonly string[] {
  const { status, headers } = answer;
  const problems: string[] = [];
  if (!statuses.has(status)) problems.push(`The status ${status} is not documented.`);
  if (status === 503 && !/^\d+$/.test(headers['retry-after'] ?? '')) problems.push('503 comes without Retry-After.');
  const text = answer.body.toString();
  // Beside the request its body alone: in the request chunks cut it into pieces.
  const known = `${sent}${body ?? ''}`;
  const leak = leaks.find(answer.head, sent.toString('latin1')) ?? leaks.find(text, known);
  if (leak !== undefined) problems.push(`The answer gives away ${JSON.stringify(leak)}.`);
  if (text.includes('\uFFFD') && !known.includes('\uFFFD')) problems.push('The answer is no UTF-8.');
  if (!isHead && answer.body.length > 0) problems.push(...checkBody(text, { answer, isOfMcp, ids }));
  return problems;
}

interface Expected {
  readonly answer: Answer;
  readonly isOfMcp: boolean;
  readonly ids: ReadonlySet<string | number>;
}

function checkBody(text: string, { answer, isOfMcp, ids }: Expected): readonly string[] {
  const type = answer.headers['content-type'] ?? '';
  if (type.startsWith('text/event-stream'))
    return eventsOf(text, answer.isComplete).flatMap(data => checkData(data, ids));
  if (!type.startsWith('application/json')) return [`A body has the type ${JSON.stringify(type)}.`];
  const value = parse(text);
  if (value === undefined) return ['A body is not valid JSON.'];
  return isOfMcp && answer.status !== 403 && answer.status !== 421 ? checkMessage(value, ids) : [];
}

function checkData(data: string, ids: ReadonlySet<string | number>): readonly string[] {
  const value = parse(data);
  return value === undefined ? ['An event is not valid JSON.'] : checkMessage(value, ids);
}

/** The data of each event; of a stream that was left, without what may be half of one. Events without data are left out. */
function eventsOf(text: string, isComplete: boolean): readonly string[] {
  const events = text.split('\n\n');
  if (!isComplete) events.pop();
  return events.map(dataOf).filter(data => data !== '');
}

function dataOf(event: string): string {
  return event
    .split('\n')
    .filter(line => line.startsWith('data:'))
    .map(line => line.slice(5).trimStart())
    .join('\n');
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
