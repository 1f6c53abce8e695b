import { setTimeout } from 'node:timers/promises';
import { type Diagnostic, formatLine, hasErrors } from '@mxcp-ts/diagnostics';
import type { Database, EngineHost, Log, ReloadRequest, SessionStore } from '@mxcp-ts/engine';
import type { LoadedProject, Project } from '@mxcp-ts/project';
import { checkEndpoints, type NextGeneration, type Plan, type Runtime } from '@mxcp-ts/runtime';
import { type BuildOptions, buildGeneration, isBlocked } from '../build-generation.ts';
import { createMask } from '../log.ts';
import { needsReopening, needsRestart } from './needs-reopening.ts';
import { describePlan } from './plan-lists.ts';
import { ReloadQueue } from './reload-queue.ts';

export interface ReloaderOptions extends Pick<BuildOptions, 'engines' | 'ignoreErrors' | 'isResultUnchecked'> {
  readonly loaded: LoadedProject;
  readonly sessions: SessionStore;
  readonly log: Log;
  /** Reads the folder again, as it is now. */
  readonly reread: () => Promise<LoadedProject>;
  readonly open: (project: Project, log: Log) => Promise<Database>;
  /** Tells whoever looks at the terminal that a reload went well. */
  readonly say?: (text: string) => void;
}

export type ReloadResult =
  | {
      readonly ok: true;
      readonly generation: number;
      /** Whether clients are offered something else than before. */
      readonly changed: boolean;
      readonly diagnostics: readonly Diagnostic[];
    }
  | RefusedReload;

/** The plan before is served on, unless `message` says otherwise. */
export interface RefusedReload {
  readonly ok: false;
  readonly message: string;
  readonly diagnostics: readonly Diagnostic[];
}

export interface ReloadStatus {
  readonly isRunning: boolean;
  readonly endedAt: Date | undefined;
  readonly result: ReloadResult | undefined;
}

/** How long calls of the old plan may go on, then how long its hooks and guests may take. */
const drainTimeoutMs = 90_000;
const stopTimeoutMs = 10_000;
const closing = { drainTimeoutMs, stopTimeoutMs };
/** How long a reload that runs may keep a server from stopping. */
const longestEndMs = 15_000;
/** A server never asks for them. */
const maxFailures = 20;

/** Replaces what a runtime serves: one reload after the other, in the order they were asked for. */
export class Reloader {
  /** What the engines of every generation are given. */
  readonly host: Omit<EngineHost, 'project' | 'database'>;
  readonly #options: ReloaderOptions;
  readonly #queue = new ReloadQueue<ReloadResult>();
  #loaded: LoadedProject;
  #runtime: Runtime | undefined;
  #running: ReloadRequest | undefined;
  #isClosed = false;
  readonly #mask = createMask(() => (this.#loaded.project ?? this.#runtime?.plan.project)?.config.secrets ?? []);
  #last: { readonly endedAt: Date; readonly result: ReloadResult } | undefined;
  /** What payloads and unattended reloads failed with since `finish` was last called. */
  #failures: string[] = [];
  #onLoaded: (loaded: LoadedProject) => void = () => {};

  constructor(options: ReloaderOptions) {
    this.#options = options;
    this.#loaded = options.loaded;
    this.host = {
      sessions: options.sessions,
      log: options.log,
      announce: change => this.#runtime?.announce(change),
      requestReload: request => this.#accept(request),
    };
  }

  /** Must be called before anything is reloaded. */
  attach(runtime: Runtime): void {
    this.#runtime = runtime;
  }

  /** What was read last, whether or not it could be served. */
  get loaded(): LoadedProject {
    return this.#loaded;
  }

