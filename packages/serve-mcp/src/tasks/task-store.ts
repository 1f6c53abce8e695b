import { randomUUID } from 'node:crypto';
import { isOver, type Task, type TaskState } from './task.ts';

export interface TaskLimits {
  /** How long a task is kept, from its creation. */
  readonly ttlMs: number;
  readonly maxTasks: number;
  /** How much all results may hold together, characters of JSON. @default 256 Mi */
  readonly maxResultChars?: number;
}

/** A task that runs. */
export interface LiveTask extends Task {
  /** Aborted when its client gives it up, when its time is over, and when the server stops. */
  readonly signal: AbortSignal;
  /** Does nothing once the task is over. */
  move(state: TaskState): void;
  /** The answers to what it asks, as they come in. */
  onAnswers(listener: ((answers: Readonly<Record<string, unknown>>) => void) | undefined): void;
}

const defaultResultChars = 256 * 1024 * 1024;

/** The tasks of a server, in memory: they outlive the guests that run them, not the server. */
export class TaskStore {
  readonly #limits: TaskLimits;
  /** The oldest first. */
  readonly #entries = new Map<string, Entry>();
  readonly #sweeper: NodeJS.Timeout;
  #resultChars = 0;

  constructor(limits: TaskLimits) {
    this.#limits = limits;
    this.#sweeper = setInterval(() => this.#forgetExpired(), Math.min(limits.ttlMs, 30_000));
    this.#sweeper.unref();
  }

  /** A new task, or undefined when there are as many as may be: a result is kept as long as its client was told. */
  create(owner: string | undefined): LiveTask | undefined {
    this.#forgetExpired();
    const { ttlMs, maxTasks, maxResultChars = defaultResultChars } = this.#limits;
    if (this.#entries.size >= maxTasks || this.#resultChars >= maxResultChars) return undefined;
    const entry = new Entry(randomUUID(), owner, ttlMs, chars => {
      this.#resultChars += chars;
    });
    this.#entries.set(entry.id, entry);
    return entry;
  }

  /** Undefined for a task that is unknown, over its time, or somebody else's: all look the same from outside. */
  find(id: string, owner: string | undefined): Task | undefined {
    return this.#find(id, owner);
  }

  /** Passes on what a client has answered. @returns whether the task is known */
  answer(id: string, owner: string | undefined, answers: Readonly<Record<string, unknown>>): boolean {
    const entry = this.#find(id, owner);
    entry?.receive(answers);
    return entry !== undefined;
  }

  /** @returns whether the task is known */
  cancel(id: string, owner: string | undefined): boolean {
    const entry = this.#find(id, owner);
    entry?.cancel();
    return entry !== undefined;
  }

  /** Gives up what still runs. */
  close(): void {
    clearInterval(this.#sweeper);
    for (const entry of this.#entries.values()) entry.cancel();
    this.#entries.clear();
  }

  #find(id: string, owner: string | undefined): Entry | undefined {
    this.#forgetExpired();
    const entry = this.#entries.get(id);
    return entry?.owner === owner ? entry : undefined;
  }

  #forgetExpired(): void {
    const before = Date.now() - this.#limits.ttlMs;
    for (const [id, entry] of this.#entries) {
      if (entry.createdAtMs > before) return;
      entry.cancel();
      this.#entries.delete(id);
      this.#resultChars -= entry.resultChars;
    }
  }
}

class Entry implements LiveTask {
  readonly id: string;
  readonly owner: string | undefined;
  readonly createdAtMs = Date.now();
  readonly ttlMs: number;
  readonly #controller = new AbortController();
  readonly #onResult: (chars: number) => void;
  #state: TaskState = { status: 'working' };
  #updatedAtMs = this.createdAtMs;
  #resultChars = 0;
  #listener: ((answers: Readonly<Record<string, unknown>>) => void) | undefined;

  constructor(id: string, owner: string | undefined, ttlMs: number, onResult: (chars: number) => void) {
    this.id = id;
    this.owner = owner;
    this.ttlMs = ttlMs;
    this.#onResult = onResult;
  }

  /** What its result holds. */
  get resultChars(): number {
    return this.#resultChars;
  }

  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  get state(): TaskState {
    return this.#state;
  }

  get updatedAtMs(): number {
    return this.#updatedAtMs;
  }

  move(state: TaskState): void {
    if (isOver(this.#state)) return;
    this.#state = state;
    this.#updatedAtMs = Date.now();
    if (state.status !== 'completed') return;
    this.#resultChars = JSON.stringify(state.result).length;
    this.#onResult(this.#resultChars);
  }

  onAnswers(listener: ((answers: Readonly<Record<string, unknown>>) => void) | undefined): void {
    this.#listener = listener;
  }

  receive(answers: Readonly<Record<string, unknown>>): void {
    this.#listener?.(answers);
  }

  /** What runs is told to stop; the client need not wait for that. */
  cancel(): void {
    this.move({ status: 'cancelled' });
    this.#controller.abort();
  }
}
