import { type Diagnostic, MxcpError } from '@mxcp-ts/diagnostics';
import type { Change, Database, Log, PayloadOutcome, ReloadPayload, SqlFunction } from '@mxcp-ts/engine';
import type { EndpointDefinition } from '@mxcp-ts/project';
import { createAnswerCheck } from './answer-check.ts';
import { buildPlan } from './build-plan.ts';
import { Gate } from './gate.ts';
import type { Generation } from './generation.ts';
import type { Invocation } from './invocation.ts';
import { invoke } from './invoke.ts';
import { Lease } from './lease.ts';
import type { Outcome } from './outcome.ts';
import type { Plan } from './plan.ts';
import type { Readiness, ServedRuntime } from './served-runtime.ts';

/** A generation that is ready to be served. */
export interface NextGeneration {
  readonly generation: Generation;
  /** The endpoints to serve; others of the project are left out. */
  readonly endpoints: readonly EndpointDefinition[];
  /** Ids of those that are kept but cannot be called: they do not fit the database any more. */
  readonly unavailable?: ReadonlySet<string>;
}

export interface CloseOptions {
  /** How long running calls may take to end, milliseconds. */
  readonly drainTimeoutMs: number;
  /** How long hooks, guests and the database may take after that, milliseconds. */
  readonly stopTimeoutMs: number;
}

export interface ExclusiveReload extends CloseOptions {
  /** Runs while the database is closed. */
  readonly payload: ReloadPayload | undefined;
  /** Opens the database again and starts what is served next. */
  readonly reopen: () => Promise<NextGeneration>;
}

interface Current {
  readonly plan: Plan;
  readonly generation: Generation;
  readonly lease: Lease;
}

/** How long a call may wait for an exclusive reload to end. */
const longestHoldMs = 30_000;
/** Replaced generations that may still have calls at one time. */
const maxEnding = 3;

/** A project that runs: serves one generation and lets older ones end. Owns the database of its generation. */
export class Runtime implements ServedRuntime {
  readonly #log: Log;
  readonly #gate = new Gate();
  readonly #checkAnswer = createAnswerCheck();
  readonly #listeners = new Set<(plan: Plan, before: Plan) => void>();
  readonly #changeListeners = new Set<(change: Change) => void>();
  /** Generations that were replaced and still have calls or hooks to finish. */
  readonly #ending = new Set<Promise<void>>();
  #current: Current;
  /** Why nothing can be served, after an exclusive reload that could not open the project again. */
  #outage: string | undefined;
  #problem: string | undefined;
  #nextCall = 1;
  #active = 0;
  #isClosing = false;

  constructor(first: NextGeneration, log: Log) {
    this.#current = currentOf(first, 1);
    this.#log = log;
  }

  get plan(): Plan {
    return this.#current.plan;
  }

  get database(): Database {
    return this.#current.generation.host.database;
  }

  /** Endpoints that turned out not to work when their engines were started. */
  get diagnostics(): readonly Diagnostic[] {
    return this.#current.generation.diagnostics;
  }

  get activeCalls(): number {
    return this.#active;
  }

  /** Whether new calls wait for an exclusive reload. */
  get isHolding(): boolean {
    return this.#gate.isClosed;
  }

  /** False after an exclusive reload that could not open the project again. */
  get isOpen(): boolean {
    return this.#outage === undefined;
  }

