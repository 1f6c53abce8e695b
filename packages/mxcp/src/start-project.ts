import { type Diagnostic, hasErrors } from '@mxcp-ts/diagnostics';
import type { Database, HandlerEngine, Log } from '@mxcp-ts/engine';
import { openDatabase } from '@mxcp-ts/engine-sql';
import type { EndpointDefinition, LoadedProject, Project } from '@mxcp-ts/project';
import { checkEndpoints, concerns, Runtime } from '@mxcp-ts/runtime';
import { installation } from './installation.ts';

export interface StartOptions {
  readonly engines: readonly HandlerEngine[];
  readonly log: Log;
  /** Serve what works and leave out endpoints with errors. Errors in the site file or user config still refuse the start. */
  readonly ignoreErrors: boolean;
  /** Results will not be checked either (`Invocation.isResultUnchecked`), so a query may break its declared return type. */
  readonly isResultUnchecked?: boolean;
}

export type StartedProject =
  | {
      readonly ok: true;
      readonly runtime: Runtime;
      readonly diagnostics: readonly Diagnostic[];
      readonly left: readonly EndpointDefinition[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Starts a whole project: opens its database, checks everything against it, starts the engines, binds the plan. */
export async function startProject(loaded: LoadedProject, options: StartOptions): Promise<StartedProject> {
  const { project } = loaded;
  if (project === undefined || isBlocked(loaded, loaded.diagnostics, options)) {
    return { ok: false, diagnostics: await findEverything(loaded, options.engines) };
  }
  const opening = openProjectDatabase(project, options.log);
  try {
    return await startWith(opening, loaded, project, options);
  } catch (error) {
    await opening.then(
      database => database.close({ deadlineMs: 1_000 }),
      () => {},
    );
    throw error;
  }
}

/** Everything that can be found without opening the database for writing. */
export async function findEverything(
  loaded: LoadedProject,
  engines: readonly HandlerEngine[],
): Promise<readonly Diagnostic[]> {
  if (loaded.project === undefined) return loaded.diagnostics;
  return [...loaded.diagnostics, ...(await checkEndpoints(loaded.project.endpoints, loaded.project, engines))];
}

export function openProjectDatabase(project: Project, log: Log): Promise<Database> {
  return openDatabase({
    threadFile: installation.databaseThread,
    root: project.root,
    config: project.config.database,
    secrets: project.config.secrets,
    env: process.env,
    log,
  });
}

async function startWith(
  opening: Promise<Database>,
  loaded: LoadedProject,
  project: Project,
  options: StartOptions,
): Promise<StartedProject> {
  // What is not about SQL is checked while the database opens.
  const [database, found] = await Promise.all([
    opening,
    checkEndpoints(project.endpoints, project, options.engines, opening),
  ]);
  const relevant = found.filter(
    ({ code }) => code !== 'plan/sql-return-mismatch' || options.isResultUnchecked !== true,
  );
  const checked = [...loaded.diagnostics, ...relevant];
  if (isBlocked(loaded, checked, options)) {
    await database.close({ deadlineMs: 1_000 });
    return { ok: false, diagnostics: checked };
  }
  const endpoints = project.endpoints.filter(definition => !isBroken(definition, checked));
  const runtime = await Runtime.open({ project, endpoints, engines: options.engines, database, log: options.log });
  const diagnostics = [...checked, ...runtime.diagnostics];
  if (!options.ignoreErrors && hasErrors(runtime.diagnostics)) {
    await runtime.close({ drainTimeoutMs: 0, stopTimeoutMs: 2_000 });
    return { ok: false, diagnostics };
  }
  const left = project.endpoints.filter(definition => isBroken(definition, diagnostics));
  return { ok: true, runtime, diagnostics, left };
}

function isBlocked(loaded: LoadedProject, diagnostics: readonly Diagnostic[], { ignoreErrors }: StartOptions): boolean {
  const errors = diagnostics.filter(({ severity }) => severity === 'error');
  return ignoreErrors ? errors.some(finding => isAboutConfiguration(finding, loaded)) : errors.length > 0;
}

/** Whether a finding concerns the site file or the user config, and with them everything. */
export function isAboutConfiguration({ span }: Diagnostic, { configFiles }: LoadedProject): boolean {
  return span === undefined || configFiles.some(file => file.path === span.source.path);
}

function isBroken(definition: EndpointDefinition, diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(finding => finding.severity === 'error' && concerns(finding, definition));
}
