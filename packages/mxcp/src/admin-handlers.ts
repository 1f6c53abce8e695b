import { randomUUID } from 'node:crypto';
import type {
  AdminConfig,
  AdminEndpoint,
  AdminHandlers,
  AdminStatus,
  ListedEndpoint,
  QueryAnswer,
  ReloadAnswer,
} from '@mxcp-ts/admin';
import { type Diagnostic, toJsonDiagnostic } from '@mxcp-ts/diagnostics';
import type { Database, HandlerEngine } from '@mxcp-ts/engine';
import type { EndpointDefinition, EndpointFileReport, LoadedProject, Project } from '@mxcp-ts/project';
import { checkEndpoints, localContext, type Runtime } from '@mxcp-ts/runtime';
import { inferReturns } from './infer-returns.ts';
import { readVersion } from './installation.ts';
import type { Reloader } from './reload/reloader.ts';

export interface AdminTarget {
  readonly runtime: Runtime;
  readonly reloader: Reloader;
  readonly engines: readonly HandlerEngine[];
  /** Reads the folder again, as it is now, with the options the server was started with. */
  readonly reread: () => Promise<LoadedProject>;
  readonly transport: string;
  readonly isDebug: boolean;
  readonly socketPath: string;
}

/** What the admin socket of a running server answers. */
export function adminHandlers(target: AdminTarget): AdminHandlers {
  const { runtime, engines, reread } = target;
  const startedAt = performance.now();
  const version = readVersion();
  return {
    'GET /': async () => ({ service: 'mxcp-admin', version, docs: null, openapi: null }),
    'GET /health': async () => ({ status: 'ok', timestamp: new Date().toISOString() }),
    'GET /status': async () => statusOf(target, version, startedAt),
    'GET /config': async () => configOf(target),
    'GET /endpoints': async () => ({ endpoints: listEndpoints(await reread()).map(withStatus) }),
    'POST /reload': async request => answerReload(target.reloader, request?.wait === true),
    'POST /invoke': ({ endpoint, args, skip_output_validation, answers, context }, signal) =>
      runtime.invoke({
        endpoint,
        args,
        ...(answers !== undefined && { answers }),
        context: { ...localContext('admin'), ...context },
        signal,
        isResultUnchecked: skip_output_validation === true,
      }),
    'POST /query': ({ sql, params }, signal) =>
      runtime.withDatabase(database => runQuery(database, sql, params, signal)),
    'POST /validate': async () => {
      const loaded = await reread();
      const checked = loaded.project === undefined ? [] : await checkInServer(loaded.project, engines, runtime);
      return {
        files: [...loaded.files, ...packFiles(loaded.project)].map(({ file, kind, name, enabled }) => ({
          path: file.path,
          kind,
          name,
          enabled,
        })),
        diagnostics: [...loaded.diagnostics, ...checked].map(toJsonDiagnostic),
      };
    },
    'POST /infer': async () => {
      const { project } = await reread();
      return {
        inferred: project === undefined ? [] : await runtime.withDatabase(database => inferReturns(project, database)),
      };
    },
  };
}

function checkInServer(project: Project, engines: readonly HandlerEngine[], runtime: Runtime) {
  return runtime.withDatabase(database =>
    checkEndpoints(project.endpoints, project, engines, Promise.resolve(database)),
  );
}

function statusOf(target: AdminTarget, version: string, startedAt: number): AdminStatus {
  const { runtime, reloader, isDebug, socketPath } = target;
  const { config } = runtime.plan.project;
  const { ready, generation, problems } = runtime.readiness();
  const seconds = Math.floor((performance.now() - startedAt) / 1000);
  const { isRunning, endedAt, result } = reloader.status;
  return {
    status: 'ok',
    version,
    uptime: `${Math.floor(seconds / 3600)}h${Math.floor((seconds % 3600) / 60)}m${seconds % 60}s`,
    uptime_seconds: seconds,
    pid: process.pid,
    project: config.project,
    profile: config.profile,
    mode: config.database.isReadOnly ? 'readonly' : 'readwrite',
    debug: isDebug,
    generation,
    ready,
    problems,
    active_calls: runtime.activeCalls,
    reload: {
      in_progress: isRunning,
      draining: runtime.isHolding,
      active_requests: runtime.activeCalls,
      last_reload: endedAt?.toISOString() ?? null,
      last_reload_status: result === undefined ? null : result.ok ? 'success' : 'error',
      last_reload_error: result === undefined || result.ok ? null : result.message,
    },
    admin_socket: { path: socketPath },
  };
}

