export { createMcpHttpHandler, type McpHttpHandler } from './http/create-mcp-http-handler.ts';
export {
  type McpServeOptions,
  mcpServeDefaults,
  type ResolvedMcpServeOptions,
  resolveMcpServeOptions,
  type ServerInfo,
} from './serve-options.ts';
export { type McpStdioServer, serveMcpStdio } from './stdio/serve-mcp-stdio.ts';
