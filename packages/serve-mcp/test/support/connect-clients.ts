import { Client, StreamableHTTPClientTransport, type Transport } from '@modelcontextprotocol/client';
import { Client as ClientOf2025 } from '@modelcontextprotocol/sdk/client/index.js';
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

/** A client of the 1.x SDK. */
export async function connectOf2025(transport: TransportOf2025): Promise<AnyClient> {
  const client = new ClientOf2025(info);
  await client.connect(transport);
  // Same methods, same wire; only the generated types differ.
  return client as unknown as AnyClient;
}

export const httpClients: Readonly<Record<string, (url: URL) => Promise<AnyClient>>> = {
  'the 2.x client at 2026-07-28': url => connectModern(new StreamableHTTPClientTransport(url)),
  'the 2.x client at 2025-11-25': url => connectLegacy(new StreamableHTTPClientTransport(url)),
  'the 1.x client': url => connectOf2025(new HttpTransportOf2025(url) as TransportOf2025),
};
