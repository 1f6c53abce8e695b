// The SDK's documented server with one tool: node documented-sdk.mjs http PORT | stdio
import { createServer } from 'node:http';
import { toNodeHandler } from '@modelcontextprotocol/node';
import { createMcpHandler, McpServer } from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import * as z from 'zod/v4';

const [transport, port] = process.argv.slice(2);

function createEchoServer() {
  const server = new McpServer({ name: 'bench', version: '1.0.0' });
  server.registerTool(
    'echo',
    { description: 'Gives the text back.', inputSchema: z.object({ text: z.string() }) },
    async ({ text }) => ({ content: [{ type: 'text', text }] }),
  );
  return server;
}

if (transport === 'stdio') serveStdio(createEchoServer);
else createServer(toNodeHandler(createMcpHandler(createEchoServer))).listen(Number(port), '127.0.0.1');
