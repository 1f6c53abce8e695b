import { Worker } from 'node:worker_threads';
import type { HostToThread, ThreadToHost } from './thread/protocol.ts';

type Request = Exclude<HostToThread, { type: 'define' } | { type: 'forget' } | { type: 'cancel' }>;

/** The thread that owns DuckDB, as the serving thread sees it: requests out, one answer each back. */
export class DatabaseThread {
  readonly #worker: Worker;
  readonly #pending = new Map<number, { resolve: (message: ThreadToHost) => void; reject: (error: Error) => void }>();
  #lastId = 0;
  #ended: Error | undefined;

  constructor(threadFile: URL) {
    this.#worker = new Worker(threadFile, {
      name: 'duckdb',
      // Rendered rows are short-lived: with the default the young generation grows by 50 MB and is no faster.
      resourceLimits: { maxYoungGenerationSizeMb: 12 },
    });
    this.#worker.on('message', (message: ThreadToHost) => {
      this.#pending.get(message.id)?.resolve(message);
      this.#pending.delete(message.id);
    });
    this.#worker.on('error', error => this.#end(error instanceof Error ? error : new Error(String(error))));
    this.#worker.on('exit', () => this.#end(new Error('The database thread has ended.')));
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** For messages that have no answer. */
  tell(message: HostToThread): void {
    if (this.#ended === undefined) this.#worker.postMessage(message);
  }

  ask(message: Request): Promise<ThreadToHost> {
    if (this.#ended !== undefined) return Promise.reject(this.#ended);
    return new Promise((resolve, reject) => {
      this.#pending.set(message.id, { resolve, reject });
      this.#worker.postMessage(message);
    });
  }

  /** Its answer is no longer waited for. */
  forget(id: number): void {
    this.#pending.delete(id);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
  }

  #end(error: Error): void {
    this.#ended ??= error;
    for (const { reject } of this.#pending.values()) reject(this.#ended);
    this.#pending.clear();
  }
}
