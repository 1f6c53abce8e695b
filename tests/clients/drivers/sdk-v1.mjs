// The official TypeScript SDK, first generation: @modelcontextprotocol/sdk.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import {
  CreateMessageRequestSchema,
  ElicitRequestSchema,
  ListRootsRequestSchema,
  LoggingMessageNotificationSchema,
} from '@modelcontextprotocol/sdk/types.js';
import { readTask } from './report.mjs';
import { answerWith, capabilities, checkWithSdk } from './sdk-checks.mjs';

const task = readTask();
const told = { logs: [], asked: [], revision: () => revision };
const client = new Client({ name: 'interop-v1', version: '1.0.0' }, { capabilities });
client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params: { level, logger, data } }) => {
  told.logs.push({ level, logger, data });
});
const answer = answerWith(told);
client.setRequestHandler(ElicitRequestSchema, answer['elicitation/create']);
client.setRequestHandler(CreateMessageRequestSchema, answer['sampling/createMessage']);
client.setRequestHandler(ListRootsRequestSchema, answer['roots/list']);
client.call = (name, args, { wantsLog, ...options } = {}) =>
  client.callTool({ name, arguments: args }, undefined, options);
const transport =
  task.url === undefined
    ? new StdioClientTransport({ ...task.command, stderr: 'ignore' })
    : new StreamableHTTPClientTransport(new URL(task.url));
// The one place where this generation tells what was agreed.
let revision;
const tellTransport = transport.setProtocolVersion?.bind(transport);
transport.setProtocolVersion = version => {
  revision = version;
  tellTransport?.(version);
};
await client.connect(transport);
try {
  await checkWithSdk(task, client, told);
} finally {
  await client.close();
}
