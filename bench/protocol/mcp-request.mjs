const revision = '2026-07-28';

const envelope = {
  'io.modelcontextprotocol/protocolVersion': revision,
  'io.modelcontextprotocol/clientInfo': { name: 'bench', version: '1' },
  'io.modelcontextprotocol/clientCapabilities': {},
};

/** A `tools/call` request of MCP 2026-07-28, without its id. */
export function toolCall(name, args) {
  return { jsonrpc: '2.0', method: 'tools/call', params: { name, arguments: args, _meta: envelope } };
}

/** A `tools/list` request, without its id. */
export function toolList() {
  return { jsonrpc: '2.0', method: 'tools/list', params: { _meta: envelope } };
}

/** The HTTP headers that the revision wants beside such a request. */
export function headersOf({ method, params }) {
  return {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    'mcp-protocol-version': revision,
    'mcp-method': method,
    ...(params.name !== undefined && { 'mcp-name': params.name }),
  };
}
