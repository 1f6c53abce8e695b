import type { HostToGuest } from '@mxcp-ts/guest';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import { DatabaseError, type Row, type SqlParameters } from '../runtime/database.ts';
import { type CallRunner, CancelledError } from './call-runner.ts';
import { encodeParameters } from './encode-result.ts';
import type { GuestWire } from './open-guest-wire.ts';

type Reply = Extract<HostToGuest, { type: 'reply' }>;

/** `db.execute`: questions to the host, by number. */
export class DatabaseRequests {
  readonly #wire: GuestWire;
  readonly #calls: CallRunner;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #lastId = 0;

  constructor(wire: GuestWire, calls: CallRunner) {
    this.#wire = wire;
    this.#calls = calls;
  }

  async execute(sql: string, params: SqlParameters | undefined): Promise<Row[]> {
    if (typeof sql !== 'string') throw new TypeError('db.execute needs SQL text as its first argument.');
    const reply = await this.#ask(sql, params === undefined ? undefined : encodeParameters(params));
    if (reply.ok) return reply.rows as Row[];
    throw new DatabaseError(reply.error.type, reply.error.message);
  }

  receive(reply: Reply): void {
    const resolve = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    resolve?.(reply);
  }

  #ask(sql: string, params: JsonObject | readonly JsonValue[] | undefined): Promise<Reply> {
    const call = this.#calls.currentId();
    const context = this.#calls.current();
    // What a cancelled call left running must come to an end.
    if (context?.signal.aborted === true) throw new CancelledError();
    const isRunning = call !== undefined && this.#calls.isRunning(call);
    const id = ++this.#lastId;
    const reply = new Promise<Reply>(resolve => this.#waiting.set(id, resolve));
    this.#wire.send({
      type: 'execute',
      id,
      sql,
      ...(isRunning && { call }),
      ...(params !== undefined && { params }),
    });
    return reply;
  }
}
