import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';

/** From now on the transport sends messages without what the SDK adds to them and no client should get. */
export function trimMessages(transport: Transport): void {
  const send = transport.send.bind(transport);
  transport.send = (message, options) => send(trimmed(message), options);
}

function trimmed(message: JSONRPCMessage): JSONRPCMessage {
  if ('method' in message) return withoutReason(message);
  return 'result' in message && message.result['resultType'] === 'task' ? withoutContent(message) : message;
}

/** The SDK takes the empty `content` of a tool's result to a task too. */
function withoutContent(message: Extract<JSONRPCMessage, { result: unknown }>): JSONRPCMessage {
  const { content: _added, ...result } = message.result;
  return { ...message, result };
}

/** When one of several questions to the client fails, the SDK cancels the others with the text of its exception as the reason. */
function withoutReason(message: Extract<JSONRPCMessage, { method: string }>): JSONRPCMessage {
  if (message.method !== 'notifications/cancelled' || message.params === undefined) return message;
  const { reason: _exception, ...params } = message.params;
  return { ...message, params };
}
