import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { ServedRuntime } from '@mxcp-ts/runtime';
import { createMcpHttpHandler, type McpHttpHandler, type McpServeOptions } from '../../src/index.ts';

export interface HttpUnderTest {
  readonly url: URL;
  readonly handler: McpHttpHandler;
  /** Streams that clients of 2025 have open to hear what belongs to no request. */
  openStreams(): number;
  close(): Promise<void>;
}

/** The handler behind a plain server of node:http, on a free port. */
export async function serveOverHttp(
  runtime: ServedRuntime,
  options: Partial<McpServeOptions> = {},
): Promise<HttpUnderTest> {
  const serverInfo = { name: 'flights', version: '1.2.3' };
  const handler = createMcpHttpHandler(runtime, { serverInfo, log: () => {}, ...options });
  let streams = 0;
  const server = createServer((req, res) => {
    if (req.method === 'GET') {
      streams += 1;
      res.once('close', () => {
        streams -= 1;
      });
    }
    void handler.handle(req, res);
  });
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: new URL(`http://127.0.0.1:${port}/mcp`),
    handler,
    openStreams: () => streams,
    async close() {
      await handler.close();
      server.closeAllConnections();
      await new Promise(resolve => server.close(resolve));
    },
  };
}
