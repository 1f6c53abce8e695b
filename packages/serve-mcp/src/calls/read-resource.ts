import {
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  type ServerContext,
  type TextResourceContents,
} from '@modelcontextprotocol/server';
import { describeOutcome, type Outcome } from '@mxcp-ts/runtime';
import type { JsonValue } from '@mxcp-ts/values';
import type { Catalog } from '../catalog/catalog.ts';
import type { Caller } from './caller.ts';

/** Answers `resources/read`. A resource has no way to report a failure in its content, so each is a protocol error. */
export async function readResource(caller: Caller, catalog: Catalog, uri: string, ctx: ServerContext) {
  const found = findResource(catalog, uri);
  if (found === undefined) throw new ResourceNotFoundError(uri);
  const outcome = await caller.call(found.endpoint, found.args, ctx);
  return { contents: [renderContents(outcome, uri, found.mimeType)] };
}

interface FoundResource {
  readonly endpoint: string;
  readonly args: Readonly<Record<string, string>>;
  readonly mimeType: string | undefined;
}

function findResource({ plan, templated }: Catalog, uri: string): FoundResource | undefined {
  const exact = plan.endpoints.get(`resource:${uri}`)?.definition;
  if (exact?.kind === 'resource' && exact.template === undefined) {
    return { endpoint: exact.id, args: {}, mimeType: exact.mimeType };
  }
  for (const { definition } of templated) {
    const args = definition.template?.match(uri);
    if (args !== undefined) return { endpoint: definition.id, args, mimeType: definition.mimeType };
  }
  return undefined;
}

function renderContents(outcome: Outcome, uri: string, mimeType: string | undefined): TextResourceContents {
  switch (outcome.kind) {
    case 'ok':
      return renderText(outcome.value, uri, mimeType);
    case 'not-found':
      throw new ResourceNotFoundError(uri);
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

function renderText(value: JsonValue, uri: string, mimeType: string | undefined): TextResourceContents {
  if (typeof value === 'string') return { uri, mimeType: mimeType ?? 'text/plain', text: value };
  return { uri, mimeType: mimeType ?? 'application/json', text: JSON.stringify(value) };
}
