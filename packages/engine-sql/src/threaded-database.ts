import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type {
  AppendOutcome,
  AppendRequest,
  BeginOutcome,
  Database,
  EndOutcome,
  ExecuteOutcome,
  ExecuteRequest,
  FunctionProblem,
  InferredReturn,
  OpenStreamOutcome,
  PreparedQuery,
  QueryDefinition,
  SqlCaller,
  SqlFunction,
} from '@mxcp-ts/engine';
import type { EndpointDefinition } from '@mxcp-ts/project';
import { askForCheck, askForReturns } from './check/ask-for-check.ts';
import type { DatabaseThread } from './database-thread.ts';
import { defineFunctions } from './functions/define-functions.ts';
import { executeOutcomeOf, queryOutcomeOf, refusalOf, type StatementAnswer, statementAnswerOf } from './outcomes.ts';
import { isSqlEndpoint } from './sql-endpoint.ts';
import type { ThreadExecute, ThreadToHost } from './thread/protocol.ts';

/** The database of a running project: every call is one message to its thread and one back. */
export class ThreadedDatabase implements Database {
  readonly #thread: DatabaseThread;
  // For plans that nobody released: a start that failed half-way.
  readonly #gone: FinalizationRegistry<number>;
  /** Transactions and streams that end with a signal: what stops listening to it. */
  readonly #watched = new Map<number, () => void>();

  constructor(thread: DatabaseThread) {
    this.#thread = thread;
    this.#gone = new FinalizationRegistry(query => thread.tell({ type: 'forget', query }));
  }

