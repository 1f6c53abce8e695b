import type { JSONRPCMessage, Transport } from '@modelcontextprotocol/server';
import { expect, test } from 'vitest';
import { trimMessages } from '../src/trim-messages.ts';

async function sentFor(message: JSONRPCMessage): Promise<unknown> {
  const sent: unknown[] = [];
  const transport: Transport = {
    start: async () => {},
    close: async () => {},
    send: async each => void sent.push(each),
  };
  trimMessages(transport);
  await transport.send(message);
  return sent;
}

const message = (rest: object) => ({ jsonrpc: '2.0', ...rest }) as JSONRPCMessage;

test('a task goes without content, any other result with it', async () => {
  const task = message({ id: 1, result: { resultType: 'task', taskId: 'a', content: [] } });
  expect(await sentFor(task)).toEqual([message({ id: 1, result: { resultType: 'task', taskId: 'a' } })]);
  const result = message({ id: 1, result: { resultType: 'complete', content: [] } });
  expect(await sentFor(result)).toEqual([result]);
});

test('a question that is cancelled gives no reason, which would be the text of an exception', async () => {
  const cancelled = { method: 'notifications/cancelled', params: { requestId: 2, reason: 'SdkError: Invalid result' } };
  expect(await sentFor(message(cancelled))).toEqual([message({ ...cancelled, params: { requestId: 2 } })]);
  const other = message({ method: 'notifications/message', params: { level: 'info', data: 1, reason: 'kept' } });
  expect(await sentFor(other)).toEqual([other]);
});