  async invoke(invocation: Invocation): Promise<Outcome> {
    if (this.#gate.isClosed) await this.#gate.wait(longestHoldMs, invocation.signal);
    const refusal = this.#refusal(invocation);
    if (refusal !== undefined) return refusal;
    const { plan, lease } = this.#current;
    const endpoint = plan.endpoints.get(invocation.endpoint);
    if (endpoint === undefined) return { kind: 'not-found', endpoint: invocation.endpoint };
    this.#active += 1;
    lease.take();
    try {
      const callId = (this.#nextCall++).toString(36);
      return await invoke(endpoint, invocation, { log: this.#log, callId, checkAnswer: this.#checkAnswer });
    } finally {
      this.#active -= 1;
      lease.giveBack();
    }
  }

  readiness(): Readiness {
    const engines = [...this.#current.generation.engines.values()];
    const outage = this.#gate.isClosed ? 'The server is reloading.' : this.#outage;
    const problems = [outage, this.#problem].filter(problem => problem !== undefined);
    return {
      ready: this.#isServing,
      generation: this.plan.generation,
      problems: [...problems, ...engines.flatMap(engine => engine.problems())],
    };
  }

  endSession(session: string): void {
    this.#current.generation.host.sessions.clear(session);
  }

  onReload(listener: (plan: Plan, before: Plan) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  onChange(listener: (change: Change) => void): () => void {
    this.#changeListeners.add(listener);
    return () => this.#changeListeners.delete(listener);
  }

  /** Tells the clients that want to know. */
  announce(change: Change): void {
    for (const listener of this.#changeListeners) listener(change);
  }

  /** @param problem - what an operator should know of the last reload, a sentence; undefined when it went well */
  setReloadProblem(problem: string | undefined): void {
    this.#problem = problem;
  }

  /** The SQL functions of the plan that is served. */
  get functions(): readonly SqlFunction[] {
    return this.#current.generation.functions;
  }

  /** Waits until few replaced generations are left that still have calls: each keeps its guests. */
  async whenFewEnd(): Promise<void> {
    while (this.#ending.size >= maxEnding) await Promise.race(this.#ending);
  }

  /** Work on the database outside of calls: waits for an exclusive reload, and keeps one from closing it meanwhile. */
  async withDatabase<T>(work: (database: Database) => Promise<T>): Promise<T> {
    if (this.#gate.isClosed) await this.#gate.wait(longestHoldMs, undefined);
    if (this.#gate.isClosed || this.#isClosing || this.#outage !== undefined)
      throw new MxcpError('unreadable', 'The database of the server is closed for a reload.');
    const { lease } = this.#current;
    lease.take();
    try {
      return await work(this.database);
    } finally {
      lease.giveBack();
    }
  }

  /** Refuses new calls from now on; `close` does the rest. */
  beginClose(): void {
    this.#isClosing = true;
  }

  /** After a generation was started and then not served: SQL calls the functions of the current one again. */
  async redefineFunctions(): Promise<void> {
    await this.#current.generation.defineFunctions();
  }

  /** Serves the next generation from now on; the one before ends when its last call has, or at the end of its time. */
  replace(next: NextGeneration, options: CloseOptions): void {
    const before = this.#current;
    this.#swap(next);
    this.#end(before, options);
  }

  /**
   * Holds new calls, lets running ones end, stops everything, closes the database, runs the payload, opens again.
   *
   * @returns how the payload ended
   * @throws whatever `reopen` throws; then every call is unavailable until a later reload succeeds
   */
  async replaceExclusively(reload: ExclusiveReload): Promise<PayloadOutcome> {
    this.#gate.close();
    try {
      const outcome = await this.#runWhileClosed(reload);
      if (!this.#isClosing) {
        this.#swap(await reload.reopen());
        this.#outage = undefined;
      }
      return outcome;
    } catch (error) {
      this.#outage = 'The project could not be opened again after a reload; see the log.';
      throw error;
    } finally {
      this.#gate.open();
    }
  }

  /** Refuses new calls, lets running ones end, runs the `on_shutdown` hooks, ends guests, closes the database. */
  async close(options: CloseOptions): Promise<void> {
    this.#isClosing = true;
    if (this.#gate.isClosed) await this.#gate.wait(options.drainTimeoutMs + options.stopTimeoutMs, undefined);
    const { generation, lease } = this.#current;
    await lease.whenIdle(options.drainTimeoutMs);
    await Promise.all([
      ...this.#ending,
      this.#outage === undefined ? generation.stop({ deadlineMs: options.stopTimeoutMs }) : undefined,
    ]);
    if (this.#outage === undefined) await this.database.close({ deadlineMs: options.stopTimeoutMs });
  }

  #refusal({ signal }: Invocation): Outcome | undefined {
    if (signal?.aborted === true) return { kind: 'cancelled' };
    if (this.#isClosing) return { kind: 'unavailable', reason: 'The server is shutting down.', retryAfterMs: 5_000 };
    if (this.#gate.isClosed) return { kind: 'unavailable', reason: 'The server is reloading.', retryAfterMs: 5_000 };
    if (this.#outage !== undefined)
      return { kind: 'unavailable', reason: 'The project could not be reloaded.', retryAfterMs: 30_000 };
    return undefined;
  }

  async #runWhileClosed({ payload, drainTimeoutMs, stopTimeoutMs }: ExclusiveReload): Promise<PayloadOutcome> {
    const { generation, lease } = this.#current;
    try {
      await Promise.all([lease.whenIdle(drainTimeoutMs), ...this.#ending]);
      if (this.#outage === undefined) {
        await generation.stop({ deadlineMs: stopTimeoutMs }).catch(error => this.#logUnclean(error));
        await generation.host.database.close({ deadlineMs: stopTimeoutMs });
      }
      this.#outage = 'The project is not open.';
      return payload === undefined ? done : await payload.run().catch(failureOf);
    } finally {
      // Its guest may still hold the file.
      await payload?.end();
    }
  }

  #swap(next: NextGeneration): void {
    const before = this.#current.plan;
    this.#current = currentOf(next, before.generation + 1);
    for (const listener of this.#listeners) this.#tell(listener, before);
  }

  #tell(listener: (plan: Plan, before: Plan) => void, before: Plan): void {
    try {
      listener(this.#current.plan, before);
    } catch (error) {
      this.#log('error', `Clients could not be told of a reload. ${String(error)}`);
    }
  }

  #end({ generation, lease }: Current, { drainTimeoutMs, stopTimeoutMs }: CloseOptions): void {
    const ending = (async () => {
      await lease.whenIdle(drainTimeoutMs);
      if (generation.functions.length > 0 && this.#isServing) await this.redefineFunctions();
      await generation.stop({ deadlineMs: stopTimeoutMs });
    })()
      .catch(error => this.#logUnclean(error))
      .finally(() => this.#ending.delete(ending));
    this.#ending.add(ending);
  }

  get #isServing(): boolean {
    return !this.#isClosing && !this.#gate.isClosed && this.#outage === undefined;
  }

  #logUnclean(error: unknown): void {
    this.#log('error', `A replaced plan did not end well. ${String(error)}`);
  }
}

const done: PayloadOutcome = Object.freeze({ kind: 'done' });

function failureOf(error: unknown): PayloadOutcome {
  const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
  return { kind: 'failed', message, details: stack };
}

function currentOf({ generation, endpoints, unavailable }: NextGeneration, number: number): Current {
  const { engines, host } = generation;
  return { plan: buildPlan(host.project, endpoints, engines, number, unavailable), generation, lease: new Lease() };
}
