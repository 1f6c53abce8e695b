import type { SqlFunctionAnswer } from '@mxcp-ts/engine';
import type { JsonObject } from '@mxcp-ts/values';
import {
  type GuestCallOptions,
  type GuestOptions,
  type GuestOutcome,
  guestDefaults,
  type ResolvedGuestOptions,
} from './guest-options.ts';
import { GuestProcess, type StartReport } from './guest-process.ts';

/** A language's guest as its engine sees it: one process at a time, replaced when it dies or gets stuck. */
export interface Guest {
  /** What the first process reported; a failed start is tried again by later calls. */
  readonly firstStart: StartReport;
  /**
   * Calls a handler. Settles when the guest answers or dies, never rejects; an aborted call ends within the cancel grace
   * or with its process.
   *
   * @param handler - an index into `start.handlers`
   */
  call(handler: number, args: JsonObject, options: GuestCallOptions): Promise<GuestOutcome>;
  /** What an operator should know, as sentences: hooks that failed, a guest that does not start. */
  problems(): readonly string[];
  /**
   * Computes one chunk of a SQL function that the guest reported when it started. Never rejects.
   *
   * @param columns - a JSON array with one array per parameter
   */
  apply(name: string, columns: string, signal: AbortSignal): Promise<SqlFunctionAnswer>;
  /**
   * Runs the shutdown hooks and ends every process, by force at the deadline. Later calls are unavailable. A process with
   * payloads that wait runs its hooks too, and ends with the last of them.
   */
  stop(options: { readonly deadlineMs: number }): Promise<void>;
}

const firstRetryMs = 200;
const lastRetryMs = 10_000;
/** For the shutdown hooks of a process that was replaced. */
const retiredStopMs = 2_000;

/** Starts a guest and waits until it is ready, or until its first start has failed. */
export async function startGuest(options: GuestOptions): Promise<Guest> {
  const supervisor = new GuestSupervisor({ ...guestDefaults, ...options });
  const firstStart = await supervisor.launch().started;
  return {
    firstStart,
    call: (handler, args, callOptions) => supervisor.call(handler, args, callOptions),
    apply: (name, columns, signal) => supervisor.apply(name, columns, signal),
    problems: () => supervisor.problems(),
    stop: ({ deadlineMs }) => supervisor.stop(deadlineMs),
  };
}

class GuestSupervisor {
  readonly #options: ResolvedGuestOptions;
  readonly #retired = new Set<GuestProcess>();
  #current: GuestProcess | undefined;
  #failedStarts = 0;
  #nextStartAt = 0;
  #lastStart: StartReport | undefined;
  #isStopped = false;

  constructor(options: ResolvedGuestOptions) {
    this.#options = options;
  }

  async call(handler: number, args: JsonObject, options: GuestCallOptions): Promise<GuestOutcome> {
    const guest = this.#ready(options.signal) ?? (await this.#whenReady(options.signal));
    return guest instanceof GuestProcess ? guest.call(handler, args, options) : guest;
  }

  async apply(name: string, columns: string, signal: AbortSignal): Promise<SqlFunctionAnswer> {
    const guest = this.#ready(signal) ?? (await this.#whenReady(signal));
    if (guest instanceof GuestProcess) return guest.apply(name, columns, signal);
    return { ok: false, message: guest.kind === 'unavailable' ? guest.reason : 'The statement was interrupted.' };
  }

