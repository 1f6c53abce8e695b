import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';

/** From now on the transport sends a task without the empty `content` that the SDK adds to whatever a tool answers. */
export function sendBareTasks(transport: Transport): void {
  const send = transport.send.bind(transport);
  transport.send = (message, options) => send(bareTask(message), options);
}

function bareTask(message: JSONRPCMessage): JSONRPCMessage {
  if (!('result' in message) || message.result['resultType'] !== 'task') return message;
  const { content: _added, ...result } = message.result;
  return { ...message, result };
}
