// The official TypeScript SDK, first generation: @modelcontextprotocol/sdk.
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { LoggingMessageNotificationSchema } from '@modelcontextprotocol/sdk/types.js';
import { readTask } from './report.mjs';
import { checkWithSdk } from './sdk-checks.mjs';

const task = readTask();
const told = { logs: [] };
const client = new Client({ name: 'interop-v1', version: '1.0.0' });
client.setNotificationHandler(LoggingMessageNotificationSchema, ({ params: { level, logger, data } }) => {
  told.logs.push({ level, logger, data });
});
client.call = (name, args, { wantsLog, ...options } = {}) =>
  client.callTool({ name, arguments: args }, undefined, options);
await client.connect(
  task.url === undefined
    ? new StdioClientTransport({ ...task.command, stderr: 'ignore' })
    : new StreamableHTTPClientTransport(new URL(task.url)),
);
try {
  await checkWithSdk(task, client, told);
} finally {
  await client.close();
}