  /** The process, when it can be called at once: no promise for the ordinary case. */
  #ready(signal: AbortSignal): GuestProcess | undefined {
    const guest = this.#usable();
    const isReady = guest?.hasStarted === true && guest.doubt === undefined && !this.#isStopped && !signal.aborted;
    return isReady ? guest : undefined;
  }

  /** Waits for a process that can be called, started anew if need be; or gives why there is none. */
  async #whenReady(signal: AbortSignal): Promise<GuestProcess | Exclude<GuestOutcome, { kind: 'result' }>> {
    if (this.#usable()?.doubt !== undefined) await this.#certainty(signal);
    if (signal.aborted) return cancelled;
    const refusal = this.#refusal();
    if (refusal !== undefined) return refusal;
    const guest = this.#usable() ?? this.launch();
    if (guest.hasStarted) return guest;
    const report = await orAborted(guest.started, signal);
    if (report === undefined || signal.aborted) return cancelled;
    if (!report.ok) return { kind: 'unavailable', reason: report.reason, retryAfterMs: this.#untilNextStartMs() };
    if (guest.isGone)
      return { kind: 'unavailable', reason: `The ${this.#options.name} process ended.`, retryAfterMs: firstRetryMs };
    return guest;
  }

  /** Holds new calls back while nobody knows whether the process still runs or is blocked by an endless loop. */
  async #certainty(signal: AbortSignal): Promise<void> {
    for (let guest = this.#usable(); guest?.doubt !== undefined && !signal.aborted; guest = this.#usable()) {
      await orAborted(guest.doubt, signal);
    }
  }

  launch(): GuestProcess {
    const guest: GuestProcess = new GuestProcess(this.#options, () => this.#retire(guest));
    this.#current = guest;
    void guest.started.then(report => this.#onStarted(guest, report));
    void guest.exited.then(() => {
      this.#retired.delete(guest);
      if (this.#current === guest) this.#current = undefined;
    });
    return guest;
  }

  problems(): readonly string[] {
    const report = this.#lastStart;
    if (report === undefined) return [];
    if (!report.ok) return [report.reason];
    // Shown to everybody who asks for the server's health: what the hook said stays in the log.
    return report.hooks.map(({ hook }) => `The ${this.#options.name} hook ${hookName(hook)} failed; see the log.`);
  }

  async stop(deadlineMs: number): Promise<void> {
    this.#isStopped = true;
    const current = this.#current;
    const retired = [...this.#retired];
    const ended = retired.filter(guest => !guest.hasPayloads);
    for (const guest of ended) guest.kill(`The ${this.#options.name} process was stopped.`);
    const held = [...retired, ...(current === undefined ? [] : [current])].filter(guest => guest.hasPayloads);
    await Promise.all([
      current?.hasPayloads === true ? undefined : current?.stop(deadlineMs),
      ...held.map(guest => guest.stopAndHold(deadlineMs)),
      ...ended.map(guest => guest.exited),
    ]);
  }

  #refusal(): Extract<GuestOutcome, { kind: 'unavailable' }> | undefined {
    const { name } = this.#options;
    if (this.#isStopped)
      return { kind: 'unavailable', reason: `The ${name} process has been stopped.`, retryAfterMs: 1_000 };
    const waitMs = this.#usable() === undefined ? this.#untilNextStartMs() : 0;
    if (waitMs === 0) return undefined;
    return { kind: 'unavailable', reason: `The ${name} process does not start.`, retryAfterMs: waitMs };
  }

  /** A call that was settled by an exit may be repeated before `exited` has been heard here. */
  #usable(): GuestProcess | undefined {
    return this.#current?.isGone === true ? undefined : this.#current;
  }

  #untilNextStartMs(): number {
    return Math.max(0, this.#nextStartAt - Date.now());
  }

  #onStarted(guest: GuestProcess, report: StartReport): void {
    const isReplacement = this.#lastStart !== undefined;
    this.#lastStart = report;
    if (report.ok) {
      this.#failedStarts = 0;
      if (isReplacement) this.#logReplacement(report);
      return;
    }
    if (this.#current === guest) this.#current = undefined;
    if (this.#isStopped) return;
    this.#nextStartAt = Date.now() + Math.min(firstRetryMs * 2 ** this.#failedStarts, lastRetryMs);
    this.#failedStarts += 1;
    this.#options.log('error', report.reason);
  }

  #logReplacement({ modules, handlers, hooks }: Extract<StartReport, { ok: true }>): void {
    const { name, log, start } = this.#options;
    log('info', `A new ${name} process is ready.`);
    for (const { module, error } of modules)
      log('error', `${start.modules[module]?.path ?? 'A module'} does not load any more: ${error.message}`);
    for (const { handler, message } of handlers) {
      const endpoint = start.handlers[handler]?.endpoint;
      log('error', message, endpoint === undefined ? {} : { endpoint });
    }
    for (const { hook, message } of hooks) log('error', `The ${name} hook ${hookName(hook)} failed: ${message}`);
  }

  /** New calls go to a replacement at once; the old process may finish what still runs in it, if it is not blocked as a whole. */
  #retire(guest: GuestProcess): void {
    if (this.#isStopped || this.#retired.has(guest)) return;
    const { name, log, pingTimeoutMs } = this.#options;
    this.#retired.add(guest);
    log('warning', `A cancelled call did not end; its ${name} process is being replaced.`);
    if (this.#current === guest) this.launch();
    void (async () => {
      if (!(await guest.ping(pingTimeoutMs)))
        return guest.kill(`The ${name} process was blocked by another call and was ended.`);
      await guest.whenOnlyStuckCallsLeft();
      if (guest.hasPayloads) await guest.stopAndHold(retiredStopMs);
      else await guest.stop(retiredStopMs);
    })();
  }
}

const cancelled: Extract<GuestOutcome, { kind: 'failure' }> = Object.freeze({
  kind: 'failure',
  error: Object.freeze({ type: 'Cancelled', message: 'The call was cancelled.' }),
});

function hookName(hook: string | undefined): string {
  return hook === undefined || hook === '' ? 'without a name' : `"${hook}"`;
}

/** Undefined when the signal aborts first. */
async function orAborted<T>(promise: Promise<T>, signal: AbortSignal): Promise<T | undefined> {
  let onAbort = () => {};
  const aborted = new Promise<undefined>(resolve => {
    onAbort = () => resolve(undefined);
    signal.addEventListener('abort', onAbort, { once: true });
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
  }
}
