import type { IncomingMessage, ServerResponse } from 'node:http';
import type { McpServer, RequestId } from '@modelcontextprotocol/server';
import type { CallContext, ClientInfo } from '@mxcp-ts/engine';
import { type DescribeRequest, httpContext } from '../calls/describe-request.ts';
import { plainHeaders } from './exchange.narrow.ts';
import { isPlainRequest } from './plain-request.ts';
import { SharedWire } from './shared-wire.ts';

/**
 * Answers the ordinary requests of the 2026 revision through one long-lived server of the SDK. The SDK's HTTP entry
 * makes a server, a transport, a web `Response` and its stream for every request, which costs more than all the rest of
 * a call: see docs/performance.md.
 */
export interface SharedChannel {
  /**
   * Takes a request about which nothing is unusual; settles when it is answered or the client is gone. Undefined for
   * any other: the SDK's HTTP entry has to answer it, and owns all refusals.
   */
  take(req: IncomingMessage, res: ServerResponse, message: unknown): Promise<void> | undefined;
  close(): Promise<void>;
}

export interface SharedChannelParts {
  readonly createServer: (describe: DescribeRequest) => McpServer;
  /** Whether the tool exists and its schema asks for no header beside the call. */
  readonly isPlainTool: (name: string) => boolean;
}

export function createSharedChannel({ createServer, isPlainTool }: SharedChannelParts): SharedChannel {
  const wire = new SharedWire();
  const product = createServer(({ mcpReq }, client) => contextOf(mcpReq.id, client, wire));
  const connected = wire.connect(product);
  return {
    take(req, res, message) {
      if (!isPlainRequest(req, message)) return undefined;
      const { method, params } = message;
      if (method === 'tools/call' && !isPlainTool(String(params['name']))) return undefined;
      return wire.offer(message, req, res);
    },
    async close() {
      await connected;
      await product.close();
    },
  };
}

function contextOf(id: RequestId, client: ClientInfo, wire: SharedWire): CallContext {
  const exchange = wire.find(id);
  return httpContext(
    {
      requestId: exchange?.clientId ?? id,
      headers: exchange === undefined ? {} : plainHeaders(exchange.req),
      session: undefined,
    },
    client,
  );
}
