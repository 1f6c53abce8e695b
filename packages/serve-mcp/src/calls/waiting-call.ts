import {
  type InputRequests,
  type InputRequiredResult,
  inputRequired,
  MissingRequiredClientCapabilityError,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import { describeOutcome, type Outcome } from '@mxcp-ts/runtime';
import type { JsonValue } from '@mxcp-ts/values';
import { capabilitiesFor } from './client-info.ts';
import type { Answers, StateOwner, StateSealer } from './sealed-state.ts';

/** What the client has answered so far, when this request goes on with a call; undefined for a new one. */
export function answersOf({ mcpReq }: ServerContext, owner: StateOwner, sealer: StateSealer): Answers | undefined {
  const state = mcpReq.requestState<unknown>();
  const { inputResponses } = mcpReq;
  if (state === undefined && inputResponses === undefined) return undefined;
  const earlier = typeof state === 'string' ? sealer.open(state, owner) : undefined;
  return { ...earlier, ...(inputResponses as Record<string, JsonValue> | undefined) };
}

/** Asks the client to call again with the answers. The SDK asks clients of 2025 in their own way, and calls again itself. */
export function waitForInput(
  { requests, answered }: Extract<Outcome, { kind: 'input-required' }>,
  owner: StateOwner,
  sealer: StateSealer,
): InputRequiredResult {
  return inputRequired({ inputRequests: asInputRequests(requests), requestState: sealer.seal(answered, owner) });
}

/** The error for a client that lacks an ability; those of 2025 have no code for it. */
export function cannotAsk(
  outcome: Extract<Outcome, { kind: 'client-cannot' }>,
  { mcpReq, sessionId, http }: ServerContext,
): ProtocolError {
  if (mcpReq.envelope === undefined) {
    const isStateless = http !== undefined && sessionId === undefined;
    const why = isStateless ? ' This server runs without sessions, so it cannot ask clients of 2025 anything.' : '';
    return new ProtocolError(ProtocolErrorCode.InvalidParams, describeOutcome(outcome) + why);
  }
  return new MissingRequiredClientCapabilityError(
    { requiredCapabilities: capabilitiesFor(outcome.abilities) },
    describeOutcome(outcome),
  );
}

function asInputRequests(requests: Extract<Outcome, { kind: 'input-required' }>['requests']): InputRequests {
  return { ...requests } as InputRequests;
}
