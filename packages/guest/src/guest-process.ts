import type { SqlFunctionAnswer } from '@mxcp-ts/engine';
import type { JsonObject } from '@mxcp-ts/values';
import { answerQuestion } from './answer-question.ts';
import { answerOfChunk, guestContextOf, outcomeOfCall } from './call-forms.ts';
import type { GuestCallOptions, GuestOutcome, ResolvedGuestOptions } from './guest-options.ts';
import type { ReceivedMessage } from './parse-message.narrow.ts';
import { PendingCalls, quietController } from './pending-calls.ts';
import { ProcessPayloads } from './process-payloads.ts';
import type { GuestError, GuestFunction, GuestQuestion, HandlerFault, ModuleFailure, PluginFault } from './protocol.ts';
import { type SpawnedGuest, spawnGuest } from './spawn-guest.ts';
import { openWire, type Wire } from './wire.ts';

/** What a guest reported when it was ready, or why it never was. */
export type StartReport =
  | {
      readonly ok: true;
      readonly modules: readonly ModuleFailure[];
      readonly handlers: readonly HandlerFault[];
      readonly plugins: readonly PluginFault[];
      readonly functions: readonly GuestFunction[];
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
  readonly #gone = quietController();
  readonly #pings = new Map<number, (isAlive: boolean) => void>();
  /** The SQL functions that this process offers, by name: their number on the wire. */
  readonly #functions = new Map<string, number>();
  readonly #payloads: ProcessPayloads;
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
      onMessage: (message, bytes) => this.#receive(message, bytes),
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
    this.#payloads = new ProcessPayloads({
      exited: this.exited,
      isGone: () => this.isGone,
      send: message => this.#wire.send(message),
      kill: reason => this.kill(reason),
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
    const { callId, signal, context, client, ask } = options;
    const { id, outcome } = this.#calls.add({ handler, callId, context, client, ask }, signal);
    this.#wire.send({ type: 'call', id, call: callId, handler, args, context: guestContextOf(context) });
    return outcome.then(outcomeOfCall);
  }

  /** Computes one chunk of a SQL function; the same conditions as for `call`. */
  async apply(name: string, columns: string, signal: AbortSignal): Promise<SqlFunctionAnswer> {
    const number = this.#functions.get(name);
    if (number === undefined) return { ok: false, message: `${name} is not defined any more.` };
    const call = { handler: undefined, callId: name, context: undefined, client: undefined, ask: undefined };
    const { id, outcome } = this.#calls.add(call, signal);
    this.#wire.sendLine(`{"type":"apply","id":${id},"function":${number},"columns":${columns}}`);
    return answerOfChunk(await outcome);
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
    const giveUp = () => this.#giveUpStopping();
    const timer = setTimeout(giveUp, deadlineMs);
    // Answered before the hooks begin, so a slow hook is not taken for an endless loop.
    if (this.#hasStarted) void this.ping(this.#options.pingTimeoutMs).then(isAlive => isAlive || giveUp());
    this.#wire.send({ type: 'stop' });
    await this.exited;
    clearTimeout(timer);
  }

  /** Whether functions that it offered still wait to be run. */
  get hasPayloads(): boolean {
    return this.#payloads.areWaiting;
  }

  /** Lets the guest run its shutdown hooks and keeps it for its payloads; kills it at the deadline. */
  stopAndHold(deadlineMs: number): Promise<void> {
    return this.#payloads.hold(deadlineMs, () => this.#giveUpStopping());
  }

  #giveUpStopping(): void {
    if (this.isGone) return;
    const reason = `The ${this.#options.name} process did not stop in time and was ended.`;
    this.#options.log('warning', `${reason} Its shutdown hooks may not have ended.`);
    this.kill(reason);
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

  #receive(message: ReceivedMessage, bytes: Uint8Array | undefined): void {
    switch (message.type) {
      case 'result': {
        const { type: _, id, value, ...rest } = message;
        this.#calls.settle(id, { kind: 'result', value, ...rest });
        break;
      }
      case 'applied':
        this.#calls.settle(message.id, { kind: 'applied', json: message.json });
        break;
      case 'failure':
        this.#calls.settle(message.id, { kind: 'failure', error: message.error });
        break;
      case 'log':
        this.#logOf(message);
        break;
      case 'pong':
        this.#pings.get(message.id)?.(true);
        break;
      case 'progress':
        this.#calls.get(message.call)?.client?.progress(message.progress, message.total, message.message);
        break;
      case 'notify':
        this.#calls.get(message.call)?.client?.log(message.level, message.data, message.logger);
        break;
      case 'announce':
        this.#options.services.announce(message.change);
        break;
      case 'started':
        this.#onStarted(message);
        break;
      case 'stopped':
        for (const { hook, message: text } of message.hooks)
          this.#options.log('error', `The shutdown hook ${hook ?? 'of a module'} failed: ${text}`);
        this.#payloads.onHeld();
        break;
      case 'payload-done':
        this.#payloads.onDone(message.error);
        break;
      default:
        void this.#answer(message, bytes);
    }
  }

  #onStarted({ modules, handlers, plugins, functions, hooks }: Extract<ReceivedMessage, { type: 'started' }>): void {
    functions.forEach(({ name }, index) => {
      this.#functions.set(name, index);
    });
    this.#hasStarted = true;
    this.#resolveStarted({ ok: true, modules, handlers, plugins, functions, hooks });
  }

  #askForReload(description: string, number: number | undefined): string | undefined {
    const payload = number === undefined ? undefined : this.#payloads.offer(number);
    const refusal = this.#options.services.requestReload?.({ description, ...(payload !== undefined && { payload }) });
    if (refusal !== undefined) void payload?.end();
    return refusal;
  }

  async #answer(question: GuestQuestion, bytes: Uint8Array | undefined): Promise<void> {
    const call = this.#calls.get(question.call);
    const signal = call?.signal() ?? this.#gone.signal;
    const requestReload = (description: string, payload: number | undefined) =>
      this.#askForReload(description, payload);
    const reply = await answerQuestion(question, { call, signal, requestReload, bytes }, this.#options);
    this.#wire.sendLine(reply.line, reply.bytes);
  }

  #logOf({ level, text, logger, call }: Extract<ReceivedMessage, { type: 'log' }>): void {
    const pending = this.#calls.get(call);
    const endpoint = this.#options.start.handlers[pending?.handler ?? -1]?.endpoint;
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
