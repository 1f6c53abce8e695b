import type { IncomingMessage, ServerResponse } from 'node:http';
import { createMcpHandler, isLegacyRequest, preloadSchemas } from '@modelcontextprotocol/server';
import type { Log } from '@mxcp-ts/engine';
import type { ServedRuntime } from '@mxcp-ts/runtime';
import { ActiveCalls } from '../calls/active-calls.ts';
import { createCaller } from '../calls/caller.ts';
import { type DescribeRequest, httpContext } from '../calls/describe-request.ts';
import { createStateSealer } from '../calls/sealed-state.ts';
import { createCatalogs } from '../catalog/catalog.ts';
import { inTurns } from '../changes/in-turns.ts';
import { findListChanges, type ListChanges, listChangesOf } from '../changes/list-changes.ts';
import { urisToWatch, WatchedUris, watchLimits } from '../changes/watched-uris.ts';
import { createProjectServer, type ProjectServerParts } from '../project-server.ts';
import { requestIdOf } from '../request-id.ts';
import { type McpServeOptions, resolveMcpServeOptions } from '../serve-options.ts';
import { Tasks } from '../tasks/tasks.ts';
import { checkTaskHeaders } from './check-task-headers.ts';
import { type Exchange, headersOf, openExchange } from './exchange.narrow.ts';
import { refusalResponse, sendRefusal } from './json-rpc-error.ts';
import type { LegacyLeg } from './legacy-leg.ts';
import { readMessage } from './read-message.ts';
import { createSessionLeg } from './session-leg.ts';
import { createSharedChannel, type SharedChannel } from './shared-channel.ts';
import { createStatelessLeg } from './stateless-leg.ts';
import { writeResponse } from './write-response.ts';

/** The MCP endpoint of a project, for any server of node:http. Who may reach it is the listener's affair. */
export interface McpHttpHandler {
  /** Calls that have not been answered yet. */
  readonly activeCalls: number;
  /** Answers one request; settles when the exchange is over and never rejects. */
  handle(req: IncomingMessage, res: ServerResponse): Promise<void>;
  /** Ends tasks that work or wait: the server stops, and nobody could fetch their results. */
  giveUpTasks(): void;
  /** Refuses new requests, lets running calls be answered until the deadline, then ends all sessions and streams. */
  close(options?: { readonly deadlineMs?: number }): Promise<void>;
}

/** Serves the 2026 revision and, beside it on the same address, every earlier one that the SDK speaks. */
export function createMcpHttpHandler(runtime: ServedRuntime, options: McpServeOptions): McpHttpHandler {
  const resolved = resolveMcpServeOptions(options);
  const { log, serverInfo, instructions, listTtlMs, maxBodyBytes, pageSize, answerGraceMs } = resolved;
  const active = new ActiveCalls();
  const catalogs = createCatalogs(pageSize);
  const catalog = () => catalogs(runtime.plan);
  const sealer = createStateSealer(resolved.stateSecret);
  const watched = new WatchedUris(watchLimits.perServer);
  const tasks = new Tasks(resolved.tasks);
  const serverFor = (describe: DescribeRequest, client: Pick<ProjectServerParts, 'era' | 'canNotify'>) => {
    const caller = createCaller({ runtime, describe, active, answerGraceMs, log });
    return () =>
      createProjectServer({ serverInfo, instructions, listTtlMs, caller, sealer, tasks, log, catalog, ...client });
  };
  const shared = createSharedChannel({
    createServer: describe => serverFor(describe, { era: 'modern', canNotify: true })(),
    isPlainTool: name => catalog().plainTools.has(name),
  });
  const modern = createMcpHandler(serverFor(describeRequest, { era: 'modern', canNotify: true }), {
    legacy: 'reject',
    onerror: error => log('debug', `MCP: ${error.message}`),
  });
  const legacy = resolved.isStateless
    ? createStatelessLeg(serverFor(describeRequest, { era: 'legacy', canNotify: false }))
    : createSessionLeg(serverFor(describeRequest, { era: 'legacy', canNotify: true }), {
        ...resolved,
        onEnd: session => runtime.endSession(session),
      });
  const stopListening = runtime.onReload((plan, before) => {
    const changes = findListChanges(catalogs(before), catalogs(plan));
    publish(modern.notify, changes);
    legacy.announce(changes);
  });
  const stopAnnouncing = runtime.onChange(change => {
    if (change.kind === 'resource') {
      void inTurns(watched.affectedBy(change.uri, catalog()), uri => modern.notify.resourceUpdated(uri));
      legacy.announceUpdate(change.uri);
    } else {
      const changes = listChangesOf(change);
      publish(modern.notify, changes);
      legacy.announce(changes);
    }
  });
  const legs: Legs = { shared, modern, legacy, watched, maxBodyBytes, log };
  let isClosing = false;
  // Otherwise the first client waits while the SDK builds its schemas.
  preloadSchemas();
  return {
    get activeCalls() {
      return active.count;
    },
    async handle(req, res) {
      if (isClosing) sendRefusal(res, shuttingDown);
      else await answer(req, res, legs);
    },
    giveUpTasks: () => tasks.close(),
    async close({ deadlineMs = 0 } = {}) {
      isClosing = true;
      stopListening();
      stopAnnouncing();
      tasks.close();
      await active.drain(deadlineMs);
      await Promise.all([shared.close(), modern.close(), legacy.close()]);
    },
  };
}

