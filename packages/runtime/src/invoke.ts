import { randomBytes } from 'node:crypto';
import type { HandlerCall, HandlerFailure, HandlerResult, Log } from '@mxcp-ts/engine';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import type { AnswerCheck } from './answer-check.ts';
import { Asks } from './asks.ts';
import { Deadline, type Ending } from './deadline.ts';
import { type Invocation, silentClient } from './invocation.ts';
import type { Outcome, RichResult } from './outcome.ts';
import type { BoundEndpoint } from './plan.ts';

export interface InvokeContext {
  readonly log: Log;
  /** Unique among running calls. */
  readonly callId: string;
  readonly checkAnswer: AnswerCheck;
}

/** Runs one call of one endpoint: read the arguments, run the handler under its deadline, shape and check the result. */
export async function invoke(
  endpoint: BoundEndpoint,
  invocation: Invocation,
  context: InvokeContext,
): Promise<Outcome> {
  try {
    const args = endpoint.readArguments(invocation.args);
    if (!args.ok) return { kind: 'invalid-input', problems: args.problems };
    const asks = new Asks(invocation.answers, invocation.context.client, context.checkAnswer);
    const result = await runHandler(endpoint, args.value, asks, invocation, context);
    const { waiting } = asks;
    // A run that waits has no result, whatever it ended in.
    if (waiting !== undefined && result.kind !== 'cancelled' && result.kind !== 'timed-out')
      return asks.refusal === undefined
        ? { kind: 'input-required', requests: waiting, answered: asks.answered }
        : handlerFailed(refusedQuestion(asks.refusal), endpoint, context);
    if (result.kind !== 'ok') return outcomeOfFailure(result, asks, endpoint, context);
    if (invocation.isPreflight === true) return { kind: 'ok', value: null };
    return outcomeOfResult(result, invocation, endpoint, context);
  } catch (defect) {
    return internalError(defect, endpoint, context);
  }
}

async function runHandler(
  endpoint: BoundEndpoint,
  args: JsonObject,
  asks: Asks,
  invocation: Invocation,
  context: InvokeContext,
): Promise<HandlerResult | Ending> {
  const deadline = new Deadline(endpoint.timeoutMs, invocation.signal);
  const handler = invocation.isPreflight === true ? endpoint.preflight : endpoint.handler;
  try {
    // The caller is answered the moment the call ends, whether or not the handler has noticed yet.
    return await deadline.race(handler(new RunningCall(args, asks, deadline, invocation, context)));
  } finally {
    deadline.clear();
  }
}

/** A class, because V8 makes a hidden class for every object that is written with a getter in it. */
class RunningCall implements HandlerCall {
  readonly id: string;
  readonly args: JsonObject;
  readonly context: HandlerCall['context'];
  readonly client: HandlerCall['client'];
  readonly ask: HandlerCall['ask'];
  readonly #deadline: Deadline;

  constructor(args: JsonObject, asks: Asks, deadline: Deadline, invocation: Invocation, { callId }: InvokeContext) {
    this.id = callId;
    this.args = args;
    this.context = invocation.context;
    this.client = invocation.client ?? silentClient;
    this.ask = (key, request) => asks.ask(key, request);
    this.#deadline = deadline;
  }

  get signal(): AbortSignal {
    return this.#deadline.signal;
  }
}

function refusedQuestion(message: string): HandlerFailure {
  return { type: 'ValueError', message, stack: undefined, userMessage: undefined };
}

type Result = Extract<HandlerResult, { kind: 'ok' }>;

function outcomeOfResult(
  result: Result,
  invocation: Invocation,
  endpoint: BoundEndpoint,
  context: InvokeContext,
): Outcome {
  const { value, content, meta, exactNumbers, isBytes } = result;
  if (value === undefined) return outcomeOfContent(content ?? [], meta, endpoint, context);
  const shaped = endpoint.shapeResult(value, exactNumbers, { isUnchecked: invocation.isResultUnchecked === true });
  if (!shaped.ok) return invalidOutput(shaped.problems, endpoint, context);
  if (content === undefined && meta === undefined && isBytes === undefined) return { kind: 'ok', value: shaped.value };
  const rich: RichResult = { content: content ?? [], isWhole: false, meta };
  return { kind: 'ok', value: shaped.value, rich, ...(isBytes === true && { isBytes }) };
}

