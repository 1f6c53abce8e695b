import type { IncomingMessage } from 'node:http';
import { isRecord } from '../is-record.ts';
import { requestIdOf } from '../request-id.ts';
import { statelessRevision } from '../revision.ts';
import type { JsonRpcRefusal } from './json-rpc-error.ts';

const methods: ReadonlySet<unknown> = new Set(['tasks/get', 'tasks/update', 'tasks/cancel']);

/** The id of the task stands in a header too, so that balancers can route by it. Undefined when all is as it should be. */
export function checkTaskHeaders({ headers }: IncomingMessage, message: unknown): JsonRpcRefusal | undefined {
  if (headers['mcp-protocol-version'] !== statelessRevision) return undefined;
  if (!isRecord(message) || !methods.has(message['method']) || !isRecord(message['params'])) return undefined;
  const { taskId } = message['params'];
  if (typeof taskId !== 'string' || decoded(headers['mcp-name']) === taskId) return undefined;
  const problem = headers['mcp-name'] === undefined ? 'is missing' : 'differs from it';
  return {
    status: 400,
    code: -32_020,
    message: `The Mcp-Name header names the task, like params.taskId; it ${problem}.`,
    ...requestIdOf(message),
  };
}

/** What a header cannot hold as it is comes as `=?base64?…?=`, and what it can may. */
function decoded(value: string | string[] | undefined): string {
  const text = String(value ?? '');
  const encoded = /^=\?base64\?([A-Za-z0-9+/]*={0,2})\?=$/.exec(text)?.[1];
  return encoded === undefined ? text : Buffer.from(encoded, 'base64').toString();
}
