import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type {
  Database,
  ExecuteOutcome,
  ExecuteRequest,
  PreparedQuery,
  QueryDefinition,
  QueryOutcome,
} from '@mxcp-ts/engine';
import type { EndpointDefinition } from '@mxcp-ts/project';
import type { JsonValue } from '@mxcp-ts/values';
import { askForCheck } from './check/ask-for-check.ts';
import type { DatabaseThread } from './database-thread.ts';
import { isSqlEndpoint } from './sql-endpoint.ts';
import type { ThreadToHost } from './thread/protocol.ts';

type Answer = Extract<ThreadToHost, { type: 'rows' | 'failed' | 'invalid-output' | 'aborted' }>;

/** The database of a running project: every call is one message to its thread and one back. */
export class ThreadedDatabase implements Database {
  readonly #thread: DatabaseThread;
  // A generation that is over lets go of its queries without a call for it.
  readonly #gone: FinalizationRegistry<number>;

  constructor(thread: DatabaseThread) {
    this.#thread = thread;
    this.#gone = new FinalizationRegistry(query => thread.tell({ type: 'forget', query }));
  }

  prepare({ sql, parameters, returns, maxRows, guard }: QueryDefinition): PreparedQuery {
    const query = this.#thread.nextId();
    this.#thread.tell({ type: 'define', query, definition: { sql, parameters, returns, maxRows, guard } });
    const prepared: PreparedQuery = {
      run: async (args, { signal }) => {
        const id = this.#thread.nextId();
        return queryOutcomeOf(await this.#ask({ type: 'run', id, query, args }, signal));
      },
    };
    this.#gone.register(prepared, query);
    return prepared;
  }

  async execute({ sql, parameters, format, maxRows, signal }: ExecuteRequest): Promise<ExecuteOutcome> {
    const id = this.#thread.nextId();
    const answer = await this.#ask({ type: 'execute', id, request: { sql, parameters, format, maxRows } }, signal);
    switch (answer.type) {
      case 'rows':
        return { kind: 'rows', json: answer.json, columns: answer.columns };
      case 'failed':
        return { kind: 'failed', error: answer.error };
      case 'invalid-output':
        return { kind: 'failed', error: { type: 'Result', message: answer.problems.map(problemText).join(' ') } };
      case 'aborted':
        return { kind: 'aborted' };
    }
  }

  check(endpoints: readonly EndpointDefinition[]): Promise<readonly Diagnostic[]> {
    return askForCheck(this.#thread, { endpoints: endpoints.filter(isSqlEndpoint), scratch: undefined });
  }

  async close({ deadlineMs }: { readonly deadlineMs: number }): Promise<void> {
    await this.#thread.ask({ type: 'close', id: this.#thread.nextId(), deadlineMs });
    await this.#thread.end();
  }

  /** Settles at once when the signal aborts; the thread is told to stop. */
  async #ask(message: Parameters<DatabaseThread['ask']>[0], signal: AbortSignal | undefined): Promise<Answer> {
    if (signal?.aborted === true) return { type: 'aborted', id: message.id };
    try {
      return answerOf(await (signal === undefined ? this.#thread.ask(message) : this.#askUntil(message, signal)));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      return { type: 'failed', id: message.id, error: { type: 'Connection', message: text } };
    }
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

function answerOf(message: ThreadToHost): Answer {
  switch (message.type) {
    case 'rows':
    case 'failed':
    case 'invalid-output':
    case 'aborted':
      return message;
    default:
      throw new Error(`The database thread answered "${message.type}" to a query.`);
  }
}

function queryOutcomeOf(answer: Answer): QueryOutcome {
  switch (answer.type) {
    case 'rows':
      return { kind: 'rows', rows: parseRows(answer.json) };
    case 'failed':
      return { kind: 'failed', error: answer.error };
    case 'invalid-output':
      return { kind: 'invalid-output', problems: answer.problems };
    case 'aborted':
      return { kind: 'aborted' };
  }
}

function parseRows(json: string): JsonValue[] {
  const rows: JsonValue[] = JSON.parse(json);
  return rows;
}

function problemText({ pointer, message }: { readonly pointer: string; readonly message: string }): string {
  return pointer === '' ? `The result ${message}.` : `The value at ${pointer} ${message}.`;
}