function outcomeOfContent(
  content: NonNullable<Result['content']>,
  meta: Result['meta'],
  endpoint: BoundEndpoint,
  context: InvokeContext,
): Outcome {
  // Clients were promised data of that type.
  if (endpoint.outputSchema !== undefined && endpoint.definition.kind === 'tool') {
    const message =
      'holds content blocks only; a declared type needs a value beside them: content.result(value, blocks)';
    return invalidOutput([{ pointer: '', message }], endpoint, context);
  }
  return { kind: 'ok', value: jsonOf(content), rich: { content, isWhole: true, meta } };
}

/** The same blocks as data, for callers that know no content blocks. */
function jsonOf(content: NonNullable<Result['content']>): JsonValue {
  return JSON.parse(JSON.stringify(content));
}

function outcomeOfFailure(
  result: Exclude<HandlerResult, { kind: 'ok' }> | Ending,
  asks: Asks,
  endpoint: BoundEndpoint,
  context: InvokeContext,
): Outcome {
  switch (result.kind) {
    case 'failed':
      if (result.error.type === 'ClientCannot' && asks.missing.length > 0)
        return { kind: 'client-cannot', abilities: asks.missing };
      return handlerFailed(result.error, endpoint, context);
    case 'invalid-output':
      return invalidOutput(result.problems, endpoint, context);
    case 'unavailable':
      context.log('warning', result.reason, logFields(endpoint, context));
      return result;
    case 'timed-out':
      context.log('warning', `Stopped after its limit of ${endpoint.timeoutMs} ms.`, logFields(endpoint, context));
      return { kind: 'timed-out', timeoutMs: endpoint.timeoutMs };
    case 'cancelled':
      return result;
  }
}

function handlerFailed(error: HandlerFailure, endpoint: BoundEndpoint, context: InvokeContext): Outcome {
  const incident = newIncident();
  const { userMessage } = error;
  if (userMessage !== undefined) return { kind: 'handler-failed', message: userMessage, incident };
  const details = error.stack ?? `${error.type}: ${error.message}`;
  context.log('error', `Failed (incident ${incident}). ${details}`, logFields(endpoint, context));
  return { kind: 'handler-failed', message: `${nameOf(endpoint)} failed (incident ${incident}).`, incident };
}

function invalidOutput(
  problems: Extract<Outcome, { kind: 'invalid-output' }>['problems'],
  endpoint: BoundEndpoint,
  context: InvokeContext,
): Outcome {
  const incident = newIncident();
  const list = problems
    .map(({ pointer, message }) => `${pointer === '' ? 'the value' : pointer} ${message}`)
    .join('; ');
  context.log(
    'error',
    `The result does not fit its declared type (incident ${incident}): ${list}`,
    logFields(endpoint, context),
  );
  return { kind: 'invalid-output', problems, incident };
}

function internalError(defect: unknown, endpoint: BoundEndpoint, context: InvokeContext): Outcome {
  const incident = newIncident();
  const details = defect instanceof Error ? (defect.stack ?? defect.message) : String(defect);
  context.log('error', `Internal error (incident ${incident}). ${details}`, logFields(endpoint, context));
  return { kind: 'internal', incident };
}

function logFields(endpoint: BoundEndpoint, { callId }: InvokeContext) {
  return { endpoint: endpoint.definition.name, call: callId };
}

function nameOf({ definition: { kind, name, id } }: BoundEndpoint): string {
  const [, owner, ofOwner, parameter] = (kind === 'completion' && /^completion:(\w+):(.*)#(.*)$/s.exec(id)) || [];
  return parameter === undefined ? `The ${kind} ${name}` : `The completion of ${parameter} of the ${owner} ${ofOwner}`;
}

function newIncident(): string {
  return randomBytes(4).toString('hex');
}