  get status(): ReloadStatus {
    return { isRunning: this.#queue.isRunning, endedAt: this.#last?.endedAt, result: this.#last?.result };
  }

  /** @param listener - called after every reading of the folder */
  onLoaded(listener: (loaded: LoadedProject) => void): void {
    this.#onLoaded = listener;
  }

  /**
   * Reads the project again and serves it, if it has no errors. Never rejects. Those who ask while an ordinary reload
   * waits get that one's result.
   */
  reload(description: string): Promise<ReloadResult> {
    return this.#enqueue({ description });
  }

  /** Waits for the reloads that were asked for. @returns what went wrong, one sentence each */
  async finish(): Promise<{ readonly failed: readonly string[] }> {
    await this.#queue.whenEmpty();
    const failed = this.#failures;
    this.#failures = [];
    return { failed };
  }

  /** Gives up reloads that wait and lets a running one end. */
  async close(): Promise<void> {
    this.#isClosed = true;
    for (const { description, payload } of this.#queue.clear()) {
      this.#options.log('warning', `The reload "${description}" was asked for and not run: the server stops.`);
      await payload?.end();
    }
    await Promise.race([this.#queue.whenEmpty(), setTimeout(longestEndMs, undefined, { ref: false })]);
    if (!this.#queue.isRunning) return;
    this.#options.log('warning', 'A reload that still runs is given up: the server stops.');
    await this.#running?.payload?.end();
  }

  /** @returns why there will be no reload, a sentence */
  #accept(request: ReloadRequest): string | undefined {
    if (this.#runtime === undefined) return 'A reload cannot be asked for while the project starts.';
    if (this.#isClosed) return 'The server is shutting down, so nothing is reloaded any more.';
    void this.#enqueue(request);
    return undefined;
  }

  #enqueue(request: ReloadRequest): Promise<ReloadResult> {
    return this.#queue.add(request, () => this.#run(request));
  }

  async #run(request: ReloadRequest): Promise<ReloadResult> {
    const { log } = this.#options;
    const runtime = this.#runtime;
    if (runtime === undefined) throw new Error('A reload was asked for before the project had started.');
    log('info', `Reloading (${request.description || 'no description'}).`);
    const before = describePlan(runtime.plan);
    this.#running = request;
    const result = this.#masked(await this.#attempt(request, runtime, before).catch(failed));
    this.#running = undefined;
    this.#last = { endedAt: new Date(), result };
    if (result.diagnostics.length > 0)
      log(result.ok ? 'warning' : 'error', `What was found:\n${formatLine(result.diagnostics).trimEnd()}`);
    if (result.ok) this.#options.say?.(`Reloaded: plan ${result.generation} is served.`);
    else this.#fail(request, result.message);
    if (!result.ok && request.payload !== undefined && runtime.isOpen)
      this.#options.say?.(`Plan ${runtime.plan.generation} is served.`);
    // Shown to everybody who asks for the server's health: what went wrong stays in the log.
    runtime.setReloadProblem(result.ok ? unfitProblem(runtime.plan) : 'The last reload failed; see the log.');
    return result;
  }

  async #attempt(request: ReloadRequest, runtime: Runtime, before: string): Promise<ReloadResult> {
    if (request.payload !== undefined || !runtime.isOpen) return this.#exclusive(request, runtime, before);
    const loaded = await this.#readAgain();
    const { project } = loaded;
    if (project !== undefined && needsRestart(runtime.plan.project, project))
      this.#options.log('warning', 'Changes of transport and logging take effect when the server is started again.');
    if (project === undefined || isBlocked(loaded, loaded.diagnostics, this.#options)) {
      return refused(loaded.diagnostics);
    }
    if (needsReopening(runtime.plan.project, project)) {
      // What can be found without the database is found before it is closed.
      const found = [...loaded.diagnostics, ...(await this.#checkBefore(project, runtime))];
      if (isBlocked(loaded, found, this.#options)) return refused(found);
      return this.#exclusive(request, runtime, before);
    }
    await runtime.whenFewEnd();
    const build = { ...this.#build(), kept: runtime.functions, beforeDiscard: () => runtime.redefineFunctions() };
    const built = await buildGeneration(loaded, project, Promise.resolve(runtime.database), build);
    if (!built.ok) return refused(built.diagnostics);
    runtime.replace(built.next, closing);
    return this.#succeeded(runtime, before, built.diagnostics);
  }

  /** SQL is checked against the open database, unless it will be another one or plug-ins bring functions to it. */
  #checkBefore(project: Project, { plan, database }: Runtime): Promise<readonly Diagnostic[]> {
    const isSameFile = plan.project.config.database.path === project.config.database.path;
    const canCheckSql = isSameFile && project.config.plugins.length === 0;
    const engines = this.#options.engines.filter(({ language }) => canCheckSql || language !== 'sql');
    return checkEndpoints(project.endpoints, project, engines, Promise.resolve(database));
  }

  async #exclusive(request: ReloadRequest, runtime: Runtime, before: string): Promise<ReloadResult> {
    const served = runtime.plan.project;
    this.#options.say?.(`Reloading (${request.description || 'no description'}): calls wait until it is done.`);
    let reopened: Reopened | undefined;
    const outcome = await runtime.replaceExclusively({
      ...closing,
      payload: request.payload,
      reopen: async () => {
        reopened = await this.#reopen(served);
        return reopened.next;
      },
    });
    const diagnostics = reopened?.diagnostics ?? [];
    if (outcome.kind === 'failed') {
      this.#options.log('error', `The function of a reload failed. ${outcome.details}`);
      return { ok: false, message: `Its function failed: ${outcome.message}`, diagnostics };
    }
    return reopened?.refusal ?? this.#succeeded(runtime, before, diagnostics);
  }

  /** What cannot be opened as its files are now is opened as it was served: a broken edit costs nothing. */
  async #reopen(served: Project): Promise<Reopened> {
    const attempt = await this.#openAsWritten().catch(failed);
    if ('next' in attempt) return attempt;
    const { next } = await this.#open({ ...this.#loaded, diagnostics: [] }, served);
    return { next, diagnostics: attempt.diagnostics, refusal: attempt };
  }

  /** Reads the files only now: a payload may have written some. */
  async #openAsWritten(): Promise<Reopened | RefusedReload> {
    const loaded = await this.#readAgain();
    const { project, diagnostics } = loaded;
    if (project === undefined || isBlocked(loaded, diagnostics, this.#options)) return refused(diagnostics);
    return await this.#open(loaded, project);
  }

  async #open(loaded: LoadedProject, project: Project): Promise<Reopened> {
    const { log, open } = this.#options;
    const database = await open(project, log);
    try {
      const build = { ...this.#build(), ignoreErrors: true, keepUnfit: true };
      const built = await buildGeneration(loaded, project, Promise.resolve(database), build);
      if (!built.ok) throw new Error('The project has errors in its configuration.');
      for (const { name, kind } of built.left)
        log('error', `The ${kind} ${name} does not fit the database any more and is unavailable.`);
      return { next: built.next, diagnostics: built.diagnostics, refusal: undefined };
    } catch (error) {
      await database.close({ deadlineMs: 1_000 });
      throw error;
    }
  }

  #build(): BuildOptions {
    return { ...this.#options, host: this.host };
  }

  async #readAgain(): Promise<LoadedProject> {
    this.#loaded = await this.#options.reread();
    this.#onLoaded(this.#loaded);
    return this.#loaded;
  }

  #succeeded(runtime: Runtime, before: string, diagnostics: readonly Diagnostic[]): ReloadResult {
    const { generation } = runtime.plan;
    return { ok: true, generation, changed: describePlan(runtime.plan) !== before, diagnostics };
  }

  /** What user code raised may quote a secret, and this goes further than the log. */
  #masked(result: ReloadResult): ReloadResult {
    return result.ok ? result : { ...result, message: this.#mask(result.message) };
  }

  #fail({ description, payload }: ReloadRequest, message: string): void {
    const what = payload === undefined || description === '' ? 'The reload' : `The reload "${description}"`;
    this.#options.log('error', `${what} failed. ${message}`);
    this.#failures = [...this.#failures.slice(-maxFailures), `${what} failed. ${message}`];
  }
}

interface Reopened {
  readonly next: NextGeneration;
  readonly diagnostics: readonly Diagnostic[];
  /** Why what is served is the project as it was. */
  readonly refusal: RefusedReload | undefined;
}

function unfitProblem({ unavailable }: Plan): string | undefined {
  if (unavailable.size === 0) return undefined;
  const what = unavailable.size === 1 ? 'One endpoint does' : `${unavailable.size} endpoints do`;
  return `${what} not fit the database any more and cannot be called; see the log.`;
}

function refused(diagnostics: readonly Diagnostic[]): RefusedReload {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const what = hasErrors(diagnostics)
    ? `The project has ${errors} ${errors === 1 ? 'error' : 'errors'}`
    : 'It was refused';
  return { ok: false, message: `${what}; the plan before is served on.`, diagnostics };
}

function failed(error: unknown): RefusedReload {
  return { ok: false, message: error instanceof Error ? error.message : String(error), diagnostics: [] };
}
