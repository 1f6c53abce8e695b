import { type Diagnostic, formatLine, hasErrors } from '@mxcp-ts/diagnostics';
import type { Database, EngineHost, Log, ReloadRequest, SessionStore } from '@mxcp-ts/engine';
import type { LoadedProject, Project } from '@mxcp-ts/project';
import type { NextGeneration, Runtime } from '@mxcp-ts/runtime';
import { type BuildOptions, buildGeneration, isBlocked } from '../build-generation.ts';
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
  /** The plan before is served on, unless `message` says otherwise. */
  | { readonly ok: false; readonly message: string; readonly diagnostics: readonly Diagnostic[] };

export interface ReloadStatus {
  readonly isRunning: boolean;
  readonly endedAt: Date | undefined;
  readonly result: ReloadResult | undefined;
}

/** How long calls of the old plan may go on, then how long its hooks and guests may take. */
const drainTimeoutMs = 90_000;
const stopTimeoutMs = 10_000;
const closing = { drainTimeoutMs, stopTimeoutMs };
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
      requestReload: request => void this.#enqueue(request),
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
    await Promise.all(this.#queue.clear().map(request => request.payload?.end()));
    await this.#queue.whenEmpty();
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
    const result = await this.#attempt(request, runtime, before).catch((error: unknown) => {
      const message = error instanceof Error ? error.message : String(error);
      return { ok: false, message, diagnostics: [] } as const;
    });
    this.#last = { endedAt: new Date(), result };
    if (result.diagnostics.length > 0)
      log(result.ok ? 'warning' : 'error', `\n${formatLine(result.diagnostics).trimEnd()}`);
    if (result.ok) this.#options.say?.(`Reloaded: plan ${result.generation} is served.`);
    else this.#fail(request, result.message);
    // Shown to everybody who asks for the server's health: what went wrong stays in the log.
    runtime.setReloadProblem(result.ok ? undefined : 'The last reload failed; see the log.');
    return result;
  }

  async #attempt(request: ReloadRequest, runtime: Runtime, before: string): Promise<ReloadResult> {
    if (request.payload !== undefined) return this.#exclusive(request, runtime, before);
    const loaded = await this.#readAgain();
    const { project } = loaded;
    if (project !== undefined && needsRestart(runtime.plan.project, project))
      this.#options.log('warning', 'Changes of transport and logging take effect when the server is started again.');
    if (project === undefined || isBlocked(loaded, loaded.diagnostics, this.#options)) {
      return refused(loaded.diagnostics);
    }
    if (needsReopening(runtime.plan.project, project) || !runtime.isOpen) {
      return this.#exclusive(request, runtime, before);
    }
    const built = await buildGeneration(loaded, project, Promise.resolve(runtime.database), this.#build());
    if (!built.ok) {
      await runtime.redefineFunctions();
      return refused(built.diagnostics);
    }
    runtime.replace(built.next, closing);
    return this.#succeeded(runtime, before, built.diagnostics);
  }

  async #exclusive(request: ReloadRequest, runtime: Runtime, before: string): Promise<ReloadResult> {
    const served = runtime.plan.project;
    let reopened: Reopened = { diagnostics: [], isRefused: false };
    const outcome = await runtime.replaceExclusively({
      ...closing,
      payload: request.payload,
      reopen: async () => {
        // Read after the payload, which may have written files of the project.
        const { next, ...facts } = await this.#reopen(await this.#readAgain(), served);
        reopened = facts;
        return next;
      },
    });
    const { diagnostics, isRefused } = reopened;
    if (outcome.kind === 'failed') {
      this.#options.log('error', `The function of the reload "${request.description}" failed. ${outcome.details}`);
      return { ok: false, message: `Its function failed: ${outcome.message}`, diagnostics };
    }
    return isRefused ? refused(diagnostics) : this.#succeeded(runtime, before, diagnostics);
  }

  /** A project whose files cannot be used is opened again as it was served: the payload has its own reason to run. */
  async #reopen(loaded: LoadedProject, served: Project): Promise<Reopened & { readonly next: NextGeneration }> {
    const { log, open } = this.#options;
    const isRefused = loaded.project === undefined || isBlocked(loaded, loaded.diagnostics, { ignoreErrors: true });
    const project = isRefused ? served : (loaded.project ?? served);
    const database = await open(project, log);
    try {
      const build = { ...this.#build(), ignoreErrors: true, keepUnfit: true };
      const usable = isRefused ? { ...loaded, project, diagnostics: [] } : loaded;
      const built = await buildGeneration(usable, project, Promise.resolve(database), build);
      if (!built.ok) throw new Error('The project has errors in its configuration.');
      for (const { name, kind } of built.left)
        log('error', `The ${kind} ${name} does not fit the database any more and is unavailable.`);
      return { next: built.next, diagnostics: isRefused ? loaded.diagnostics : built.diagnostics, isRefused };
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

  #fail({ description, payload }: ReloadRequest, message: string): void {
    const what = payload === undefined ? 'The reload' : `The reload "${description}"`;
    this.#options.log('error', `${what} failed. ${message}`);
    this.#failures = [...this.#failures.slice(-maxFailures), `${what} failed. ${message}`];
  }
}

interface Reopened {
  readonly diagnostics: readonly Diagnostic[];
  /** The files had errors, so what is served is the project as it was. */
  readonly isRefused: boolean;
}

function refused(diagnostics: readonly Diagnostic[]): ReloadResult {
  const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
  const what = hasErrors(diagnostics)
    ? `The project has ${errors} ${errors === 1 ? 'error' : 'errors'}`
    : 'It was refused';
  return { ok: false, message: `${what}; the plan before is served on.`, diagnostics };
}
