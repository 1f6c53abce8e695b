import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type { Database, HandlerEngine, Log, StartedEngine } from '@mxcp-ts/engine';
import type { EndpointDefinition, Project } from '@mxcp-ts/project';
import { buildPlan } from './build-plan.ts';
import { endpointsOf } from './check-project.ts';
import type { Invocation } from './invocation.ts';
import { invoke } from './invoke.ts';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';
import type { Readiness, ServedRuntime } from './served-runtime.ts';

export interface RuntimeParts {
  readonly project: Project;
  /** The endpoints to serve; others of the project are left out. */
  readonly endpoints: readonly EndpointDefinition[];
  readonly engines: readonly HandlerEngine[];
  readonly database: Database;
  readonly log: Log;
}

export interface CloseOptions {
  /** How long running calls may take to end, milliseconds. */
  readonly drainTimeoutMs: number;
  /** How long hooks, guests and the database may take after that, milliseconds. */
  readonly stopTimeoutMs: number;
}

/** A project that runs: its engines are started, its plan is bound. Owns the database it was given. */
export class Runtime implements ServedRuntime {
  readonly plan: Plan;
  readonly database: Database;
  /** Endpoints that turned out not to work when their engines were started. */
  readonly diagnostics: readonly Diagnostic[];
  readonly #engines: readonly StartedEngine[];
  readonly #log: Log;
  #nextCall = 1;
  #active = 0;
  #whenIdle: (() => void) | undefined;
  #closing = false;

  /** Starts the engines that have endpoints. When one cannot be started the others are stopped again. */
  static async open(parts: RuntimeParts): Promise<Runtime> {
    const { project, endpoints, database, log } = parts;
    const started = new Map<HandlerEngine['language'], StartedEngine>();
    const needed = parts.engines.filter(engine => endpointsOf(engine, endpoints).length > 0);
    const starts = await Promise.allSettled(
      needed.map(async engine => {
        started.set(engine.language, await engine.start(endpointsOf(engine, endpoints), { project, database, log }));
      }),
    );
    const failure = starts.find(start => start.status === 'rejected');
    if (failure !== undefined) {
      await stopAll([...started.values()], 5_000);
      throw failure.reason;
    }
    return new Runtime(buildPlan(project, endpoints, started, 1), [...started.values()], database, log);
  }

  private constructor(plan: Plan, engines: readonly StartedEngine[], database: Database, log: Log) {
    this.plan = plan;
    this.database = database;
    this.diagnostics = engines.flatMap(engine => engine.diagnostics);
    this.#engines = engines;
    this.#log = log;
  }

  async invoke(invocation: Invocation): Promise<Outcome> {
    const endpoint = this.plan.endpoints.get(invocation.endpoint);
    if (endpoint === undefined) return { kind: 'not-found', endpoint: invocation.endpoint };
    if (this.#closing) return { kind: 'unavailable', reason: 'The server is shutting down.', retryAfterMs: 5_000 };
    this.#active += 1;
    try {
      const callId = (this.#nextCall++).toString(36);
      return await invoke(endpoint, invocation, { log: this.#log, callId });
    } finally {
      this.#active -= 1;
      if (this.#active === 0) this.#whenIdle?.();
    }
  }

  readiness(): Readiness {
    const problems = this.#engines.flatMap(engine => engine.problems());
    return { ready: !this.#closing, generation: this.plan.generation, problems };
  }

  get activeCalls(): number {
    return this.#active;
  }

  /** Refuses new calls, lets running ones end, runs the `on_shutdown` hooks, ends guests, closes the database. */
  async close({ drainTimeoutMs, stopTimeoutMs }: CloseOptions): Promise<void> {
    this.#closing = true;
    await this.#idle(drainTimeoutMs);
    await stopAll(this.#engines, stopTimeoutMs);
    await this.database.close({ deadlineMs: stopTimeoutMs });
  }

  #idle(timeoutMs: number): Promise<void> {
    if (this.#active === 0) return Promise.resolve();
    return new Promise(resolve => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#whenIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}

async function stopAll(engines: readonly StartedEngine[], deadlineMs: number): Promise<void> {
  await Promise.all(engines.map(engine => engine.stop({ deadlineMs })));
}
