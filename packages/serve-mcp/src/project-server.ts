import {
  McpServer,
  ProtocolError,
  ProtocolErrorCode,
  ResourceNotFoundError,
  type Server,
  type ServerContext,
  SUPPORTED_PROTOCOL_VERSIONS,
  type Transport,
} from '@modelcontextprotocol/server';
import type { Log } from '@mxcp-ts/engine';
import { answerSafely } from './calls/answer-safely.ts';
import { callTool } from './calls/call-tool.ts';
import type { Caller } from './calls/caller.ts';
import { clientInfoOf } from './calls/client-info.ts';
import { complete } from './calls/complete.ts';
import { getPrompt } from './calls/get-prompt.ts';
import { findResource, readResource } from './calls/read-resource.ts';
import type { StateSealer } from './calls/sealed-state.ts';
import { capabilitiesOf } from './catalog/capabilities.ts';
import type { Catalog } from './catalog/catalog.ts';
import { WatchedUris, watchLimits } from './changes/watched-uris.ts';
import { statelessRevision } from './revision.ts';
import type { ServerInfo } from './serve-options.ts';
import type { Tasks } from './tasks/tasks.ts';
import { trimMessages } from './trim-messages.ts';

export interface ProjectServerParts {
  readonly serverInfo: ServerInfo;
  readonly instructions: string | undefined;
  readonly listTtlMs: number;
  /** The catalog of the current plan: read again for every request, so that a session sees a reload. */
  readonly catalog: () => Catalog;
  readonly caller: Caller;
  readonly sealer: StateSealer;
  readonly tasks: Tasks;
  /** Which revisions it speaks: `modern` the one of 2026, `legacy` those of 2025 and before. */
  readonly era: 'modern' | 'legacy';
  /** Whether the client can be told something outside an answer; @see capabilitiesOf */
  readonly canNotify: boolean;
  readonly log: Log;
}

/**
 * One protocol endpoint over the plan, cheap enough to be made per request: it holds nothing, registers no tool, and
 * reads lists that exist already.
 */
export function createProjectServer(parts: ProjectServerParts): ProjectServer {
  const product = new ProjectServer(parts);
  const { server } = product;
  server.registerCapabilities(capabilitiesOf(parts));
  // Without this the SDK swallows what it could not send.
  server.onerror = error => parts.log('warning', `MCP: ${error.message}`);
  const client = (ctx: ServerContext) => clientInfoOf(server, ctx, parts.canNotify);
  serveTools(server, parts, client);
  serveResources(server, parts, client);
  servePrompts(server, parts, client);
  if (parts.canNotify) product.serveSubscriptions();
  if (parts.era === 'modern') parts.tasks.serve(server, ctx => parts.caller.describe(ctx, client(ctx)));
  server.setRequestHandler('completion/complete', ({ params }, ctx) =>
    answerSafely(parts.log, () =>
      complete({ caller: parts.caller, plan: parts.catalog().plan }, { params, client: client(ctx), ctx }),
    ),
  );
  return product;
}

/** Lists are the same for every caller. */
function cacheHintsFor(ttlMs: number) {
  const hint = { ttlMs, cacheScope: 'public' as const };
  return {
    'tools/list': hint,
    'prompts/list': hint,
    'resources/list': hint,
    'resources/templates/list': hint,
    'server/discover': hint,
  };
}

type ClientOf = (ctx: ServerContext) => ReturnType<typeof clientInfoOf>;

/** A handler may ask once more after each answer; the SDK counts the rounds with clients of 2025. */
const maxRounds = 32;

/** An `McpServer` rather than a bare `Server`: only for those does the SDK check `Mcp-Param-*` headers against schemas. */
export class ProjectServer extends McpServer {
  readonly #catalog: () => Catalog;
  /** By `resources/subscribe` of the revisions of 2025. */
  readonly #watched = new WatchedUris(watchLimits.perClient);

  constructor({ serverInfo, instructions, listTtlMs, catalog, era }: ProjectServerParts) {
    super(serverInfo, {
      // The SDK's entries add it themselves; a wire of our own binds a revision only if the server names it.
      ...(era === 'modern' && { supportedProtocolVersions: [...SUPPORTED_PROTOCOL_VERSIONS, statelessRevision] }),
      inputRequired: { maxRounds },
      cacheHints: cacheHintsFor(listTtlMs),
      ...(instructions !== undefined && { instructions }),
    });
    this.#catalog = catalog;
  }

  override async connect(transport: Transport): Promise<void> {
    trimMessages(transport);
    await super.connect(transport);
  }

  override toolInputSchemaJson(name: string): Record<string, unknown> | undefined {
    return this.#catalog().plan.endpoints.get(`tool:${name}`)?.inputSchema;
  }

  /** The URIs that the client of this connection watches and that a change concerns. */
  affectedBy(uri: string): readonly string[] {
    return this.#watched.affectedBy(uri, this.#catalog());
  }

  serveSubscriptions(): void {
    this.server.setRequestHandler('resources/subscribe', ({ params: { uri } }) => {
      if (findResource(this.#catalog(), uri) === undefined) throw new ResourceNotFoundError(uri);
      if (!this.#watched.has(uri) && !this.#watched.add([uri])) {
        const most = `${watchLimits.perClient} resources at most, of ${watchLimits.chars} characters`;
        throw new ProtocolError(ProtocolErrorCode.InvalidParams, `A session watches ${most}.`);
      }
      return {};
    });
    this.server.setRequestHandler('resources/unsubscribe', ({ params: { uri } }) => {
      this.#watched.remove([uri]);
      return {};
    });
  }
}

function serveTools(
  server: Server,
  { catalog, caller, sealer, tasks, log }: ProjectServerParts,
  client: ClientOf,
): void {
  server.setRequestHandler('tools/list', ({ params }) => {
    const { items, ...rest } = catalog().tools(params?.cursor);
    return { tools: items, ...rest };
  });
  server.setRequestHandler('tools/call', ({ params }, ctx) =>
    answerSafely(log, () =>
      callTool(
        { caller, catalog: catalog(), sealer, server, tasks },
        { name: params.name, args: params.arguments ?? {}, client: client(ctx), ctx },
      ),
    ),
  );
}

function serveResources(server: Server, { catalog, caller, sealer, log }: ProjectServerParts, client: ClientOf): void {
  server.setRequestHandler('resources/list', ({ params }) => {
    const { items, ...rest } = catalog().resources(params?.cursor);
    return { resources: items, ...rest };
  });
  server.setRequestHandler('resources/templates/list', ({ params }) => {
    const { items, ...rest } = catalog().resourceTemplates(params?.cursor);
    return { resourceTemplates: items, ...rest };
  });
  server.setRequestHandler('resources/read', ({ params }, ctx) =>
    answerSafely(log, () =>
      readResource({ caller, catalog: catalog(), sealer }, { uri: params.uri, client: client(ctx), ctx }),
    ),
  );
}

function servePrompts(server: Server, { catalog, caller, sealer, log }: ProjectServerParts, client: ClientOf): void {
  server.setRequestHandler('prompts/list', ({ params }) => {
    const { items, ...rest } = catalog().prompts(params?.cursor);
    return { prompts: items, ...rest };
  });
  server.setRequestHandler('prompts/get', ({ params }, ctx) =>
    answerSafely(log, () =>
      getPrompt(
        { caller, plan: catalog().plan, sealer },
        { name: params.name, args: params.arguments ?? {}, client: client(ctx), ctx },
      ),
    ),
  );
}
