import type { JsonObject } from '@mxcp-ts/values';
import { answerExecute } from './answer-execute.ts';
import type { GuestCallOptions, GuestOutcome, ResolvedGuestOptions } from './guest-options.ts';
import { PendingCalls } from './pending-calls.ts';
import type { GuestError, GuestToHost, HandlerFault, ModuleFailure } from './protocol.ts';
import { type SpawnedGuest, spawnGuest } from './spawn-guest.ts';
import { openWire, type Wire } from './wire.ts';

/** What a guest reported when it was ready, or why it never was. */
export type StartReport =
  | {
      readonly ok: true;
      readonly modules: readonly ModuleFailure[];
      readonly handlers: readonly HandlerFault[];
      readonly hooks: readonly GuestError[];
    }
  /** `reason` is a sentence. */
  | { readonly ok: false; readonly reason: string };

/** About what a new process needs to start. */
const retryAfterExitMs = 1_000;

/** One guest process from spawn to exit. Knows nothing of replacements. */
export class GuestProcess {
  /** Resolves with the report when the guest is ready, or when it ended before that. */
  readonly started: Promise<StartReport>;
  /** Resolves when the process is gone and all its calls are settled. */
  readonly exited: Promise<void>;
  readonly #options: ResolvedGuestOptions;
  readonly #spawned: SpawnedGuest;
  readonly #wire: Wire;
  readonly #calls: PendingCalls;
  readonly #gone = new AbortController();
  readonly #pings = new Map<number, (isAlive: boolean) => void>();
  #resolveStarted: (report: StartReport) => void = () => {};
  #hasStarted = false;
  #lastPing = 0;
  #doubt: Promise<void> | undefined;
  /** Why it was killed on purpose: a sentence. */
  #killReason: string | undefined;

