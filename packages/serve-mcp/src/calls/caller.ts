import { randomBytes } from 'node:crypto';
import type { ServerContext } from '@modelcontextprotocol/server';
import type { CallContext, ClientInfo, Log } from '@mxcp-ts/engine';
import type { Invocation, Outcome, ServedRuntime } from '@mxcp-ts/runtime';
import type { ActiveCalls } from './active-calls.ts';
import { openCallChannel } from './client-channel.ts';
import type { DescribeRequest } from './describe-request.ts';
import type { Answers } from './sealed-state.ts';

/** Runs endpoints on behalf of the clients of one transport. */
export interface Caller {
  /** Who sends a request, and how it came in. */
  describe(ctx: ServerContext, client: ClientInfo): CallContext;
  /** One call for one request: cancelled with it, its messages go to where the answer goes. */
  call(request: CallRequest): Promise<Outcome>;
  /** A call of which no request waits for the outcome. */
  run(invocation: Invocation): Promise<Outcome>;
}

export interface CallRequest {
  readonly endpoint: string;
  readonly args: unknown;
  readonly context: CallContext;
  readonly answers: Answers | undefined;
  /** @see Invocation.isPreflight */
  readonly isPreflight?: boolean;
  readonly ctx: ServerContext;
}

export interface CallerParts {
  readonly runtime: ServedRuntime;
  readonly describe: DescribeRequest;
  readonly active: ActiveCalls;
  readonly answerGraceMs: number;
  readonly log: Log;
}

/** Invokes with what a handler may know of its caller and tell its client; whatever happens below, there is an outcome. */
export function createCaller({ describe, active, ...parts }: CallerParts): Caller {
  const run = (invocation: Invocation) =>
    active.during(async () => {
      try {
        return await invokeInTime(invocation, parts);
      } catch (defect) {
        const details = defect instanceof Error ? (defect.stack ?? defect.message) : String(defect);
        return internal(invocation.endpoint, details, parts.log);
      }
    });
  return {
    describe,
    run,
    async call({ endpoint, args, context, answers, isPreflight, ctx: { mcpReq } }) {
      const channel = openCallChannel(mcpReq, endpoint, parts.log);
      const { signal } = mcpReq;
      const more = { ...(answers !== undefined && { answers }), ...(isPreflight === true && { isPreflight }) };
      if (channel === undefined) return run({ endpoint, args, context, signal, ...more });
      return run({ endpoint, args, context, signal, client: channel.client, ...more }).finally(() => channel.end());
    },
  };
}

/**
 * The last resort: a call has an outcome soon after its deadline. The SDK has no timeout of its own, so a promise that
 * never settles would leave the client waiting for ever.
 */
async function invokeInTime(
  invocation: Invocation,
  { runtime, answerGraceMs, log }: Pick<CallerParts, 'runtime' | 'answerGraceMs' | 'log'>,
): Promise<Outcome> {
  const { endpoint } = invocation;
  const outcome = runtime.invoke(invocation);
  for (;;) {
    const { plan } = runtime;
    const guard = startGuard((plan.endpoints.get(endpoint)?.timeoutMs ?? 0) + answerGraceMs);
    const first = await Promise.race([outcome, guard.overdue]).finally(() => guard.clear());
    if (first !== undefined) return first;
    // A reload may hold calls back until the database is open again; their time starts after that.
    const wasHeld = runtime.plan !== plan || !runtime.readiness().ready;
    if (!wasHeld) return internal(endpoint, `No outcome ${answerGraceMs} ms after the deadline.`, log);
  }
}

function startGuard(delayMs: number): { readonly overdue: Promise<undefined>; clear(): void } {
  let timer: NodeJS.Timeout | undefined;
  const overdue = new Promise<undefined>(resolve => {
    timer = setTimeout(() => resolve(undefined), delayMs);
  });
  return { overdue, clear: () => clearTimeout(timer) };
}

function internal(endpoint: string, details: string, log: Log): Outcome {
  const incident = randomBytes(4).toString('hex');
  log('error', `Internal error (incident ${incident}). ${details}`, { endpoint });
  return { kind: 'internal', incident };
}
