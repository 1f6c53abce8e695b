import {
  type CallToolResult,
  type InputRequiredResult,
  ProtocolError,
  ProtocolErrorCode,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { ClientInfo } from '@mxcp-ts/engine';
import { describeOutcome, type Outcome } from '@mxcp-ts/runtime';
import type { Catalog } from '../catalog/catalog.ts';
import type { Caller } from './caller.ts';
import { renderToolResult, type ToolPromise } from './render-tool-result.ts';
import type { StateSealer } from './sealed-state.ts';
import { answersOf, cannotAsk, waitForInput } from './waiting-call.ts';

export interface ToolRequest {
  readonly name: string;
  readonly args: unknown;
  readonly client: ClientInfo;
  readonly ctx: ServerContext;
}

export interface ToolParts {
  readonly caller: Caller;
  readonly catalog: Catalog;
  readonly sealer: StateSealer;
  readonly server: Server;
}

/** Answers `tools/call`: what the model can react to is a result, what it cannot is a protocol error. */
export async function callTool(
  { caller, catalog, sealer, server }: ToolParts,
  { name, args, client, ctx }: ToolRequest,
): Promise<CallToolResult | InputRequiredResult> {
  const endpoint = `tool:${name}`;
  const owner = { endpoint, args, context: caller.describe(ctx, client) };
  const outcome = await caller.call({ ...owner, ctx, answers: answersOf(ctx, owner, sealer) });
  if (outcome.kind === 'input-required') return waitForInput(outcome, owner, sealer);
  if (outcome.kind === 'client-cannot') throw cannotAsk(outcome, ctx);
  const result = renderOutcome(outcome, name, catalog.promises.get(name));
  // Clients of the 2025 revisions accept objects only; the SDK wraps other values as {result: ...} for them, as it does
  // with the schema in the list.
  return server.projectCallToolResult(result, catalog.plan.endpoints.get(endpoint)?.outputSchema);
}

/** @throws ProtocolError for what is no result of the tool */
export function renderOutcome(
  outcome: Exclude<Outcome, { kind: 'input-required' | 'client-cannot' }>,
  name: string,
  promise: ToolPromise | undefined,
): CallToolResult {
  switch (outcome.kind) {
    case 'ok':
      return renderToolResult(outcome, promise);
    case 'handler-failed':
      if (outcome.protocolCode !== undefined) throw new ProtocolError(outcome.protocolCode, outcome.message);
      return failedResult(outcome);
    case 'invalid-input':
    case 'denied':
    case 'invalid-output':
    case 'timed-out':
    case 'unavailable':
      return failedResult(outcome);
    case 'not-found':
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool named "${name}".`);
    case 'internal':
    // A cancelled request is not answered: the SDK drops this once the client has given up.
    case 'cancelled':
      throw new ProtocolError(ProtocolErrorCode.InternalError, describeOutcome(outcome));
  }
}

function failedResult(outcome: Exclude<Outcome, { kind: 'ok' }>): CallToolResult {
  return { content: [{ type: 'text', text: describeOutcome(outcome) }], isError: true };
}
