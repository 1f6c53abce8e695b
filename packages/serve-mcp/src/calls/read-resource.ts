import {
  type InputRequiredResult,
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
  ResourceNotFoundError,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { ClientInfo } from '@mxcp-ts/engine';
import type { ResourceDefinition } from '@mxcp-ts/project';
import { describeOutcome, type Outcome } from '@mxcp-ts/runtime';
import type { Catalog } from '../catalog/catalog.ts';
import type { Caller } from './caller.ts';
import type { MediaPlaces } from './media-places.ts';
import { failureOf } from './protocol-failure.ts';
import { renderContents } from './render-contents.ts';
import type { StateSealer } from './sealed-state.ts';
import { answersOf, cannotAsk, waitForInput } from './waiting-call.ts';

export interface ResourceParts {
  readonly caller: Caller;
  readonly catalog: Catalog;
  readonly sealer: StateSealer;
}

export interface ResourceRequest {
  readonly uri: string;
  readonly client: ClientInfo;
  readonly ctx: ServerContext;
}

/** Answers `resources/read`. A resource has no way to report a failure in its content, so each is a protocol error. */
export async function readResource(
  { caller, catalog, sealer }: ResourceParts,
  { uri, client, ctx }: ResourceRequest,
): Promise<ReadResourceResult | InputRequiredResult> {
  const found = findResource(catalog, uri);
  if (found === undefined) throw new ResourceNotFoundError(uri);
  const { definition, args } = found;
  const owner = { endpoint: definition.id, args, context: caller.describe(ctx, client) };
  const outcome = await caller.call({ ...owner, ctx, answers: answersOf(ctx, owner, sealer) });
  if (outcome.kind === 'input-required') return waitForInput(outcome, owner, sealer);
  if (outcome.kind === 'client-cannot') throw cannotAsk(outcome, ctx);
  const contents = renderOutcome(outcome, uri, definition, catalog.media.get(definition.id));
  return { ...contents, ...cacheHintOf(definition, ctx) };
}

export interface FoundResource {
  readonly definition: ResourceDefinition;
  readonly args: Readonly<Record<string, string>>;
}

/** The resource that a URI names: one with exactly this URI, or the first template that it fits. */
export function findResource({ plan, templated }: Catalog, uri: string): FoundResource | undefined {
  const exact = plan.endpoints.get(`resource:${uri}`)?.definition;
  if (exact?.kind === 'resource' && exact.template === undefined) return { definition: exact, args: {} };
  for (const { definition } of templated) {
    const args = definition.template?.match(uri);
    if (args !== undefined) return { definition, args };
  }
  return undefined;
}

function renderOutcome(
  outcome: Exclude<Outcome, { kind: 'input-required' | 'client-cannot' }>,
  uri: string,
  { mimeType }: ResourceDefinition,
  media: MediaPlaces | undefined,
): ReadResourceResult {
  switch (outcome.kind) {
    case 'ok':
      return renderContents(outcome, uri, mimeType, media);
    case 'not-found':
      throw new ResourceNotFoundError(uri);
    case 'invalid-input':
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, describeOutcome(outcome));
    default:
      throw failureOf(outcome);
  }
}

/** For clients of 2026: others do not know it, and the SDK would pass it on. */
function cacheHintOf({ cache }: ResourceDefinition, { mcpReq }: ServerContext) {
  return cache === undefined || mcpReq.envelope === undefined ? {} : { ttlMs: cache.ttlMs, cacheScope: cache.scope };
}
