import type { GuestQuestion, HostToGuest } from '@mxcp-ts/guest';
import { CancelledError } from './cancelled-error.ts';
import type { GuestWire } from './open-guest-wire.ts';
import type { CurrentScope } from './scope.ts';
import { Suspension } from './suspension.ts';

/** A question without its number and its call. */
export type Question = GuestQuestion extends infer Each
  ? Each extends unknown
    ? Omit<Each, 'id' | 'call'>
    : never
  : never;

export type Reply = Extract<HostToGuest, { type: 'reply' }>;

/** Questions of the author's code to the host, by number. */
export class HostQuestions {
  readonly #wire: GuestWire;
  readonly #scope: CurrentScope;
  readonly #waiting = new Map<number, (reply: Reply) => void>();
  #lastId = 0;
  #isClosed = false;

  constructor(wire: GuestWire, scope: CurrentScope) {
    this.#wire = wire;
    this.#scope = scope;
  }

  /**
   * @param what - the function that the author called, for messages
   * @throws when the host cannot be asked from where the code runs
   */
  ask(what: string, question: Question): Promise<Reply> {
    if (this.#scope.isSqlFunction)
      throw new Error(`${what} cannot be used inside a SQL function: the statement that calls it is waiting for it.`);
    if (this.#isClosed)
      throw new Error(`${what} cannot be used inside the payload of a reload: the database is closed meanwhile.`);
    // What a call that is over left running must come to an end.
    const { signal } = this.#scope.call ?? {};
    if (signal?.aborted === true) throw signal.reason instanceof Suspension ? signal.reason : new CancelledError();
    return this.#send(what, question);
  }

  /** For what has to be said whatever has happened: a stream that is no longer read, a transaction that was left. */
  async tell(question: Question): Promise<void> {
    if (!this.#isClosed) await this.#send('', question);
  }

  receive(reply: Reply): void {
    const resolve = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    resolve?.(reply);
  }

  /** From here on the host has no database to ask about. */
  close(): void {
    this.#isClosed = true;
  }

  #send(what: string, question: Question): Promise<Reply> {
    const call = this.#scope.runningCall;
    const id = ++this.#lastId;
    const line = JSON.stringify({ ...question, id, ...(call !== undefined && { call }) });
    if (line.length > maxLineLength)
      throw new RangeError(`${what} was given ${Math.round(line.length / 1_000_000)} MB at once. Give it in parts.`);
    const reply = new Promise<Reply>(resolve => this.#waiting.set(id, resolve));
    this.#wire.sendLine(line);
    return reply;
  }
}

/** A guest that sends a longer line than its host takes is ended, with all its calls. In UTF-8 this may be three times as long. */
const maxLineLength = 64 * 1024 * 1024;
