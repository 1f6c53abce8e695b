import { type Diagnostic, MxcpError } from '@mxcp-ts/diagnostics';
import type { Log } from '@mxcp-ts/engine';
import {
  builtInEngines,
  isAboutConfiguration,
  loadFolder,
  loadProtocol,
  type ServedProject,
  type StartedProject,
  type StartOptions,
  serveProject,
  startProject,
} from '@mxcp-ts/mxcp';
import type { LoadedProject, Project } from '@mxcp-ts/project';
import type { Runtime } from '@mxcp-ts/runtime';
import { checkExposure } from '@mxcp-ts/serve-http';
import type { CommandContext } from '../command-context.ts';
import { enterProject } from '../enter-project.ts';
import { findServer } from '../find-server.ts';
import { openLog } from '../open-log.ts';
import { count, note, noteIfSlow } from '../output/print.ts';
import { refuseProject } from '../refuse-project.ts';
import { announce } from './serve/announce.ts';
import { listenForStop, type StopRequest } from './serve/stop-request.ts';

export type ServeArgs = readonly [];

export interface ServeCommandOptions {
  readonly transport?: 'streamable-http' | 'http' | 'sse' | 'stdio';
  readonly port?: number;
  readonly host?: string;
  readonly sqlTools?: 'true' | 'false';
  readonly stateless?: true;
  readonly ignoreErrors?: true;
  readonly watch?: true;
  readonly readonly?: boolean;
}

/** Serves the project until it is told to stop: SIGINT, SIGTERM, or the end of stdin under stdio. */
export async function serve(_args: ServeArgs, options: ServeCommandOptions, context: CommandContext): Promise<number> {
  const stop = listenForStop();
  // From the first moment to the last: by default the signal ends the process, and it means "reload" here.
  process.on('SIGHUP', () => {});
  // Every guest, and every bundle of one, cleans up when the process ends; reloads under load have several at once.
  process.setMaxListeners(50);
  const reread = async () => {
    latest = await loadFolder(folderOptions(options, context));
    return latest;
  };
  let latest: LoadedProject | undefined;
  const loaded = await reread();
  const { project } = loaded;
  if (project === undefined) return refuse(loaded, loaded.diagnostics, options, context);
  const transport = transportOf(options, project);
  if (transport === 'streamable-http') checkExposure(project.config.transport.http, options.host);
  await refuseSecondServer(project);
  enterProject(project);
  const log = openLog(project, context, () => latest?.project);
  const engines = builtInEngines();
  const started = await start(loaded, project, {
    engines,
    log,
    reread,
    say: note,
    ignoreErrors: options.ignoreErrors === true,
  });
  if (!started.ok) return refuse(loaded, started.diagnostics, options, context);
  if (stop.isAsked()) return await stopUnserved(started.runtime);
  const served = await serveProject(started.runtime, {
    transport,
    host: options.host ?? project.config.transport.http.host,
    port: options.port ?? project.config.transport.http.port,
    isStateless: options.stateless ?? project.config.transport.http.isStateless,
    reloader: started.reloader,
    isDebug: context.isDebug,
    watch: options.watch === true,
    log,
    engines,
    reread,
  }).catch(async (error: unknown) => {
    await stopUnserved(started.runtime);
    throw error;
  });
  announce(started, served);
  return await untilStopped(served, stop, log);
}

function folderOptions(options: ServeCommandOptions, context: CommandContext) {
  return {
    folder: context.folder,
    cwd: context.cwd,
    profile: context.profile,
    isReadOnly: options.readonly,
    sqlTools: options.sqlTools === undefined ? undefined : options.sqlTools === 'true',
  };
}

function transportOf({ transport }: ServeCommandOptions, { config }: Project): 'streamable-http' | 'stdio' {
  const chosen = transport ?? config.transport.provider;
  if (chosen === 'sse') {
    throw new MxcpError('usage', 'The old HTTP+SSE transport is not served; MCP retired it in 2025.', {
      hint: 'Use streamable-http: every current client speaks it.',
    });
  }
  return chosen === 'stdio' ? 'stdio' : 'streamable-http';
}

/** Said before the database is opened, which would only say that it is locked. */
async function refuseSecondServer(project: Project): Promise<void> {
  const server = await findServer(project);
  if (server === undefined) return;
  const { pid } = server.status;
  throw new MxcpError('socket-taken', `Another mxcp-ts server (PID ${pid}) already serves this project.`, {
    hint: 'Connect to that one, or stop it first.',
  });
}

async function start(loaded: LoadedProject, project: Project, options: StartOptions): Promise<StartedProject> {
  const done = noteIfSlow(`Checking ${count(project.endpoints.length, 'endpoint')} ...`);
  try {
    const starting = startProject(loaded, options);
    void loadProtocol();
    return await starting;
  } finally {
    done();
  }
}

function refuse(
  loaded: LoadedProject,
  diagnostics: readonly Diagnostic[],
  { ignoreErrors }: ServeCommandOptions,
  context: CommandContext,
): number {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  const canIgnore = ignoreErrors !== true && !errors.some(finding => isAboutConfiguration(finding, loaded));
  return refuseProject(
    diagnostics,
    {
      error: `The project has ${count(errors.length, 'error')} and was not served.`,
      ...(canIgnore && { hint: 'Mend what is said above, or serve the rest with --ignore-errors.' }),
    },
    context,
  );
}

async function stopUnserved(runtime: Runtime): Promise<number> {
  await runtime.close({ drainTimeoutMs: 0, stopTimeoutMs: 2_000 });
  return 0;
}

/** More than `serveProject` gives running calls and then hooks, guests and the database. */
const lastResortMs = 45_000;

async function untilStopped(served: ServedProject, stop: StopRequest, log: Log): Promise<number> {
  const signal = await Promise.race([stop.asked, served.ended]);
  if (signal !== undefined) log('info', `Stopping on ${signal}.`);
  // A statement deep inside DuckDB may not be interruptible, and keeps even process.exit waiting.
  const lastResort = setTimeout(() => process.kill(process.pid, 'SIGKILL'), lastResortMs);
  await served.close();
  clearTimeout(lastResort);
  if (signal !== undefined) note('Stopped.');
  return 0;
}
