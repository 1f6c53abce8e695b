import { hasErrors, MxcpError, toJsonDiagnostic } from '@mxcp-ts/diagnostics';
import type { Log } from '@mxcp-ts/engine';
import {
  builtInEngines,
  loadFolder,
  type ServedProject,
  type StartedProject,
  serveProject,
  startProject,
} from '@mxcp-ts/mxcp';
import type { LoadedProject, Project } from '@mxcp-ts/project';
import { checkExposure } from '@mxcp-ts/serve-http';
import type { CommandContext } from '../command-context.ts';
import { openLog } from '../open-log.ts';
import { count, note, printJson } from '../output/print.ts';
import { printDiagnostics, summarize } from '../output/print-diagnostics.ts';

export type ServeArgs = readonly [];

export interface ServeCommandOptions {
  readonly transport?: 'streamable-http' | 'http' | 'sse' | 'stdio';
  readonly port?: number;
  readonly host?: string;
  readonly sqlTools?: 'true' | 'false';
  readonly stateless?: true;
  readonly ignoreErrors?: true;
  readonly readonly?: true;
}

/** Serves the project until it is told to stop: SIGINT, SIGTERM, or the end of stdin under stdio. */
export async function serve(_args: ServeArgs, options: ServeCommandOptions, context: CommandContext): Promise<number> {
  const reread = () => loadFolder(folderOptions(options, context));
  const loaded = await reread();
  const { project } = loaded;
  if (project === undefined) return refuse({ ok: false, diagnostics: loaded.diagnostics }, context);
  const transport = transportOf(options, project);
  if (transport === 'streamable-http') checkExposure(project.config.transport.http, options.host);
  const log = openLog(project, context);
  const engines = builtInEngines();
  const started = await startProject(loaded, { engines, log, ignoreErrors: options.ignoreErrors === true });
  if (!started.ok) return refuse(started, context);
  const served = await serveProject(started.runtime, {
    transport,
    host: options.host ?? project.config.transport.http.host,
    port: options.port ?? project.config.transport.http.port,
    isStateless: options.stateless ?? project.config.transport.http.isStateless,
    log,
    engines,
    reread,
  }).catch(async (error: unknown) => {
    await started.runtime.close({ drainTimeoutMs: 0, stopTimeoutMs: 2_000 });
    throw error;
  });
  announce(loaded, started, served);
  return await untilStopped(served, log);
}

function folderOptions(options: ServeCommandOptions, context: CommandContext) {
  return {
    folder: context.folder,
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

function refuse({ diagnostics }: Extract<StartedProject, { ok: false }>, { isJson }: CommandContext): number {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  if (isJson) {
    const error = `The project has ${count(errors.length, 'error')} and was not served.`;
    printJson({ status: 'error', error, code: 'invalid-project', diagnostics: diagnostics.map(toJsonDiagnostic) });
  }
  printDiagnostics(diagnostics, 'pretty', process.stderr);
  note(`Not served: ${summarize(diagnostics)}. Mend them, or serve the rest with --ignore-errors.`);
  return 1;
}

function announce(
  { project }: LoadedProject,
  started: Extract<StartedProject, { ok: true }>,
  served: ServedProject,
): void {
  const { tools, resources, prompts } = started.runtime.plan;
  if (started.diagnostics.length > 0) printDiagnostics(started.diagnostics, 'pretty', process.stderr);
  if (hasErrors(started.diagnostics))
    note(`Left out because of errors: ${started.left.map(({ name }) => name).join(', ') || 'the files above'}.`);
  const what = [count(tools.length, 'tool'), count(resources.length, 'resource'), count(prompts.length, 'prompt')].join(
    ', ',
  );
  const where = served.url === undefined ? 'over stdio' : `at ${served.url}`;
  const { config } = project ?? started.runtime.plan.project;
  const mode = config.database.isReadOnly ? ', read-only' : '';
  note(`Serving ${config.project} (profile ${config.profile}${mode}): ${what}, ${where}`);
  if (served.url !== undefined) note(`Connect: claude mcp add --transport http ${config.project} ${served.url}`);
}

async function untilStopped(served: ServedProject, log: Log): Promise<number> {
  const signal = await Promise.race([nextSignal(), served.ended]);
  // A person who asks twice does not want to wait for running calls.
  process.once('SIGINT', () => process.exit(130));
  process.once('SIGTERM', () => process.exit(143));
  if (signal !== undefined) log('info', `Stopping on ${signal}.`);
  await served.close();
  if (signal !== undefined) note('Stopped.');
  return 0;
}

function nextSignal(): Promise<NodeJS.Signals> {
  return new Promise(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve(signal));
  });
}
