import {
  type CallToolResult,
  ProtocolError,
  ProtocolErrorCode,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { describeOutcome, type Outcome, type Plan } from '@mxcp-ts/runtime';
import type { JsonSchema, JsonValue } from '@mxcp-ts/values';
import type { Caller } from './caller.ts';

export interface ToolRequest {
  readonly name: string;
  readonly args: unknown;
  readonly ctx: ServerContext;
}

/** Answers `tools/call`: what the model can react to is a result, what it cannot is a protocol error. */
export async function callTool(caller: Caller, plan: Plan, server: Server, request: ToolRequest) {
  const { name, args, ctx } = request;
  const outcome = await caller.call(`tool:${name}`, args, ctx);
  const outputSchema = plan.endpoints.get(`tool:${name}`)?.outputSchema;
  // Clients of the 2025 revisions accept objects only; the SDK wraps other values as {result: ...} for them, as it does
  // with the schema in the list.
  return server.projectCallToolResult(renderOutcome(outcome, name, outputSchema), outputSchema);
}

function renderOutcome(outcome: Outcome, name: string, outputSchema: JsonSchema | undefined): CallToolResult {
  switch (outcome.kind) {
    case 'ok':
      return renderValue(outcome.value, outputSchema !== undefined);
    case 'invalid-input':
    case 'denied':
    case 'handler-failed':
    case 'invalid-output':
    case 'timed-out':
    case 'unavailable':
      return { content: [{ type: 'text', text: describeOutcome(outcome) }], isError: true };
    case 'not-found':
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool named "${name}".`);
    case 'internal':
    // A cancelled request is not answered: the SDK drops this once the client has given up.
    case 'cancelled':
      throw new ProtocolError(ProtocolErrorCode.InternalError, describeOutcome(outcome));
  }
}

function renderValue(value: JsonValue, isDeclared: boolean): CallToolResult {
  if (!isDeclared && typeof value === 'string') return { content: [{ type: 'text', text: value }] };
  // Throws for what JSON cannot express, which must never reach the SDK: it would send nothing at all.
  const text = JSON.stringify(value);
  return { content: [{ type: 'text', text }], ...(isDeclared && { structuredContent: value }) };
}
