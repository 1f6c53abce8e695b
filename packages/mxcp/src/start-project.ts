import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type { Database, HandlerEngine, Log } from '@mxcp-ts/engine';
import { openDatabase } from '@mxcp-ts/engine-sql';
import type { EndpointDefinition, LoadedProject, Project } from '@mxcp-ts/project';
import { checkEndpoints, createSessionStore, Runtime } from '@mxcp-ts/runtime';
import { type BuildOptions, buildGeneration, isBlocked } from './build-generation.ts';
import { installation } from './installation.ts';
import { Reloader } from './reload/reloader.ts';

export interface StartOptions extends Pick<BuildOptions, 'engines' | 'ignoreErrors' | 'isResultUnchecked'> {
  readonly log: Log;
  /** Reads the folder again, as it is then, with the options of the start. */
  readonly reread: () => Promise<LoadedProject>;
  /** As in `ReloaderOptions`. */
  readonly say?: (text: string) => void;
}

export type StartedProject =
  | {
      readonly ok: true;
      readonly runtime: Runtime;
      readonly reloader: Reloader;
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
  const { log, reread } = options;
  const sessions = createSessionStore();
  const reloader = new Reloader({ ...options, sessions, reread, loaded, open: openProjectDatabase });
  const opening = openProjectDatabase(project, log);
  try {
    const build = { ...options, host: reloader.host };
    const built = await buildGeneration(loaded, project, opening, build);
    if (!built.ok) {
      await (await opening).close({ deadlineMs: 1_000 });
      return built;
    }
    const runtime = new Runtime(built.next, log);
    reloader.attach(runtime);
    return { ok: true, runtime, reloader, diagnostics: built.diagnostics, left: built.left };
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
