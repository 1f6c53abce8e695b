import type { Change, GuestApi } from '../runtime/guest-api.ts';
import type { CallRunner } from './call-runner.ts';
import type { HostQuestions, Question } from './host-questions.ts';
import type { GuestWire } from './open-guest-wire.ts';
import { toJsonValue } from './to-json-value.ts';

type ClientReply = Awaited<ReturnType<GuestApi['ask']>>;
type AskedRequest = Parameters<GuestApi['ask']>[2];

/** `elicit`, `sample` and the like: asks the host, which knows the client and what it has answered so far. */
export class ClientQuestions {
  readonly #wire: GuestWire;
  readonly #questions: HostQuestions;
  readonly #calls: CallRunner;

  constructor(wire: GuestWire, questions: HostQuestions, calls: CallRunner) {
    this.#wire = wire;
    this.#questions = questions;
    this.#calls = calls;
  }

  /** @throws Suspension when the call has to run again */
  async ask(what: string, key: string, request: AskedRequest): Promise<ClientReply> {
    const { scope } = this.#calls;
    const { call } = scope;
    if (scope.runningCall === undefined && call?.signal.aborted !== true)
      throw new Error(`${what} is only available while a handler runs.`);
    // A handler that passes the promise on is in no stack that is made once the reply is here.
    const place = new Error();
    const reply = await this.#questions.ask(what, { type: 'ask', key, request: requestOf(what, request) });
    if (!reply.ok) {
      const { type, message } = reply.error;
      if (type === 'ClientCannot') return { kind: 'client-cannot', message };
      throw errorAt(place, message);
    }
    const value = 'value' in reply ? reply.value : null;
    if (isObject(value) && isObject(value['answer'])) return { kind: 'answer', value: value['answer'] };
    throw this.#calls.suspend(call?.id ?? -1);
  }

  announce(change: Change): void {
    this.#wire.send({ type: 'announce', change });
  }
}

function errorAt({ stack = '' }: Error, message: string): Error {
  const error = new Error(message);
  const [, ...frames] = stack.split('\n');
  if (frames.length > 0) error.stack = [String(error), ...frames].join('\n');
  return error;
}

/** Blocks in what is sampled become what MCP has for them. */
function requestOf(what: string, request: AskedRequest): Extract<Question, { type: 'ask' }>['request'] {
  const json: unknown = toJsonValue(request, { exact: [], subject: `The question of ${what}` });
  return json as Extract<Question, { type: 'ask' }>['request'];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null;
}
