import { Client as ClientV2, StreamableHTTPClientTransport as HttpV2 } from '@modelcontextprotocol/client';
import { StdioClientTransport as StdioV2 } from '@modelcontextprotocol/client/stdio';
import { Client as ClientV1 } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport as StdioV1 } from '@modelcontextprotocol/sdk/client/stdio.js';
import { StreamableHTTPClientTransport as HttpV1 } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { program } from './program.ts';

/** What both generations of the SDK's client can do, under one name. */
export interface TestClient {
  listTools(): Promise<
    readonly { readonly name: string; readonly inputSchema: unknown; readonly outputSchema?: unknown }[]
  >;
  callTool(name: string, args?: object, signal?: AbortSignal): Promise<ToolAnswer>;
  readText(uri: string): Promise<string>;
  listResources(): Promise<readonly string[]>;
  listTemplates(): Promise<readonly string[]>;
  getPrompt(name: string, args: Record<string, string>): Promise<readonly string[]>;
  close(): Promise<void>;
}

export interface ToolAnswer {
  readonly isError: boolean;
  /** The one text block. */
  readonly text: string;
  readonly structured: unknown;
}

export type Generation = 'v1' | 'v2' | 'v2 of 2026';
export type Where =
  | { readonly url: string; readonly headers?: Readonly<Record<string, string>> }
  | { readonly folder: string; readonly env?: Readonly<Record<string, string>> };

/** A real client, connected over HTTP to a running server or over stdio to one of its own. */
export async function connectClient(generation: Generation, where: Where): Promise<TestClient> {
  return generation === 'v1' ? wrap(await connectV1(where)) : wrap(await connectV2(generation, where));
}

async function connectV1(where: Where): Promise<ClientV1> {
  const client = new ClientV1({ name: 'test-v1', version: '1.0.0' });
  // The v1 transport types miss `| undefined`, which exactOptionalPropertyTypes asks for.
  const transport = 'url' in where ? new HttpV1(new URL(where.url), init(where)) : new StdioV1(command(where));
  await client.connect(transport as Parameters<ClientV1['connect']>[0]);
  return client;
}

async function connectV2(generation: Generation, where: Where): Promise<ClientV2> {
  const mode = generation === 'v2 of 2026' ? { pin: '2026-07-28' } : 'legacy';
  const client = new ClientV2({ name: 'test-v2', version: '1.0.0' }, { versionNegotiation: { mode } });
  await client.connect('url' in where ? new HttpV2(new URL(where.url), init(where)) : new StdioV2(command(where)));
  return client;
}

function init({ headers = {} }: Extract<Where, { url: string }>) {
  return { requestInit: { headers: { ...headers } } };
}

function command({ folder, env }: Extract<Where, { folder: string }>) {
  const args = [program, 'serve', '-C', folder, '--transport', 'stdio'];
  return {
    command: process.execPath,
    args,
    env: { ...(process.env as Record<string, string>), ...env },
    stderr: 'ignore' as const,
  };
}

function wrap(client: ClientV1 | ClientV2): TestClient {
  // The two classes have the same methods, with types that TypeScript cannot unify.
  const any = client as ClientV2;
  return {
    async listTools() {
      return (await any.listTools()).tools;
    },
    async callTool(name, args = {}, signal) {
      const params = { name, arguments: args as Record<string, unknown> };
      const options = signal === undefined ? {} : { signal };
      const result =
        client instanceof ClientV1
          ? await client.callTool(params, undefined, options)
          : await client.callTool(params, options);
      const blocks = result.content as readonly { readonly type: string; readonly text?: string }[];
      if (blocks.length !== 1 || blocks[0]?.type !== 'text')
        throw new Error(`Not one text block: ${JSON.stringify(blocks)}`);
      return { isError: result.isError === true, text: blocks[0].text ?? '', structured: result.structuredContent };
    },
    async readText(uri) {
      const [content] = (await any.readResource({ uri })).contents;
      if (content === undefined || !('text' in content)) throw new Error(`No text at ${uri}`);
      return String(content.text);
    },
    async listResources() {
      return (await any.listResources()).resources.map(({ uri }) => uri);
    },
    async listTemplates() {
      return (await any.listResourceTemplates()).resourceTemplates.map(({ uriTemplate }) => uriTemplate);
    },
    async getPrompt(name, args) {
      const { messages } = await any.getPrompt({ name, arguments: args });
      return messages.map(({ role, content }) => `${role}: ${content.type === 'text' ? content.text : content.type}`);
    },
    close: () => client.close(),
  };
}
