import type { SessionApi } from '../runtime/guest-api.ts';
import type { HostQuestions, Question } from './host-questions.ts';
import type { CurrentScope } from './scope.ts';
import { toJsonValue } from './to-json-value.ts';

/** `session`: asks the host, which keeps the data. */
export class SessionClient implements SessionApi {
  readonly #questions: HostQuestions;
  readonly #scope: CurrentScope;

  constructor(questions: HostQuestions, scope: CurrentScope) {
    this.#questions = questions;
    this.#scope = scope;
  }

  async get(key: string): Promise<unknown> {
    const answer = await this.#ask('session.get', { type: 'session', do: 'get', key: keyOf(key) });
    return isAnswer(answer) && answer.found ? answer.value : undefined;
  }

  async set(key: string, value: unknown): Promise<void> {
    if (value === undefined) throw new TypeError('session.set needs a value; session.delete removes one.');
    const json = toJsonValue(value, { exact: [], subject: 'The value for session.set' });
    await this.#ask('session.set', { type: 'session', do: 'set', key: keyOf(key), value: json });
  }

  async delete(key: string): Promise<void> {
    await this.#ask('session.delete', { type: 'session', do: 'delete', key: keyOf(key) });
  }

  async keys(): Promise<string[]> {
    const keys = await this.#ask('session.keys', { type: 'session', do: 'keys' });
    return Array.isArray(keys) ? keys : [];
  }

  async #ask(what: string, question: Question): Promise<unknown> {
    if (this.#scope.runningCall === undefined && this.#scope.call?.signal.aborted !== true)
      throw new Error(`${what} is only available while a handler runs.`);
    const reply = await this.#questions.ask(what, question);
    if (!reply.ok) throw new Error(reply.error.message);
    return 'value' in reply ? reply.value : undefined;
  }
}

function keyOf(key: unknown): string {
  if (typeof key !== 'string') throw new TypeError('A key of the session must be text.');
  return key;
}

function isAnswer(answer: unknown): answer is { readonly found: boolean; readonly value: unknown } {
  return typeof answer === 'object' && answer !== null && 'found' in answer && 'value' in answer;
}
