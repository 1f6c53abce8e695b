import { randomBytes } from 'node:crypto';
import type { HandlerFailure, HandlerResult, Log } from '@mxcp-ts/engine';
import type { JsonObject } from '@mxcp-ts/values';
import { type Ending, startDeadline } from './deadline.ts';
import { type Invocation, silentClient } from './invocation.ts';
import type { Outcome } from './outcome.ts';
import type { BoundEndpoint } from './plan.ts';

export interface InvokeContext {
  readonly log: Log;
  /** Unique among running calls. */
  readonly callId: string;
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
    const result = await runHandler(endpoint, args.value, invocation, context);
    if (result.kind !== 'ok') return outcomeOfFailure(result, endpoint, context);
    const shaped = endpoint.shapeResult(result.value, result.exactNumbers, {
      isUnchecked: invocation.isResultUnchecked === true,
    });
    if (!shaped.ok) return invalidOutput(shaped.problems, endpoint, context);
    return { kind: 'ok', value: shaped.value };
  } catch (defect) {
    return internalError(defect, endpoint, context);
  }
}

async function runHandler(
  endpoint: BoundEndpoint,
  args: JsonObject,
  invocation: Invocation,
  context: InvokeContext,
): Promise<HandlerResult | Ending> {
  const deadline = startDeadline(endpoint.timeoutMs, invocation.signal);
  try {
    // The caller is answered the moment the call ends, whether or not the handler has noticed yet.
    return await Promise.race([
      endpoint.handler({
        id: context.callId,
        args,
        signal: deadline.signal,
        context: invocation.context,
        client: invocation.client ?? silentClient,
      }),
      deadline.ending,
    ]);
  } finally {
    deadline.clear();
  }
}

function outcomeOfFailure(
  result: Exclude<HandlerResult, { kind: 'ok' }> | Ending,
  endpoint: BoundEndpoint,
  context: InvokeContext,
): Outcome {
  switch (result.kind) {
    case 'failed':
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

function nameOf({ definition }: BoundEndpoint): string {
  return `The ${definition.kind} ${definition.name}`;
}

function newIncident(): string {
  return randomBytes(4).toString('hex');
}
