import type { JSONRPCMessage, JSONRPCRequest, MessageExtraInfo, Server, Transport } from '@modelcontextprotocol/server';

/** Hands a message to a server of the SDK. */
export type Dispatch = (request: JSONRPCRequest, extra: MessageExtraInfo) => void;

/**
 * Hands over what is known to be a request, past the SDK's guards that ask of every message whether it is a result, an
 * error or a request. They cost as much as all the rest the SDK does, for a guard that says no builds an object with
 * accessors, for which V8 makes hidden classes every time. The method is private: without it, messages take the usual way.
 */
export function dispatchOf(server: Server, transport: Transport): Dispatch {
  const dispatch: unknown = Reflect.get(server, '_onrequest');
  if (typeof dispatch === 'function') return (request, extra) => void dispatch.call(server, request, extra);
  return (request: JSONRPCMessage, extra) => transport.onmessage?.(request, extra);
}
