// The official TypeScript SDK, second generation: @modelcontextprotocol/client, in either era.
import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { readTask } from './report.mjs';
import { answerWith, capabilities, checkWithSdk } from './sdk-checks.mjs';

const task = readTask();
const told = { logs: [], asked: [], revision: () => client.getNegotiatedProtocolVersion() };
const mode = task.era === '2026' ? { pin: '2026-07-28' } : 'legacy';
const client = new Client({ name: 'interop-v2', version: '1.0.0' }, { versionNegotiation: { mode }, capabilities });
client.setNotificationHandler('notifications/message', ({ params: { level, logger, data } }) => {
  told.logs.push({ level, logger, data });
});
for (const [method, answer] of Object.entries(answerWith(told))) client.setRequestHandler(method, answer);
client.call = (name, args, { wantsLog = false, ...options } = {}) => {
  // Clients of 2026 ask for messages call by call.
  const meta = wantsLog ? { _meta: { 'io.modelcontextprotocol/logLevel': 'info' } } : {};
  return client.callTool({ name, arguments: args, ...meta }, options);
};
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
