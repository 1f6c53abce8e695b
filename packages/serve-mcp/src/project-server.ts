import { McpServer, type Server } from '@modelcontextprotocol/server';
import type { Log } from '@mxcp-ts/engine';
import { answerSafely } from './calls/answer-safely.ts';
import { callTool } from './calls/call-tool.ts';
import type { Caller } from './calls/caller.ts';
import { complete } from './calls/complete.ts';
import { getPrompt } from './calls/get-prompt.ts';
import { readResource } from './calls/read-resource.ts';
import { capabilitiesOf } from './catalog/capabilities.ts';
import type { Catalog } from './catalog/catalog.ts';
import type { ServerInfo } from './serve-options.ts';

export interface ProjectServerParts {
  readonly serverInfo: ServerInfo;
  /** The catalog of the current plan: read again for every request, so that a session sees a reload. */
  readonly catalog: () => Catalog;
  readonly caller: Caller;
  /** Whether the client can be told something outside an answer; @see capabilitiesOf */
  readonly canNotify: boolean;
  readonly log: Log;
}

/**
 * One protocol endpoint over the plan, cheap enough to be made per request: it holds nothing, registers no tool, and
 * reads lists that exist already.
 */
export function createProjectServer(parts: ProjectServerParts): McpServer {
  const product = new ProjectServer(parts);
  const { server } = product;
  server.registerCapabilities(capabilitiesOf(parts));
  // Without this the SDK swallows what it could not send.
  server.onerror = error => parts.log('warning', `MCP: ${error.message}`);
  serveTools(server, parts);
  serveResources(server, parts);
  servePrompts(server, parts);
  server.setRequestHandler('completion/complete', ({ params }) =>
    answerSafely(parts.log, () => complete(parts.catalog().plan, params)),
  );
  return product;
}

/** An `McpServer` rather than a bare `Server`: only for those does the SDK check `Mcp-Param-*` headers against schemas. */
class ProjectServer extends McpServer {
  readonly #catalog: () => Catalog;

  constructor({ serverInfo, catalog }: ProjectServerParts) {
    super(serverInfo);
    this.#catalog = catalog;
  }

  override toolInputSchemaJson(name: string): Record<string, unknown> | undefined {
    return this.#catalog().plan.endpoints.get(`tool:${name}`)?.inputSchema;
  }
}

function serveTools(server: Server, { catalog, caller, log }: ProjectServerParts): void {
  server.setRequestHandler('tools/list', ({ params }) => {
    const { items, ...rest } = catalog().tools(params?.cursor);
    return { tools: items, ...rest };
  });
  server.setRequestHandler('tools/call', ({ params }, ctx) =>
    answerSafely(log, () =>
      callTool(caller, catalog().plan, server, {
        name: params.name,
        args: params.arguments ?? {},
        ctx,
      }),
    ),
  );
}

function serveResources(server: Server, { catalog, caller, log }: ProjectServerParts): void {
  server.setRequestHandler('resources/list', ({ params }) => {
    const { items, ...rest } = catalog().resources(params?.cursor);
    return { resources: items, ...rest };
  });
  server.setRequestHandler('resources/templates/list', ({ params }) => {
    const { items, ...rest } = catalog().resourceTemplates(params?.cursor);
    return { resourceTemplates: items, ...rest };
  });
  server.setRequestHandler('resources/read', ({ params }, ctx) =>
    answerSafely(log, () => readResource(caller, catalog(), params.uri, ctx)),
  );
}

function servePrompts(server: Server, { catalog, caller, log }: ProjectServerParts): void {
  server.setRequestHandler('prompts/list', ({ params }) => {
    const { items, ...rest } = catalog().prompts(params?.cursor);
    return { prompts: items, ...rest };
  });
  server.setRequestHandler('prompts/get', ({ params }, ctx) =>
    answerSafely(log, () =>
      getPrompt(caller, catalog().plan, {
        name: params.name,
        args: params.arguments ?? {},
        ctx,
      }),
    ),
  );
}