  prepare({ sql, parameters, returns, maxRows, isCut = false, guard }: QueryDefinition): PreparedQuery {
    const query = this.#thread.nextId();
    this.#thread.tell({ type: 'define', query, definition: { sql, parameters, returns, maxRows, isCut, guard } });
    const prepared: PreparedQuery = {
      run: async (args, { signal, caller }) => {
        const id = this.#thread.nextId();
        return queryOutcomeOf(await this.#ask({ type: 'run', id, query, args, caller }, signal));
      },
      release: () => {
        this.#gone.unregister(prepared);
        this.#thread.tell({ type: 'forget', query });
      },
    };
    this.#gone.register(prepared, query, prepared);
    return prepared;
  }

  async execute(request: ExecuteRequest): Promise<ExecuteOutcome> {
    const message = { type: 'execute', id: this.#thread.nextId(), request: statementOf(request) } as const;
    return executeOutcomeOf(await this.#ask(message, request.signal));
  }

  async begin({
    signal,
    caller,
  }: {
    readonly signal: AbortSignal;
    readonly caller?: SqlCaller | undefined;
  }): Promise<BeginOutcome> {
    const id = this.#thread.nextId();
    const answer = await this.#ask({ type: 'begin', id, caller }, signal);
    if (answer.type !== 'done') return refusalOf(answer);
    return this.#watch(id, signal) ? { kind: 'begun', transaction: id } : { kind: 'aborted' };
  }

  async end(transaction: number, how: 'commit' | 'rollback'): Promise<EndOutcome> {
    this.#unwatch(transaction);
    const id = this.#thread.nextId();
    const answer = await this.#ask({ type: 'end', id, transaction, how }, undefined);
    return answer.type === 'done' ? { kind: 'ended' } : refusalOf(answer);
  }

  async openStream({
    batchRows,
    ...request
  }: ExecuteRequest & { readonly batchRows: number }): Promise<OpenStreamOutcome> {
    const id = this.#thread.nextId();
    const { signal } = request;
    const answer = await this.#ask({ type: 'open-stream', id, request: statementOf(request), batchRows }, signal);
    if (answer.type !== 'done') return refusalOf(answer);
    return this.#watch(id, signal) ? { kind: 'opened', stream: id } : { kind: 'aborted' };
  }

  async fetch(stream: number): Promise<ExecuteOutcome | { readonly kind: 'end' }> {
    const answer = await this.#ask({ type: 'fetch', id: this.#thread.nextId(), stream }, undefined);
    if (answer.type === 'rows' || answer.type === 'columns') return executeOutcomeOf(answer);
    this.#unwatch(stream);
    return answer.type === 'end' ? { kind: 'end' } : refusalOf(answer);
  }

  closeStream(stream: number): void {
    this.#unwatch(stream);
    this.#thread.tell({ type: 'cancel', id: stream });
  }

  async append({ table, rows, how, transaction, signal }: AppendRequest): Promise<AppendOutcome> {
    const id = this.#thread.nextId();
    const request = { table, rows: ownedRows(rows), how, transaction };
    const answer = await this.#ask({ type: 'append', id, request }, signal);
    return answer.type === 'appended' ? { kind: 'appended', rows: answer.rows } : refusalOf(answer);
  }

  defineFunctions(functions: readonly SqlFunction[]): Promise<readonly FunctionProblem[]> {
    return defineFunctions(this.#thread, functions);
  }

  check(endpoints: readonly EndpointDefinition[]): Promise<readonly Diagnostic[]> {
    return askForCheck(this.#thread, { endpoints: endpoints.filter(isSqlEndpoint), scratch: undefined });
  }

  inferReturns(endpoints: readonly EndpointDefinition[]): Promise<readonly InferredReturn[]> {
    return askForReturns(this.#thread, { endpoints: endpoints.filter(isSqlEndpoint), scratch: undefined });
  }

  onWrite(listener: (tables: ReadonlySet<string> | 'any') => void): () => void {
    return this.#thread.writes.add(listener);
  }

  async close({ deadlineMs }: { readonly deadlineMs: number }): Promise<void> {
    // A function that computes keeps the thread from its own deadline.
    const deadline = setTimeout(() => this.#thread.functions.stop(), deadlineMs);
    try {
      await this.#thread.ask({ type: 'close', id: this.#thread.nextId(), deadlineMs });
    } finally {
      clearTimeout(deadline);
    }
    await this.#thread.end();
  }

  /** Settles at once when the signal aborts; the thread is told to stop. */
  async #ask(message: Parameters<DatabaseThread['ask']>[0], signal: AbortSignal | undefined): Promise<StatementAnswer> {
    if (signal?.aborted === true) return { type: 'aborted', id: message.id };
    try {
      return statementAnswerOf(
        await (signal === undefined ? this.#thread.ask(message) : this.#askUntil(message, signal)),
      );
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return { type: 'failed', id: message.id, error: { type: 'Connection', message: text } };
    }
  }

  /** Ends a transaction or a stream when the signal aborts; false when it has by now. */
  #watch(id: number, signal: AbortSignal | undefined): boolean {
    if (signal === undefined) return true;
    const cancel = () => {
      this.#watched.delete(id);
      this.#thread.tell({ type: 'cancel', id });
    };
    if (signal.aborted) {
      cancel();
      return false;
    }
    signal.addEventListener('abort', cancel, { once: true });
    this.#watched.set(id, () => signal.removeEventListener('abort', cancel));
    return true;
  }

  #unwatch(id: number): void {
    this.#watched.get(id)?.();
    this.#watched.delete(id);
  }

  #askUntil(message: Parameters<DatabaseThread['ask']>[0], signal: AbortSignal): Promise<ThreadToHost> {
    return new Promise((resolve, reject) => {
      const stop = () => {
        this.#thread.forget(message.id);
        this.#thread.tell({ type: 'cancel', id: message.id });
        resolve({ type: 'aborted', id: message.id });
      };
      signal.addEventListener('abort', stop, { once: true });
      this.#thread
        .ask(message)
        .then(resolve, reject)
        .finally(() => signal.removeEventListener('abort', stop));
    });
  }
}

function statementOf({ sql, parameters, format, maxRows, transaction, caller }: ExecuteRequest): ThreadExecute {
  return { sql, parameters, format, maxRows, transaction, caller };
}

/** A batch that has its buffer to itself is handed over to the thread; one that shares it is copied. */
function ownedRows(rows: AppendRequest['rows']): AppendRequest['rows'] {
  if ('json' in rows) return rows;
  const { bytes } = rows;
  const isWhole = bytes.byteLength === bytes.buffer.byteLength;
  return { ...rows, bytes: isWhole ? new Uint8Array(bytes.buffer) : new Uint8Array(bytes) };
}
