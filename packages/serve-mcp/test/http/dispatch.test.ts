import { InMemoryTransport, type JSONRPCRequest, McpServer, Server } from '@modelcontextprotocol/server';
import { expect, test } from 'vitest';
import { dispatchOf } from '../../src/http/dispatch.narrow.ts';

const ping: JSONRPCRequest = { jsonrpc: '2.0', id: 1, method: 'ping' };

test('the SDK has the method that takes a request past its guards', () => {
  expect(Reflect.get(Server.prototype, '_onrequest')).toBeTypeOf('function');
});

test('without it a request goes the way of every message', () => {
  const [near] = InMemoryTransport.createLinkedPair();
  const received: unknown[] = [];
  near.onmessage = message => void received.push(message);
  const { server } = new McpServer({ name: 'test', version: '1.0.0' });
  Object.defineProperty(server, '_onrequest', { value: undefined });
  dispatchOf(server, near)(ping, {});
  expect(received).toEqual([ping]);
});
