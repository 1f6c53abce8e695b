import type { GuestError } from '@mxcp-ts/guest';
import { describeThrown } from './describe-thrown.ts';
import type { HostQuestions } from './host-questions.ts';

/** `reload`: keeps the payloads until the host says that the database is closed. */
export class ReloadPayloads {
  readonly #questions: HostQuestions;
  readonly #canReload: boolean;
  readonly #payloads: (() => unknown)[] = [];

  constructor(questions: HostQuestions, canReload: boolean) {
    this.#questions = questions;
    this.#canReload = canReload;
  }

  async request(description: string, payload: (() => unknown) | undefined): Promise<void> {
    if (payload !== undefined && typeof payload !== 'function')
      throw new TypeError('The payload of a reload must be a function.');
    if (!this.#canReload) throw new Error('reload() is not available here: nothing is served that could be reloaded.');
    const question = { type: 'reload', description: String(description) } as const;
    const reply = await this.#questions.ask(
      'reload',
      payload === undefined ? question : { ...question, payload: this.#payloads.push(payload) - 1 },
    );
    if (!reply.ok) throw new Error(reply.error.message);
  }

  /** @returns what it threw */
  async run(number: number): Promise<GuestError | undefined> {
    try {
      const payload = this.#payloads[number];
      await payload?.();
      return undefined;
    } catch (error) {
      return describeThrown(error);
    }
  }
}
