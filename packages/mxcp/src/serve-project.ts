import { type AdminServer, adminSocketPath, openAdminSocket } from '@mxcp-ts/admin';
import { MxcpError } from '@mxcp-ts/diagnostics';
import type { HandlerEngine, Log } from '@mxcp-ts/engine';
import type { LoadedProject } from '@mxcp-ts/project';
import type { Runtime } from '@mxcp-ts/runtime';
import { type ListeningHttp, listenHttp } from '@mxcp-ts/serve-http';
import { adminHandlers } from './admin-handlers.ts';
import { readVersion } from './installation.ts';
import { listenForReloads } from './reload/listen-for-reloads.ts';
import type { Reloader } from './reload/reloader.ts';
import { announceResourceChanges } from './resource-changes/announce-resource-changes.ts';

export interface ServeOptions {
  readonly transport: 'streamable-http' | 'stdio';
  readonly host: string;
  readonly port: number;
  readonly isStateless: boolean;
  readonly log: Log;
  readonly engines: readonly HandlerEngine[];
  readonly reread: () => Promise<LoadedProject>;
  readonly reloader: Reloader;
  /** `--debug`. */
  readonly isDebug: boolean;
  /** Reload when a file of the project changes. */
  readonly watch: boolean;
}

export interface ServedProject {
  /** The address of the MCP endpoint; undefined over stdio. */
  readonly url: string | undefined;
  /** Settles when the transport ended by itself: end of stdin. Stays pending over HTTP. */
  readonly ended: Promise<void>;
  /** Stops listening, lets running calls end, runs hooks, closes everything. */
  close(): Promise<void>;
}

/** How long a call that runs at the moment of a stop may still take, then how long hooks and guests may take. */
const drainTimeoutMs = 30_000;
const stopTimeoutMs = 10_000;

type Protocol = typeof import('@mxcp-ts/serve-mcp');

/** Loads the MCP SDK. Begun while a project starts, it costs no time of its own. */
export function loadProtocol(): Promise<Protocol> {
  return import('@mxcp-ts/serve-mcp');
}

/** Serves a started project over one transport, with the admin socket beside it. */
export async function serveProject(runtime: Runtime, options: ServeOptions): Promise<ServedProject> {
  const admin = await openAdmin(runtime, options);
  const transport = await openTransport(runtime, options).catch(async (error: unknown) => {
    await admin?.close();
    throw error;
  });
  const triggers = listenForReloads(options);
  const changes = announceResourceChanges(runtime);
  return {
    url: transport.url,
    ended: transport.ended,
    async close() {
      await triggers.stop();
      changes.close();
      const stopped = transport.stopAccepting();
      runtime.beginClose();
      await options.reloader.close();
      await runtime.close({ drainTimeoutMs, stopTimeoutMs });
      await transport.end();
      await stopped;
      await admin?.close();
    },
  };
}

interface Transport extends Pick<ServedProject, 'url' | 'ended'> {
  /** Takes no new connections and gives up tasks; settles when the last connection is gone. */
  stopAccepting(): Promise<void>;
  /** Ends sessions and streams that would otherwise stay open. */
  end(): Promise<void>;
}

async function openTransport(runtime: Runtime, options: ServeOptions): Promise<Transport> {
  const mcp = await loadProtocol();
  return options.transport === 'stdio' ? serveStdio(mcp, runtime, options) : await serveHttp(mcp, runtime, options);
}

function serveStdio({ serveMcpStdio }: Protocol, runtime: Runtime, options: ServeOptions): Transport {
  const stdio = serveMcpStdio(runtime, mcpOptions(runtime, options));
  return {
    url: undefined,
    ended: stdio.closed,
    stopAccepting: async () => stdio.giveUpTasks(),
    end: () => stdio.close(),
  };
}

async function serveHttp(
  { createMcpHttpHandler }: Protocol,
  runtime: Runtime,
  options: ServeOptions,
): Promise<Transport> {
  const { config } = runtime.plan.project;
  const { http } = config.transport;
  const mcp = createMcpHttpHandler(runtime, mcpOptions(runtime, options));
  const listening: ListeningHttp = await listenHttp({
    host: options.host,
    port: options.port,
    mcp,
    readiness: () => runtime.readiness(),
    project: config.project,
    allowedHosts: http.allowedHosts,
    allowedOrigins: http.allowedOrigins,
    log: options.log,
  });
  return {
    url: `${listening.url}/mcp`,
    ended: new Promise(() => {}),
    stopAccepting: () => {
      mcp.giveUpTasks();
      return listening.close({ deadlineMs: drainTimeoutMs + stopTimeoutMs });
    },
    end: () => mcp.close(),
  };
}

function mcpOptions(runtime: Runtime, { isStateless, log }: ServeOptions) {
  const { project, mcp, transport } = runtime.plan.project.config;
  const { http } = transport;
  const { title, description, websiteUrl, icons, instructions, pageSize, listTtlMs, tasks } = mcp;
  return {
    isStateless,
    log,
    serverInfo: {
      name: project,
      version: readVersion(),
      ...(title !== undefined && { title }),
      ...(description !== undefined && { description }),
      ...(websiteUrl !== undefined && { websiteUrl }),
      ...(icons.length > 0 && {
        icons: icons.map(({ sizes, ...icon }) => ({ ...icon, ...(sizes !== undefined && { sizes: [...sizes] }) })),
      }),
    },
    instructions,
    pageSize,
    listTtlMs,
    tasks,
    sessionIdleTimeoutMs: http.sessionIdleTimeoutMs,
    maxSessions: http.maxSessions,
    stateSecret: http.stateSecret,
  };
}

async function openAdmin(runtime: Runtime, options: ServeOptions): Promise<AdminServer | undefined> {
  const { root, config } = runtime.plan.project;
  const path = adminSocketPath(root, config.profile, process.env);
  try {
    return await openAdminSocket(path, adminHandlers({ ...options, runtime, socketPath: path }), options.log);
  } catch (error) {
    if (error instanceof MxcpError) throw error;
    // A folder that cannot be written (a locked-down container) costs the CLI its way in, not the server its life.
    options.log(
      'warning',
      `The admin socket ${path} cannot be opened, so \`run\` and \`query\` cannot reach this server. ${String(error)}`,
    );
    return undefined;
  }
}
