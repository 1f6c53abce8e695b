import { type Diagnostic, hasErrors } from '@mxcp-ts/diagnostics';
import type { Database, EngineHost, HandlerEngine, SqlFunction } from '@mxcp-ts/engine';
import type { EndpointDefinition, LoadedProject, Project } from '@mxcp-ts/project';
import { checkEndpoints, concerns, type Generation, type NextGeneration, startGeneration } from '@mxcp-ts/runtime';

export interface BuildOptions {
  readonly engines: readonly HandlerEngine[];
  readonly host: Omit<EngineHost, 'project' | 'database'>;
  /** Serve what works and leave out endpoints with errors. Errors in the site file or user config still refuse. */
  readonly ignoreErrors: boolean;
  /** Keep endpoints that do not fit the database, but refuse their calls. */
  readonly keepUnfit?: boolean;
  /** SQL functions of the generation that is still served. */
  readonly kept?: readonly SqlFunction[];
  /** Called before a generation that is refused is stopped: SQL must not call its functions any more. */
  readonly beforeDiscard?: () => Promise<void>;
  /** Results will not be checked either (`Invocation.isResultUnchecked`), so a query may break its declared return type. */
  readonly isResultUnchecked?: boolean;
}

export type BuiltGeneration =
  | {
      readonly ok: true;
      readonly next: NextGeneration;
      readonly diagnostics: readonly Diagnostic[];
      /** Endpoints that are not served. */
      readonly left: readonly EndpointDefinition[];
    }
  | { readonly ok: false; readonly diagnostics: readonly Diagnostic[] };

/** Checks a project against its database and starts its engines. What was started is stopped again when it is refused. */
export async function buildGeneration(
  loaded: LoadedProject,
  project: Project,
  opening: Promise<Database>,
  options: BuildOptions,
): Promise<BuiltGeneration> {
  const { engines } = options;
  const hasPlugins = project.config.plugins.length > 0;
  // SQL may call functions of plug-ins: then it can be checked only when those run.
  const early = hasPlugins ? engines.filter(({ language }) => language !== 'sql') : engines;
  // What is not about SQL is checked while the database opens.
  const [database, found] = await Promise.all([opening, checkEndpoints(project.endpoints, project, early, opening)]);
  const first = [...loaded.diagnostics, ...relevantOf(found, options)];
  if (isBlocked(loaded, first, options)) return { ok: false, diagnostics: first };
  const host: EngineHost = { ...options.host, project, database };
  const usable = project.endpoints.filter(definition => !isBroken(definition, first));
  const generation = await startGeneration({ host, engines, endpoints: usable, kept: options.kept });
  const late = hasPlugins ? engines.filter(({ language }) => language === 'sql') : [];
  const aboutSql = await checkEndpoints(usable, project, late, opening).catch(async (error: unknown) => {
    await discard(generation, options);
    throw error;
  });
  const diagnostics = [...first, ...relevantOf(aboutSql, options), ...generation.diagnostics];
  if (isBlocked(loaded, diagnostics, options)) {
    await discard(generation, options);
    return { ok: false, diagnostics };
  }
  return { ok: true, diagnostics, ...chooseEndpoints(project, diagnostics, generation, options) };
}

async function discard(generation: Generation, { beforeDiscard }: BuildOptions): Promise<void> {
  try {
    await beforeDiscard?.();
  } finally {
    await generation.stop({ deadlineMs: 2_000 });
  }
}

function relevantOf(found: readonly Diagnostic[], { isResultUnchecked }: BuildOptions): readonly Diagnostic[] {
  return found.filter(({ code }) => code !== 'plan/sql-return-mismatch' || isResultUnchecked !== true);
}

function chooseEndpoints(
  { endpoints }: Project,
  diagnostics: readonly Diagnostic[],
  generation: Generation,
  { keepUnfit }: BuildOptions,
): { readonly next: NextGeneration; readonly left: readonly EndpointDefinition[] } {
  const left = endpoints.filter(definition => isBroken(definition, diagnostics));
  if (keepUnfit === true) {
    return { next: { generation, endpoints, unavailable: new Set(left.map(({ id }) => id)) }, left };
  }
  return { next: { generation, endpoints: endpoints.filter(definition => !left.includes(definition)) }, left };
}

export function isBlocked(
  loaded: LoadedProject,
  diagnostics: readonly Diagnostic[],
  { ignoreErrors }: Pick<BuildOptions, 'ignoreErrors'>,
): boolean {
  if (!ignoreErrors) return hasErrors(diagnostics);
  return diagnostics.some(finding => finding.severity === 'error' && isAboutConfiguration(finding, loaded));
}

/** Whether a finding concerns the site file or the user config, and with them everything. */
export function isAboutConfiguration({ span, code }: Diagnostic, { configFiles }: LoadedProject): boolean {
  // A plug-in that does not load costs the SQL that needs it, not the rest.
  if (code === 'plan/plugin-load') return false;
  return span === undefined || configFiles.some(file => file.path === span.source.path);
}

function isBroken(definition: EndpointDefinition, diagnostics: readonly Diagnostic[]): boolean {
  return diagnostics.some(finding => finding.severity === 'error' && concerns(finding, definition));
}
