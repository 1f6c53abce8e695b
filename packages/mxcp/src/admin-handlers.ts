import type { AdminEndpoint, AdminHandlers, QueryAnswer } from '@mxcp-ts/admin';
import { type Diagnostic, toJsonDiagnostic } from '@mxcp-ts/diagnostics';
import type { Database, HandlerEngine } from '@mxcp-ts/engine';
import type { EndpointFileReport, LoadedProject, Project } from '@mxcp-ts/project';
import { checkEndpoints, type Runtime } from '@mxcp-ts/runtime';
import { readVersion } from './installation.ts';

export interface AdminTarget {
  readonly runtime: Runtime;
  readonly engines: readonly HandlerEngine[];
  /** Reads the folder again, as it is now, with the options the server was started with. */
  readonly reread: () => Promise<LoadedProject>;
}

/** What the admin socket of a running server answers. */
export function adminHandlers({ runtime, engines, reread }: AdminTarget): AdminHandlers {
  const startedAt = performance.now();
  const version = readVersion();
  return {
    'GET /status': async () => {
      const { config } = runtime.plan.project;
      const { ready, generation, problems } = runtime.readiness();
      return {
        status: 'ok',
        version,
        pid: process.pid,
        project: config.project,
        profile: config.profile,
        mode: config.database.isReadOnly ? 'readonly' : 'readwrite',
        uptime_seconds: Math.round((performance.now() - startedAt) / 1000),
        generation,
        ready,
        problems,
        active_calls: runtime.activeCalls,
      };
    },
    'GET /endpoints': async () => ({ endpoints: listEndpoints(await reread()) }),
    'POST /invoke': ({ endpoint, args, skip_output_validation }, signal) =>
      runtime.invoke({
        endpoint,
        args,
        origin: 'admin',
        signal,
        isResultUnchecked: skip_output_validation === true,
      }),
    'POST /query': ({ sql, params }, signal) => runQuery(runtime.database, sql, params, signal),
    'POST /validate': async () => {
      const loaded = await reread();
      const checked =
        loaded.project === undefined
          ? []
          : await checkEndpoints(loaded.project.endpoints, loaded.project, engines, Promise.resolve(runtime.database));
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
  };
}

/** The endpoint files of a project with the first error of each, as `list` shows them. */
export function listEndpoints({ files, diagnostics, project }: LoadedProject): readonly AdminEndpoint[] {
  const firstError = firstErrorByPath(diagnostics);
  const definitions = new Map(project?.endpoints.map(definition => [definition.file.path, definition]));
  return [...files, ...packFiles(project)].map(({ file, kind, name, enabled }) => {
    const definition = definitions.get(file.path);
    return {
      path: file.path,
      kind,
      name,
      description: definition?.description ?? null,
      language: definition === undefined || definition.kind === 'prompt' ? null : definition.source.language,
      enabled,
      error: firstError.get(file.path) ?? null,
    };
  });
}

/** The endpoint files that tool packs add to those of the project. */
export function packFiles(project: Project | undefined): readonly EndpointFileReport[] {
  const fromPacks = (project?.endpoints ?? []).filter(
    definition => definition.kind === 'tool' && definition.pack !== undefined,
  );
  return fromPacks.map(({ file, kind, name }) => ({ file, kind, name, enabled: true }));
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
    case 'failed':
      return { ok: false, ...outcome.error };
    case 'aborted':
      return { ok: false, type: 'Interrupted', message: 'The query was cancelled.' };
  }
}
