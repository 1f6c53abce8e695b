import { type JSONRPCMessage, SERVER_INFO_META_KEY, type Transport } from '@modelcontextprotocol/server';

type ResultMessage = Extract<JSONRPCMessage, { result: unknown }>;

/** From now on the transport sends messages without what the SDK adds to them and no client should get. */
export function trimMessages(transport: Transport): void {
  const send = transport.send.bind(transport);
  transport.send = (message, options) => send(trimmed(message), options);
}

function trimmed(message: JSONRPCMessage): JSONRPCMessage {
  if ('method' in message) return withoutReason(message);
  if (!('result' in message)) return message;
  const named = withoutPortrait(message);
  return named.result['resultType'] === 'task' ? withoutContent(named) : named;
}

/**
 * The SDK puts all that the server says of itself into every result of 2026, icons included, which may be larger than the
 * result. Clients learn it from `server/discover`.
 */
function withoutPortrait(message: ResultMessage): ResultMessage {
  const { _meta: meta, supportedVersions } = message.result;
  const info = meta?.[SERVER_INFO_META_KEY];
  if (!isPortrait(info) || supportedVersions !== undefined) return message;
  const { name, version } = info;
  return { ...message, result: { ...message.result, _meta: { ...meta, [SERVER_INFO_META_KEY]: { name, version } } } };
}

function isPortrait(info: unknown): info is { readonly name: unknown; readonly version: unknown } {
  return typeof info === 'object' && info !== null && ('icons' in info || 'description' in info);
}

/** The SDK takes the empty `content` of a tool's result to a task too. */
function withoutContent(message: ResultMessage): JSONRPCMessage {
  const { content: _added, ...result } = message.result;
  return { ...message, result };
}

/** When one of several questions to the client fails, the SDK cancels the others with the text of its exception as the reason. */
function withoutReason(message: Extract<JSONRPCMessage, { method: string }>): JSONRPCMessage {
  if (message.method !== 'notifications/cancelled' || message.params === undefined) return message;
  const { reason: _exception, ...params } = message.params;
  return { ...message, params };
}
