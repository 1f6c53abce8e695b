import { type McpServer, WebStandardStreamableHTTPServerTransport } from '@modelcontextprotocol/server';
import { refusalResponse } from './json-rpc-error.ts';
import type { LegacyLeg } from './legacy-leg.ts';

/** One server per request, no sessions: any replica can answer. Answers are JSON, as nothing is sent before the result. */
export function createStatelessLeg(createServer: () => McpServer): LegacyLeg {
  return {
    async fetch({ request }, message) {
      if (request.method !== 'POST') {
        const headers = { allow: 'POST' };
        return refusalResponse({
          status: 405,
          code: -32_000,
          message: 'This server keeps no sessions; use POST.',
          headers,
        });
      }
      const transport = new WebStandardStreamableHTTPServerTransport({ enableJsonResponse: true });
      const product = createServer();
      await product.connect(transport);
      const end = () => void product.close();
      request.signal.addEventListener('abort', end, { once: true });
      const response = await transport.handleRequest(request, { parsedBody: message });
      end();
      return response;
    },
    async close() {},
  };
}