  constructor(options: ResolvedGuestOptions, onStuck: () => void) {
    this.#options = options;
    this.started = new Promise(resolve => {
      this.#resolveStarted = resolve;
    });
    this.#spawned = spawnGuest(options);
    this.#wire = openWire(this.#spawned.socket, {
      maxLineBytes: options.maxLineBytes,
      onMessage: message => this.#receive(message),
      onBroken: reason => this.kill(`The ${options.name} process ${reason} and was ended.`),
    });
    this.#calls = new PendingCalls({
      cancelGraceMs: options.cancelGraceMs,
      sendCancel: id => {
        this.#wire.send({ type: 'cancel', id });
        this.#askWhetherAlive();
      },
      onStuck,
    });
    const startTimer = setTimeout(() => this.#failStart(), options.startTimeoutMs);
    this.exited = this.#spawned.exited.then(ending => {
      clearTimeout(startTimer);
      this.#onExit(ending);
    });
    void this.started.then(() => clearTimeout(startTimer));
    this.#wire.send({ type: 'start', ...options.start });
  }

  get hasStarted(): boolean {
    return this.#hasStarted;
  }

  get isGone(): boolean {
    return this.#gone.signal.aborted;
  }

  /**
   * Pending while a cancelled call may be blocking the whole guest; settles when the guest has answered or is gone. A
   * call sent meanwhile could be lost with it.
   */
  get doubt(): Promise<void> | undefined {
    return this.#doubt;
  }

  /** Settles when the guest answers or dies. Call it on a started guest that is not gone, with a signal that is not aborted. */
  call(handler: number, args: JsonObject, options: GuestCallOptions): Promise<GuestOutcome> {
    const { id, outcome } = this.#calls.add(handler, options);
    this.#wire.send({ type: 'call', id, call: options.callId, handler, args });
    return outcome;
  }

  /** Whether the guest as a whole still answers. */
  ping(timeoutMs: number): Promise<boolean> {
    const id = ++this.#lastPing;
    return new Promise(resolve => {
      const settle = (isAlive: boolean) => {
        clearTimeout(timer);
        this.#pings.delete(id);
        resolve(isAlive);
      };
      const timer = setTimeout(() => settle(false), timeoutMs);
      this.#pings.set(id, settle);
      this.#wire.send({ type: 'ping', id });
    });
  }

  whenOnlyStuckCallsLeft(): Promise<void> {
    return this.#calls.whenOnlyStuckLeft();
  }

  /** Lets the guest run its shutdown hooks and exit; kills it at the deadline, or sooner when it is blocked. */
  async stop(deadlineMs: number): Promise<void> {
    const giveUp = () => this.kill(`The ${this.#options.name} process did not stop in time and was ended.`);
    const timer = setTimeout(giveUp, deadlineMs);
    // Answered before the hooks begin, so a slow hook is not taken for an endless loop.
    if (this.#hasStarted) void this.ping(this.#options.pingTimeoutMs).then(isAlive => isAlive || giveUp());
    this.#wire.send({ type: 'stop' });
    await this.exited;
    clearTimeout(timer);
  }

  /** @param reason - a sentence; what the calls in flight are told */
  kill(reason: string): void {
    this.#killReason ??= reason;
    this.#spawned.kill();
  }

  #askWhetherAlive(): void {
    const { cancelGraceMs, pingTimeoutMs } = this.#options;
    this.#doubt ??= this.ping(cancelGraceMs + pingTimeoutMs).then(() => {
      this.#doubt = undefined;
    });
  }

  #failStart(): void {
    const { name, startTimeoutMs } = this.#options;
    this.kill(`The ${name} process was not ready after ${startTimeoutMs / 1000} s and was ended.`);
  }

  #receive(message: GuestToHost): void {
    switch (message.type) {
      case 'result': {
        const { id, value, exact } = message;
        this.#calls.settle(id, { kind: 'result', value, ...(exact !== undefined && { exact }) });
        break;
      }
      case 'failure':
        this.#calls.settle(message.id, { kind: 'failure', error: message.error });
        break;
      case 'execute':
        void this.#execute(message);
        break;
      case 'log':
        this.#logOf(message);
        break;
      case 'pong':
        this.#pings.get(message.id)?.(true);
        break;
      case 'started': {
        const { modules, handlers, hooks } = message;
        this.#hasStarted = true;
        this.#resolveStarted({ ok: true, modules, handlers, hooks });
        break;
      }
      case 'stopped':
        for (const { hook, message: text } of message.hooks)
          this.#options.log('error', `The shutdown hook ${hook ?? 'of a module'} failed: ${text}`);
    }
  }

  async #execute({ id, call, sql, params }: Extract<GuestToHost, { type: 'execute' }>): Promise<void> {
    const pending = this.#calls.get(call);
    const signal = pending?.signal() ?? this.#gone.signal;
    this.#wire.sendLine(await answerExecute(id, { sql, params, call: pending?.callId, signal }, this.#options));
  }

  #logOf({ level, text, logger, call }: Extract<GuestToHost, { type: 'log' }>): void {
    const pending = this.#calls.get(call);
    const endpoint = pending === undefined ? undefined : this.#options.start.handlers[pending.handler]?.endpoint;
    this.#options.log(level, text, {
      ...(endpoint !== undefined && { endpoint }),
      ...(pending !== undefined && { call: pending.callId }),
      ...(logger !== undefined && { logger }),
    });
  }

  #onExit(ending: string): void {
    const { name } = this.#options;
    this.#wire.close();
    this.#gone.abort();
    const when = this.#hasStarted ? 'during the call' : 'while it was starting';
    const couldNotStart = ending.startsWith('could not');
    const reason = this.#killReason ?? `The ${name} process ${ending}${couldNotStart ? '' : ` ${when}`}.`;
    this.#resolveStarted({ ok: false, reason });
    this.#calls.settleAll({ kind: 'unavailable', reason, retryAfterMs: retryAfterExitMs });
    for (const settle of [...this.#pings.values()]) settle(false);
  }
}
