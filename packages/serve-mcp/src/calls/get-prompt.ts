import {
  type GetPromptResult,
  type InputRequiredResult,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { ClientInfo } from '@mxcp-ts/engine';
import { describeOutcome, type Outcome, type Plan } from '@mxcp-ts/runtime';
import type { Caller } from './caller.ts';
import { failureOf } from './protocol-failure.ts';
import { renderMessages } from './render-messages.ts';
import type { StateSealer } from './sealed-state.ts';
import { answersOf, cannotAsk, waitForInput } from './waiting-call.ts';

export interface PromptRequest {
  readonly name: string;
  /** Texts, as prompts have it; reading them coerces. */
  readonly args: unknown;
  readonly client: ClientInfo;
  readonly ctx: ServerContext;
}

export interface PromptParts {
  readonly caller: Caller;
  readonly plan: Plan;
  readonly sealer: StateSealer;
}

/** Answers `prompts/get`. */
export async function getPrompt(
  { caller, plan, sealer }: PromptParts,
  { name, args, client, ctx }: PromptRequest,
): Promise<GetPromptResult | InputRequiredResult> {
  const endpoint = `prompt:${name}`;
  const owner = { endpoint, args, context: caller.describe(ctx, client) };
  const outcome = await caller.call({ ...owner, ctx, answers: answersOf(ctx, owner, sealer) });
  if (outcome.kind === 'input-required') return waitForInput(outcome, owner, sealer);
  if (outcome.kind === 'client-cannot') throw cannotAsk(outcome, ctx);
  const description = plan.endpoints.get(endpoint)?.definition.description;
  return { ...(description !== undefined && { description }), ...renderOutcome(outcome, name) };
}

function renderOutcome(outcome: Exclude<Outcome, { kind: 'input-required' | 'client-cannot' }>, name: string) {
  switch (outcome.kind) {
    case 'ok':
      return renderMessages(outcome);
    case 'not-found':
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no prompt named "${name}".`);
    case 'invalid-input':
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, describeOutcome(outcome));
    default:
      throw failureOf(outcome);
  }
}