function configOf({ runtime, transport, isDebug }: AdminTarget): AdminConfig {
  const { plan } = runtime;
  const { config, root } = plan.project;
  return {
    status: 'ok',
    project: config.project,
    profile: config.profile,
    repository_path: root,
    duckdb_path: config.database.path === ':memory:' ? null : config.database.path,
    readonly: config.database.isReadOnly,
    debug: isDebug,
    endpoints: { tools: plan.tools.length, prompts: plan.prompts.length, resources: plan.resources.length },
    features: {
      sql_tools: config.packs.includes('sql'),
      audit_logging: config.auditEnabled,
      telemetry: config.telemetryEnabled,
    },
    transport,
  };
}

async function answerReload(reloader: Reloader, isAwaited: boolean): Promise<ReloadAnswer> {
  const reloading = reloader.reload('asked for over the admin socket');
  if (!isAwaited) {
    return {
      status: 'reload_initiated',
      timestamp: new Date().toISOString(),
      reload_request_id: randomUUID(),
      message: 'The reload is queued; GET /status says how it ended.',
    };
  }
  const result = await reloading;
  if (result.ok)
    return { status: 'reload_finished', result: { ok: true, generation: result.generation, changed: result.changed } };
  const diagnostics = result.diagnostics.map(toJsonDiagnostic);
  return { status: 'reload_finished', result: { ok: false, diagnostics, message: result.message } };
}

function withStatus(listed: ListedEndpoint): AdminEndpoint {
  const status = listed.error !== null ? 'error' : listed.enabled ? 'ok' : 'disabled';
  return { ...listed, type: listed.kind === 'unknown' ? null : listed.kind, status };
}

/** The endpoint files of a project with the first error of each, as `list` shows them. */
export function listEndpoints({ files, diagnostics, project }: LoadedProject): readonly ListedEndpoint[] {
  const firstError = firstErrorByPath(diagnostics);
  const own = (project?.endpoints ?? []).filter(({ kind }) => kind !== 'completion');
  const definitions = new Map(own.map(definition => [definition.file.path, definition]));
  return [...files, ...packFiles(project)].map(({ file, kind, name, enabled }) => {
    const definition = definitions.get(file.path);
    return {
      path: file.path,
      kind,
      name,
      title: titleOf(definition) ?? null,
      description: definition?.description ?? null,
      language: definition?.source?.language ?? null,
      task: definition?.kind === 'tool' ? (definition.task ?? null) : null,
      enabled,
      error: firstError.get(file.path) ?? null,
    };
  });
}

function titleOf(definition: EndpointDefinition | undefined): string | undefined {
  return definition?.title ?? (definition?.kind === 'resource' ? definition.label : undefined);
}

/** The endpoint files that tool packs add to those of the project. */
export function packFiles(project: Project | undefined): readonly EndpointFileReport[] {
  return (project?.endpoints ?? []).flatMap(definition =>
    definition.kind === 'tool' && definition.pack !== undefined
      ? [{ file: definition.file, kind: definition.kind, name: definition.name, enabled: true }]
      : [],
  );
}

function firstErrorByPath(diagnostics: readonly Diagnostic[]): ReadonlyMap<string, string> {
  const first = new Map<string, string>();
  for (const { severity, span, message } of diagnostics) {
    if (severity !== 'error' || span === undefined || first.has(span.source.path)) continue;
    first.set(span.source.path, message);
  }
  return first;
}

/** A result is held in memory as a whole, and a server must survive a query that was meant smaller. */
const maxQueryRows = 1_000_000;

/** Runs ad-hoc SQL to its rows; more than a million of them are an error. */
export async function runQuery(
  database: Database,
  sql: string,
  parameters: Parameters<AdminHandlers['POST /query']>[0]['params'],
  signal?: AbortSignal,
): Promise<QueryAnswer> {
  const outcome = await database.execute({
    sql,
    parameters,
    format: 'json',
    maxRows: maxQueryRows,
    ...(signal !== undefined && { signal }),
  });
  switch (outcome.kind) {
    case 'rows':
      return { ok: true, rows: JSON.parse(outcome.json) };
    case 'columns':
      throw new Error('Rows were asked for, and columns came.');
    case 'failed':
      return { ok: false, ...outcome.error };
    case 'aborted':
      return { ok: false, type: 'Interrupted', message: 'The query was cancelled.' };
  }
}
