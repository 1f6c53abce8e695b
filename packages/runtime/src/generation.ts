import { type Diagnostic, diagnostic } from '@mxcp-ts/diagnostics';
import type { EngineHost, HandlerEngine, SqlFunction, StartedEngine } from '@mxcp-ts/engine';
import type { EndpointDefinition } from '@mxcp-ts/project';
import { endpointsOf } from './check-project.ts';

/** The engines of one plan: what a reload starts anew as a whole. */
export interface Generation {
  readonly host: EngineHost;
  readonly engines: ReadonlyMap<HandlerEngine['language'], StartedEngine>;
  /** What turned out not to work when the engines were started. */
  readonly diagnostics: readonly Diagnostic[];
  /** What its plug-ins add to SQL. */
  readonly functions: readonly SqlFunction[];
  /** Gives these functions to the database, and no others. */
  defineFunctions(): Promise<readonly Diagnostic[]>;
  stop(options: { readonly deadlineMs: number }): Promise<void>;
}

export interface GenerationParts {
  readonly host: EngineHost;
  readonly engines: readonly HandlerEngine[];
  readonly endpoints: readonly EndpointDefinition[];
  /** SQL functions of the generation that is still served: they stay, unless they are defined anew. */
  readonly kept?: readonly SqlFunction[] | undefined;
}

/**
 * Starts the engines that have endpoints or plug-ins, and gives their SQL functions to the database. When one cannot be
 * started the others are stopped again.
 */
export async function startGeneration({ host, engines, endpoints, kept = [] }: GenerationParts): Promise<Generation> {
  const started = new Map<HandlerEngine['language'], StartedEngine>();
  const needed = engines.filter(engine => isNeeded(engine, endpoints, host));
  const starts = await Promise.allSettled(
    needed.map(async engine => {
      started.set(engine.language, await engine.start(endpointsOf(engine, endpoints), host));
    }),
  );
  const failure = starts.find(start => start.status === 'rejected');
  if (failure !== undefined) {
    await stopAll(started.values(), { deadlineMs: 5_000 });
    throw failure.reason;
  }
  const functions = [...started.values()].flatMap(engine => engine.functions);
  const diagnostics = [...started.values()].flatMap(engine => engine.diagnostics);
  const names = new Set(functions.map(({ name }) => name));
  const others = kept.filter(({ name }) => !names.has(name));
  const problems = await defineFunctions([...functions, ...others], host).catch(async (error: unknown) => {
    await stopAll(started.values(), { deadlineMs: 5_000 });
    throw error;
  });
  return {
    host,
    engines: started,
    diagnostics: [...diagnostics, ...problems],
    functions,
    defineFunctions: () => defineFunctions(functions, host),
    stop: options => stopAll(started.values(), options),
  };
}

function isNeeded(engine: HandlerEngine, endpoints: readonly EndpointDefinition[], { project }: EngineHost): boolean {
  const { plugins } = project.config;
  return endpointsOf(engine, endpoints).length > 0 || plugins.some(({ language }) => language === engine.language);
}

async function defineFunctions(functions: readonly SqlFunction[], { database, project }: EngineHost) {
  // A project without plug-ins may have had some before a reload: their functions must go.
  if (functions.length === 0 && project.config.plugins.length === 0) {
    await database.defineFunctions([]);
    return [];
  }
  const problems = await database.defineFunctions(functions);
  const place = { source: project.siteFile, start: 0, end: 0 };
  return problems.map(({ name, message }) =>
    diagnostic('plan/plugin-load', `The SQL function ${name}: ${message}`, place),
  );
}

async function stopAll(engines: Iterable<StartedEngine>, options: Parameters<StartedEngine['stop']>[0]): Promise<void> {
  await Promise.all([...engines].map(engine => engine.stop(options)));
}
