import type { ServerContext } from '@modelcontextprotocol/server';
import type { CallContext, ClientInfo } from '@mxcp-ts/engine';
import type { Invocation, Outcome } from '@mxcp-ts/runtime';
import { AnswerGuard, type AnswerGuardParts } from './answer-guard.ts';
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

export interface CallerParts extends AnswerGuardParts {
  readonly describe: DescribeRequest;
}

/** Invokes with what a handler may know of its caller and tell its client; whatever happens below, there is an outcome. */
export function createCaller({ describe, ...parts }: CallerParts): Caller {
  const guard = new AnswerGuard(parts);
  const run = (invocation: Invocation) => guard.invoke(invocation);
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
