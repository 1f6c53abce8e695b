import {
  type GetPromptResult,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { describeOutcome, type Outcome, type Plan } from '@mxcp-ts/runtime';
import type { JsonValue } from '@mxcp-ts/values';
import type { Caller } from './caller.ts';

export interface PromptRequest {
  readonly name: string;
  /** Texts, as prompts have it; reading them coerces. */
  readonly args: unknown;
  readonly ctx: ServerContext;
}

/** Answers `prompts/get`: the rendered messages, each as one text. */
export async function getPrompt(caller: Caller, plan: Plan, { name, args, ctx }: PromptRequest) {
  const outcome = await caller.call(`prompt:${name}`, args, ctx);
  const description = plan.endpoints.get(`prompt:${name}`)?.definition.description;
  return { ...(description !== undefined && { description }), messages: renderMessages(outcome, name) };
}

function renderMessages(outcome: Outcome, name: string): GetPromptResult['messages'] {
  switch (outcome.kind) {
    case 'ok':
      return Array.isArray(outcome.value) ? outcome.value.map(readMessage) : [readMessage(outcome.value)];
    case 'not-found':
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no prompt named "${name}".`);
    case 'invalid-input':
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, describeOutcome(outcome));
    case 'denied':
    case 'handler-failed':
    case 'invalid-output':
    case 'timed-out':
    case 'unavailable':
    case 'internal':
    case 'cancelled':
      throw new ProtocolError(ProtocolErrorCode.InternalError, describeOutcome(outcome));
  }
}

function readMessage(value: JsonValue): GetPromptResult['messages'][number] {
  if (value !== null && typeof value === 'object' && !Array.isArray(value)) {
    const { role, text } = value;
    if ((role === 'user' || role === 'assistant') && typeof text === 'string') {
      return { role, content: { type: 'text', text } };
    }
  }
  throw new Error('A prompt gave something other than messages.');
}
