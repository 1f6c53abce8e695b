import {
  type CallToolResult,
  type InputRequiredResult,
  ProtocolError,
  ProtocolErrorCode,
  type Server,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { ClientInfo } from '@mxcp-ts/engine';
import type { ToolDefinition } from '@mxcp-ts/project';
import { describeOutcome, type Outcome } from '@mxcp-ts/runtime';
import type { Catalog } from '../catalog/catalog.ts';
import { knowsTasks, needsTasks, type Tasks } from '../tasks/tasks.ts';
import type { Caller } from './caller.ts';
import { renderToolResult, type ToolPromise } from './render-tool-result.ts';
import type { StateOwner, StateSealer } from './sealed-state.ts';
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
  readonly tasks: Tasks;
}

/** Answers `tools/call`: what the model can react to is a result, what it cannot is a protocol error. */
export async function callTool(parts: ToolParts, request: ToolRequest): Promise<CallToolResult | InputRequiredResult> {
  const { caller, catalog, sealer, server } = parts;
  const { name, args, client, ctx } = request;
  const tool = catalog.plan.endpoints.get(`tool:${name}`);
  const owner = { endpoint: `tool:${name}`, args, context: caller.describe(ctx, client) };
  if (tool?.definition.kind === 'tool' && tool.definition.task !== undefined) {
    if (knowsTasks(ctx)) return startTask(tool.definition, owner, parts, ctx);
    if (tool.definition.task === 'required')
      throw needsTasks(ctx, `The tool ${name} runs as a task only, and this client declares no tasks.`);
  }
  const outcome = await caller.call({ ...owner, ctx, answers: answersOf(ctx, owner, sealer) });
  if (outcome.kind === 'input-required') return waitForInput(outcome, owner, sealer);
  if (outcome.kind === 'client-cannot') throw cannotAsk(outcome, ctx);
  const result = renderOutcome(outcome, name, catalog.promises.get(name));
  // Clients of the 2025 revisions accept objects only; the SDK wraps other values as {result: ...} for them, as it does
  // with the schema in the list.
  return server.projectCallToolResult(result, tool?.outputSchema);
}

/** Makes a task of a call, once its arguments are known to be good and the question of its `elicit` block is answered. */
async function startTask(
  { name, annotations }: ToolDefinition,
  owner: StateOwner,
  { caller, catalog, sealer, tasks }: ToolParts,
  ctx: ServerContext,
): Promise<CallToolResult | InputRequiredResult> {
  const answers = answersOf(ctx, owner, sealer);
  const outcome = await caller.call({ ...owner, ctx, answers, isPreflight: true });
  if (outcome.kind === 'input-required') return waitForInput(outcome, owner, sealer);
  if (outcome.kind === 'client-cannot') throw cannotAsk(outcome, ctx);
  if (outcome.kind !== 'ok') return renderOutcome(outcome, name, undefined);
  const render = (ended: Parameters<typeof renderOutcome>[0]) => renderOutcome(ended, name, catalog.promises.get(name));
  const isRepeatable = annotations?.readOnlyHint === true || annotations?.idempotentHint === true;
  const started = tasks.start({ ...owner, answers, isRepeatable, render }, caller);
  return started ?? failed('The server keeps as many tasks as it may. Try again later.');
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
    case 'invalid-input':
    case 'denied':
    case 'handler-failed':
    case 'invalid-output':
    case 'timed-out':
    case 'unavailable':
      return failed(describeOutcome(outcome));
    case 'not-found':
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, `There is no tool named "${name}".`);
    case 'internal':
    // A cancelled request is not answered: the SDK drops this once the client has given up.
    case 'cancelled':
      throw new ProtocolError(ProtocolErrorCode.InternalError, describeOutcome(outcome));
  }
}

function failed(text: string): CallToolResult {
  return { content: [{ type: 'text', text }], isError: true };
}