const describeRequest: DescribeRequest = ({ mcpReq, http, sessionId }, client) =>
  httpContext({ requestId: mcpReq.id, headers: headersOf(http?.req), session: sessionId }, client);

/** To the clients of 2026 that have subscribed. */
function publish(
  notify: ReturnType<typeof createMcpHandler>['notify'],
  { tools, resources, prompts }: ListChanges,
): void {
  if (tools) notify.toolsChanged();
  if (resources) notify.resourcesChanged();
  if (prompts) notify.promptsChanged();
}

const shuttingDown = {
  status: 503,
  code: -32_000,
  message: 'The server is shutting down.',
  headers: { connection: 'close', 'retry-after': '5' },
};

const tooMany = {
  status: 200,
  code: -32_602,
  message: `The subscription names too many resources (${watchLimits.perClient} at most), too long ones, or the server has no room left.`,
};

interface Legs {
  readonly shared: SharedChannel;
  readonly modern: Pick<ReturnType<typeof createMcpHandler>, 'fetch'>;
  readonly legacy: LegacyLeg;
  /** By subscriptions of the 2026 revision. */
  readonly watched: WatchedUris;
  readonly maxBodyBytes: number;
  readonly log: Log;
}

async function answer(req: IncomingMessage, res: ServerResponse, legs: Legs): Promise<void> {
  try {
    const read = await readMessage(req, legs.maxBodyBytes);
    if (read.kind === 'gone') return;
    if (read.kind === 'refused') return sendRefusal(res, read.refusal);
    const message = read.kind === 'message' ? read.message : undefined;
    const misrouted = checkTaskHeaders(req, message);
    if (misrouted !== undefined) return sendRefusal(res, misrouted);
    const taken = legs.shared.take(req, res, message);
    if (taken !== undefined) return await taken;
    const exchange = openExchange(req, res);
    // An answer may never come once the client is gone.
    const response = await Promise.race([route(exchange, message, legs), exchange.closed]);
    if (response !== undefined) await writeResponse(res, response);
  } catch (defect) {
    legs.log('error', `MCP over HTTP: ${defect instanceof Error ? (defect.stack ?? defect.message) : String(defect)}`);
    if (!res.headersSent) sendRefusal(res, { status: 500, code: -32_603, message: 'Internal server error.' });
    else res.destroy();
  }
}

async function route(exchange: Exchange, message: unknown, { modern, legacy, watched }: Legs): Promise<Response> {
  const { request } = exchange;
  if (await isLegacyRequest(request, message)) return legacy.fetch(exchange, message);
  const uris = urisToWatch(message);
  if (uris.length > watchLimits.perClient || !watched.add(uris))
    return refusalResponse({ ...tooMany, ...requestIdOf(message) });
  if (uris.length > 0) void exchange.closed.then(() => watched.remove(uris));
  return modern.fetch(request, message === undefined ? {} : { parsedBody: message });
}
