import { type McpServer, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { hasProgressToken } from './asks-for-messages.ts';
import { refusalResponse } from './json-rpc-error.ts';
import type { LegacyLeg } from './legacy-leg.ts';

/** One server per request, no sessions: any replica can answer. Answers are JSON, but a call that reports progress. */
export function createStatelessLeg(createServer: () => McpServer): LegacyLeg {
  return {
    async fetch({ request, closed }, message) {
      if (request.method !== 'POST') {
        const headers = { allow: 'POST' };
        return refusalResponse({
          status: 405,
          code: -32_000,
          message: 'This server keeps no sessions; use POST.',
          headers,
        });
      }
      const isStream = hasProgressToken(message);
      const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: !isStream });
      const product = createServer();
      await product.connect(transport);
      const end = () => void product.close();
      request.signal.addEventListener('abort', end, { once: true });
      const response = await transport.handleRequest(request, { parsedBody: message });
      if (isStream) void closed.then(end);
      else end();
      return response;
    },
    announce() {},
    announceUpdate() {},
    async close() {},
  };
}
