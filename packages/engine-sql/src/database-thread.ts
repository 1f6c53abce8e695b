import { Worker } from 'node:worker_threads';
import { FunctionHost } from './functions/function-host.ts';
import type { HostToThread, ThreadToHost } from './thread/protocol.ts';
import { WriteListeners } from './write-listeners.ts';

type Request = Exclude<HostToThread, { type: 'define' | 'forget' | 'cancel' | 'applied' | 'watch-writes' }>;
type Answer = Exclude<ThreadToHost, { type: 'apply' | 'drop' | 'wrote' }>;

/** Long enough for a statement whose functions all fail at once to end. */
const exitGraceMs = 100;

/** The thread that owns DuckDB, as the serving thread sees it: requests out, one answer each back. */
export class DatabaseThread {
  /** What SQL can call of user code. */
  readonly functions: FunctionHost;
  readonly writes: WriteListeners;
  readonly #worker: Worker;
  // Wakes the thread up where it waits for a function, and tells it not to: see HostCrossing.
  readonly #wake = new Int32Array(new SharedArrayBuffer(12));
  readonly #pending = new Map<number, { resolve: (message: Answer) => void; reject: (error: Error) => void }>();
  #lastId = 0;
  #ended: Error | undefined;

  constructor(threadFile: URL) {
    this.#worker = new Worker(threadFile, {
      name: 'duckdb',
      workerData: { wake: this.#wake },
      // Rendered rows are short-lived: with the default the young generation grows by 50 MB and is no faster.
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
    });
    this.functions = new FunctionHost(message => this.tell(message));
    this.writes = new WriteListeners(isOn => this.tell({ type: 'watch-writes', isOn }));
    this.#worker.on('message', (message: ThreadToHost) => {
      if (message.type === 'apply' || message.type === 'drop') {
        this.functions.receive(message);
        return;
      }
      if (message.type === 'wrote') {
        this.writes.tell(message.tables);
        return;
      }
      this.#pending.get(message.id)?.resolve(message);
      this.#pending.delete(message.id);
    });
    process.once('exit', this.#stopFunctions);
    this.#worker.on('error', error => this.#end(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', () => this.#end(new Error('The database thread has ended.')));
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** For messages that have no answer. */
  tell(message: HostToThread): void {
    if (this.#ended !== undefined) return;
    this.#worker.postMessage(message);
    if (message.type === 'applied' || message.type === 'cancel') this.#wakeUp();
  }

  ask(message: Request): Promise<Answer> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#pending.set(message.id, { resolve, reject });
      this.#worker.postMessage(message, buffersOf(message));
      if (message.type === 'close') this.#wakeUp();
    });
  }

  /** Its answer is no longer waited for. */
  forget(id: number): void {
    this.#pending.delete(id);
  }

  async end(): Promise<void> {
    process.removeListener('exit', this.#stopFunctions);
    await this.#worker.terminate();
  }

  // Node ends threads by force when the process exits; one that DuckDB waits for takes the process down with a core dump.
  readonly #stopFunctions = (): void => {
    if (Atomics.load(this.#wake, 2) === 0) return;
    Atomics.store(this.#wake, 1, 1);
    this.#wakeUp();
    Atomics.wait(this.#wake, 1, 1, exitGraceMs);
  };

  #wakeUp(): void {
    Atomics.add(this.#wake, 0, 1);
    Atomics.notify(this.#wake, 0);
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#ended);
    this.#pending.clear();
  }
}

/** Rows to append are handed over, not copied. */
function buffersOf(message: Request): ArrayBuffer[] {
  if (message.type !== 'append' || 'json' in message.request.rows) return [];
  const { buffer } = message.request.rows.bytes;
  return buffer instanceof ArrayBuffer ? [buffer] : [];
}
