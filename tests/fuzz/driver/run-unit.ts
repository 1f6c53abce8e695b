import { checkAnswer } from '../invariants/check-answer.ts';
import { idsOf } from '../invariants/check-message.ts';
import type { Leaks } from '../invariants/leaks.ts';
import type { HttpStep, RawStep, Step, Unit } from '../step.ts';
import type { Answer } from './answer-parser.ts';
import { BadConnection, type Connections } from './connection.ts';
import { GivenOut } from './given-out.ts';
import { writeRequest } from './write-request.ts';

export interface Target {
  readonly connections: Connections;
  readonly leaks: Leaks;
  /** What all clients together were given. */
  readonly givenOut: GivenOut;
  /** The ids of all their requests. */
  readonly sentIds: Set<string | number>;
  /** Called for everything that was sent. */
  readonly onSent: (status: number | undefined) => void;
}

/** Something that must not happen, with the bytes that brought it about. */
export class Finding extends Error {
  constructor(problem: string, sent: Buffer, answer: Answer | undefined) {
    const got = answer === undefined ? [] : ['--- answer', answer.head + readable(answer.body)];
    super([problem, '--- sent', readable(sent), ...got].join('\n'));
  }
}

/** Plays one client. @throws Finding */
export async function runUnit({ turns }: Unit, target: Target): Promise<void> {
  const givenOut = new GivenOut(target.givenOut);
  for (const steps of turns) {
    const isCancelling = steps.some(step => step.kind === 'http' && step.body?.includes('notifications/cancelled'));
    const run = (step: Step) =>
      step.kind === 'raw' ? runRaw(step, target) : runHttp(step, { givenOut, isCancelling }, target);
    await Promise.all(steps.map(run));
  }
}

interface TurnContext {
  readonly givenOut: GivenOut;
  /** Whether something in this turn may be cancelled. In a session such a request is not answered, and its stream stays open. */
  readonly isCancelling: boolean;
}

async function runHttp(
  step: HttpStep,
  { givenOut, isCancelling }: TurnContext,
  { connections, leaks, sentIds, onSent }: Target,
) {
  const known = isCancelling ? givenOut.own : givenOut;
  const headers = step.headers.map(([name, value]) => [name, known.fillText(value)] as const);
  const body = step.body === undefined ? undefined : known.fill(step.body);
  const request = writeRequest({ ...step, headers, body });
  const ids = idsOf(body);
  for (const id of ids) sentIds.add(id);
  const answer = await connections
    .exchange(request, {
      isHead: step.method === 'HEAD',
      mayStream: isCancelling || step.method === 'GET' || body?.includes('listen') === true,
      hangUpAfterMs: step.hangUpAfterMs,
    })
    .catch(error => rethrow(error, request));
  onSent(answer?.status);
  if (answer === undefined) return;
  givenOut.remember(
    answer,
    headers.some(([name]) => name.toLowerCase() === 'mcp-session-id'),
  );
  const sent = {
    sent: request,
    body,
    ids: step.method === 'GET' ? sentIds : ids,
    isOfMcp: step.path === '/mcp',
    isHead: step.method === 'HEAD',
  };
  const [problem] = checkAnswer(sent, answer, leaks);
  if (problem !== undefined) throw new Finding(problem, request, answer);
}

async function runRaw({ parts }: RawStep, { connections, leaks, onSent }: Target): Promise<void> {
  const sent = Buffer.concat(parts);
  const answers = await connections.converse(parts).catch(error => rethrow(error, sent));
  onSent(answers[0]?.status);
  for (const answer of answers) {
    const [problem] = checkAnswer(
      { sent, body: undefined, ids: new Set<never>(), isOfMcp: false, isHead: false },
      answer,
      leaks,
    );
    if (problem !== undefined) throw new Finding(problem, sent, answer);
  }
}

function rethrow(error: unknown, sent: Buffer): never {
  if (error instanceof BadConnection) throw new Finding(error.message, sent, undefined);
  throw error;
}

/** Text of which nothing is lost, not even bytes that are no text; of long ones both ends. */
function readable(bytes: Buffer): string {
  const text = JSON.stringify(bytes.toString('latin1')).slice(1, -1);
  const lines = text.replaceAll('\\r\\n', '\n').replaceAll('\\"', '"');
  return lines.length <= 3_000
    ? lines
    : `${lines.slice(0, 2_000)}\n… ${lines.length - 3_000} characters …\n${lines.slice(-1_000)}`;
}
