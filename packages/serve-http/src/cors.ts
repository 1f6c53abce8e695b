import type { IncomingMessage, ServerResponse } from 'node:http';

const allowedHeaders = [
  'Accept',
  'Authorization',
  'Content-Type',
  'Last-Event-ID',
  'MCP-Protocol-Version',
  'Mcp-Method',
  'Mcp-Name',
  'Mcp-Session-Id',
];

/** Lets the script of an allowed page read the answer. */
export function setCorsHeaders(res: ServerResponse, origin: string): void {
  res.setHeader('Access-Control-Allow-Origin', origin);
  res.setHeader('Vary', 'Origin');
  res.setHeader('Access-Control-Expose-Headers', 'Mcp-Session-Id, MCP-Protocol-Version, Retry-After');
}

/** Answers the question a browser asks before it sends the request of an allowed page. */
export function answerPreflight(req: IncomingMessage, res: ServerResponse): void {
  const requested = String(req.headers['access-control-request-headers'] ?? '').split(',');
  // Clients of the 2026 revision repeat parameters in headers whose names the tools choose.
  const ofParameters = requested.map(name => name.trim()).filter(name => /^mcp-param-[\w-]+$/i.test(name));
  res.writeHead(204, {
    'Access-Control-Allow-Methods': 'GET, POST, DELETE, OPTIONS',
    'Access-Control-Allow-Headers': [...allowedHeaders, ...ofParameters].join(', '),
    'Access-Control-Max-Age': '600',
  });
  res.end();
}
