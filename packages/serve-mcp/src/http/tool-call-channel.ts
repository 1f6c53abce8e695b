import type { IncomingMessage, ServerResponse } from 'node:http';
import {
  classifyInboundRequest,
  type JSONRPCRequest,
  type McpServer,
  type RequestId,
} from '@modelcontextprotocol/server';
import { serveStdio } from '@modelcontextprotocol/server/stdio';
import type { CallContext, ClientInfo, Log } from '@mxcp-ts/engine';
import { type DescribeRequest, httpContext } from '../calls/describe-request.ts';
import { asksForMessages } from './asks-for-messages.ts';
import { plainHeaders } from './exchange.narrow.ts';
import { SharedWire } from './shared-wire.ts';

const revision = '2026-07-28';

/**
 * Answers ordinary tool calls of the 2026 revision through one long-lived server of the SDK, as over a pipe. The SDK's
 * HTTP entry makes a server, a transport, a web `Response` and its stream for every request, which costs more than all
 * the rest of a call: see docs/performance.md.
 */
export interface ToolCallChannel {
  /**
   * Takes a request about which nothing is unusual; settles when it is answered or the client is gone. Undefined for
   * any other: the SDK's HTTP entry has to answer it, and owns all refusals.
   */
  take(req: IncomingMessage, res: ServerResponse, message: unknown): Promise<void> | undefined;
  close(): Promise<void>;
}

export interface ToolCallChannelParts {
  readonly createServer: (describe: DescribeRequest) => McpServer;
  /** Whether the tool exists and its schema asks for no header beside the call. */
  readonly isPlainTool: (name: string) => boolean;
  readonly log: Log;
}

export function createToolCallChannel({ createServer, isPlainTool, log }: ToolCallChannelParts): ToolCallChannel {
  let wire: SharedWire | undefined;
  let connection: ReturnType<typeof serveStdio> | undefined;
  const open = () => {
    const opened = new SharedWire();
    connection = serveStdio(() => createServer(({ mcpReq }, client) => contextOf(mcpReq.id, opened, client)), {
      transport: opened,
      legacy: 'reject',
      onerror: error => log('debug', `MCP: ${error.message}`),
    });
    return opened;
  };
  return {
    take(req, res, message) {
      if (!isPlainToolCall(req, message, isPlainTool)) return undefined;
      wire ??= open();
      return wire.answer(message, req, res);
    },
    async close() {
      await connection?.close();
    },
  };
}

function contextOf(id: RequestId, wire: SharedWire, client: ClientInfo): CallContext {
  const exchange = wire.find(id);
  return httpContext(
    {
      requestId: exchange?.clientId ?? id,
      headers: () => (exchange === undefined ? {} : plainHeaders(exchange.req)),
      session: undefined,
    },
    client,
  );
}

function isPlainToolCall(
  { headers }: IncomingMessage,
  message: unknown,
  isPlainTool: (name: string) => boolean,
): message is JSONRPCRequest {
  const name = headers['mcp-name'];
  if (headers['mcp-protocol-version'] !== revision || headers['mcp-method'] !== 'tools/call') return false;
  // An encoded name is no tool's name.
  if (typeof name !== 'string' || !isPlainTool(name)) return false;
  const route = classifyInboundRequest({
    httpMethod: 'POST',
    protocolVersionHeader: revision,
    mcpMethodHeader: 'tools/call',
    mcpNameHeader: name,
    body: message,
  });
  if (route.kind !== 'modern' || route.messageKind !== 'request') return false;
  const { method, params } = route.message;
  // Only the HTTP entry has a stream for what comes before an answer.
  if (asksForMessages(route.message)) return false;
  return route.classification.revision === revision && method === 'tools/call' && params?.['name'] === name;
}
