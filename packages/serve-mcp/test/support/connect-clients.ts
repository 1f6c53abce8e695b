import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { Client as ClientOf2025 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioTransportOf2025 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as HttpTransportOf2025 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import type { Transport as TransportOf2025 } from '@modelcontextprotocol/sdk/shared/transport.js';

const info = { name: 'test', version: '1.0.0' };

/** What the tests need of a client; both generations have it. */
export type AnyClient = Pick<
  Client,
  | 'listTools'
  | 'callTool'
  | 'listResources'
  | 'listResourceTemplates'
  | 'readResource'
  | 'listPrompts'
  | 'getPrompt'
  | 'complete'
  | 'setLoggingLevel'
  | 'listen'
  | 'fallbackNotificationHandler'
  | 'close'
>;

export async function connectModern(transport: Transport): Promise<Client> {
  const client = new Client(info, { versionNegotiation: { mode: { pin: '2026-07-28' } } });
  await client.connect(transport);
  return client;
}

export async function connectLegacy(transport: Transport): Promise<Client> {
  const client = new Client(info, { versionNegotiation: { mode: 'legacy' } });
  await client.connect(transport);
  return client;
}

/** A client of the 1.x SDK, which knows no `listen`. */
export async function connectOf2025(transport: TransportOf2025): Promise<AnyClient> {
  const client = new ClientOf2025(info);
  await client.connect(transport);
  const callTool = client.callTool.bind(client);
  const likeNow = Object.assign(client, {
    callTool: (params: Parameters<typeof callTool>[0], options: Parameters<typeof callTool>[2]) =>
      callTool(params, undefined, options),
  });
  // Same methods, same wire; only the generated types differ.
  return likeNow as unknown as AnyClient;
}

/** Each generation of clients over HTTP; `headers` go with every request. */
export const httpClients: Readonly<
  Record<string, (url: URL, headers?: Readonly<Record<string, string>>) => Promise<AnyClient>>
> = {
  'the 2.x client at 2026-07-28': (url, headers) =>
    connectModern(new StreamableHTTPClientTransport(url, withHeaders(headers))),
  'the 2.x client at 2025-11-25': (url, headers) =>
    connectLegacy(new StreamableHTTPClientTransport(url, withHeaders(headers))),
  'the 1.x client': (url, headers) =>
    connectOf2025(new HttpTransportOf2025(url, withHeaders(headers)) as TransportOf2025),
};

export interface ServerCommand {
  readonly command: string;
  readonly args: string[];
  readonly stderr: 'pipe';
}

/** The same clients over stdio, each with a process of its own. */
export const stdioClients: Readonly<Record<string, (command: ServerCommand) => Promise<AnyClient>>> = {
  'the 2.x client at 2026-07-28': command => connectModern(new StdioClientTransport(command)),
  'the 2.x client at 2025-11-25': command => connectLegacy(new StdioClientTransport(command)),
  'the 1.x client': command => connectOf2025(new StdioTransportOf2025(command)),
};

function withHeaders(headers: Readonly<Record<string, string>> = {}) {
  return { requestInit: { headers: { ...headers } } };
}
