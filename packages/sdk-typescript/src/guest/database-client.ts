import { AsyncLocalStorage } from 'node:async_hooks';
import {
  DatabaseError,
  type Row,
  type SqlParameters,
  type StreamOptions,
  type Transaction,
} from '../runtime/database.ts';
import type { DatabaseApi } from '../runtime/guest-api.ts';
import { encodeParameters, encodeRows } from './encode-result.ts';
import type { HostQuestions, Question, Reply } from './host-questions.ts';

/** `db`: asks the host, which owns the database. */
export class DatabaseClient implements DatabaseApi {
  readonly #questions: HostQuestions;
  readonly #current = new AsyncLocalStorage<OpenTransaction>();

  constructor(questions: HostQuestions) {
    this.#questions = questions;
  }

  execute(sql: string, params: SqlParameters | undefined): Promise<Row[]> {
    return this.#execute('db.execute', sql, params, {});
  }

  stream(sql: string, params: SqlParameters | undefined, options: StreamOptions): AsyncIterable<Row[]> {
    return this.#stream('db.stream', sql, params, options, {});
  }

  append(how: 'append' | 'register', table: string, rows: Iterable<object>): Promise<number> {
    return this.#append(`db.${how}`, how, table, rows, {});
  }

  async transaction<T>(work: (tx: Transaction) => T | Promise<T>): Promise<T> {
    if (typeof work !== 'function') throw new TypeError('db.transaction needs a function as its argument.');
    if (this.#current.getStore()?.isOpen === true)
      throw new Error('db.transaction cannot be used inside db.transaction: DuckDB has no nested transactions.');
    const number = Number(replyValueOf(await this.#questions.ask('db.transaction', { type: 'begin' })));
    const transaction: OpenTransaction = { number, isOpen: true };
    try {
      const result = await this.#current.run(transaction, () => work(this.#transactionFor(transaction)));
      transaction.isOpen = false;
      replyValueOf(await this.#questions.ask('db.transaction', { type: 'end', transaction: number, how: 'commit' }));
      return result;
    } catch (error) {
      transaction.isOpen = false;
      await this.#questions.tell({ type: 'end', transaction: number, how: 'rollback' });
      throw error;
    }
  }

  #transactionFor(transaction: OpenTransaction): Transaction {
    const within = () => {
      if (transaction.isOpen) return { transaction: transaction.number };
      throw new Error('The transaction is over: `tx` can be used until the function of db.transaction has ended.');
    };
    return Object.freeze({
      execute: async <T>(sql: string, params?: SqlParameters) =>
        (await this.#execute('tx.execute', sql, params, within())) as T[],
      stream: <T>(sql: string, params?: SqlParameters, options: StreamOptions = {}) =>
        this.#stream('tx.stream', sql, params, options, within()) as AsyncIterable<T[]>,
      append: async (table: string, rows: Iterable<object>) =>
        this.#append('tx.append', 'append', table, rows, within()),
    });
  }

  async #execute(what: string, sql: string, params: SqlParameters | undefined, within: Within): Promise<Row[]> {
    const reply = await this.#questions.ask(what, { type: 'execute', ...statementOf(what, sql, params), ...within });
    return rowsOf(reply);
  }

  async *#stream(
    what: string,
    sql: string,
    params: SqlParameters | undefined,
    { batchRows = defaultBatchRows }: StreamOptions,
    within: Within,
  ): AsyncGenerator<Row[], void, undefined> {
    if (!Number.isSafeInteger(batchRows) || batchRows < 1)
      throw new RangeError('`batchRows` must be a whole number of at least 1.');
    const statement = statementOf(what, sql, params);
    const opened = await this.#questions.ask(what, { type: 'stream', batchRows, ...statement, ...within });
    const stream = Number(replyValueOf(opened));
    let isOpen = true;
    try {
      for (;;) {
        const reply = await this.#questions.ask(what, { type: 'fetch', stream });
        isOpen = reply.ok && 'rows' in reply;
        if (!isOpen && reply.ok) return;
        const rows = rowsOf(reply);
        if (rows.length > 0) yield rows;
      }
    } finally {
      if (isOpen) await this.#questions.tell({ type: 'close-stream', stream });
    }
  }

  async #append(
    what: string,
    how: 'append' | 'register',
    table: string,
    rows: Iterable<object>,
    within: Within,
  ): Promise<number> {
    if (typeof table !== 'string') throw new TypeError(`${what} needs the name of a table as its first argument.`);
    const question: Question = { type: 'append', how, table, rows: encodeRows(what, rows), ...within };
    return Number(replyValueOf(await this.#questions.ask(what, question)));
  }
}

interface OpenTransaction {
  readonly number: number;
  isOpen: boolean;
}

type Within = { readonly transaction?: number };

/** As many as DuckDB works on at once. */
const defaultBatchRows = 2_048;

function statementOf(what: string, sql: string, params: SqlParameters | undefined) {
  if (typeof sql !== 'string') throw new TypeError(`${what} needs SQL text as its first argument.`);
  return { sql, ...(params !== undefined && { params: encodeParameters(params, what) }) };
}

function rowsOf(reply: Reply): Row[] {
  if (!reply.ok) throw new DatabaseError(reply.error.type, reply.error.message);
  if (!('rows' in reply)) throw new Error('The host sent no rows.');
  return reply.rows as Row[];
}

function replyValueOf(reply: Reply): unknown {
  if (!reply.ok) throw new DatabaseError(reply.error.type, reply.error.message);
  return 'value' in reply ? reply.value : undefined;
}
