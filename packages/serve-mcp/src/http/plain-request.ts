import type { IncomingMessage } from 'node:http';
import {
  CLIENT_CAPABILITIES_META_KEY,
  type JSONRPCRequest,
  PROTOCOL_VERSION_META_KEY,
  RELATED_TASK_META_KEY,
  type RequestId,
} from '@modelcontextprotocol/server';
import { statelessRevision } from '../revision.ts';

export interface PlainRequest extends JSONRPCRequest {
  readonly params: Record<string, unknown>;
}

/** The ordinary requests; where they name something, the parameter that `Mcp-Name` repeats. */
const nameParameters: ReadonlyMap<string, string | undefined> = new Map([
  ['tools/call', 'name'],
  ['tools/list', undefined],
  ['prompts/get', 'name'],
  ['prompts/list', undefined],
  ['resources/read', 'uri'],
  ['resources/list', undefined],
  ['resources/templates/list', undefined],
  ['completion/complete', undefined],
]);

/**
 * Whether a message is a request of the 2026 revision about which nothing is unusual: its headers repeat the body letter
 * by letter, and its envelope is there. What is inside parameters and envelope is left to the server.
 */
export function isPlainRequest({ headers }: IncomingMessage, message: unknown): message is PlainRequest {
  const method = headers['mcp-method'];
  if (headers['mcp-protocol-version'] !== statelessRevision || typeof method !== 'string') return false;
  if (!nameParameters.has(method) || !isRequestOf(method, message)) return false;
  const { params } = message;
  const nameParameter = nameParameters.get(method);
  // An encoded name is not the name.
  if (nameParameter !== undefined && (params[nameParameter] ?? null) !== headers['mcp-name']) return false;
  const meta = params['_meta'];
  return (
    isRecord(meta) &&
    meta[PROTOCOL_VERSION_META_KEY] === statelessRevision &&
    isRecord(meta[CLIENT_CAPABILITIES_META_KEY]) &&
    (meta['progressToken'] === undefined || isRequestId(meta['progressToken'])) &&
    meta[RELATED_TASK_META_KEY] === undefined
  );
}

function isRequestOf(method: string, message: unknown): message is PlainRequest {
  return (
    isRecord(message) &&
    message['jsonrpc'] === '2.0' &&
    message['method'] === method &&
    isRequestId(message['id']) &&
    isRecord(message['params']) &&
    Object.keys(message).length === 4
  );
}

function isRequestId(id: unknown): id is RequestId {
  return typeof id === 'string' || Number.isSafeInteger(id);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}
