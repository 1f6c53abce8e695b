import type { Placeholder } from '../step.ts';
import type { Answer } from './answer-parser.ts';

/** What a server has given out, by kind: the last of each. */
export class GivenOut {
  readonly #values = new Map<Placeholder, string>();
  readonly #ofOthers: GivenOut | undefined;

  /** @param ofOthers - where to look for what this client was not given; it learns everything too */
  constructor(ofOthers?: GivenOut) {
    this.#ofOthers = ofOthers;
  }

  /** @param isOfSession - whether the request was one of a session, which then is not new, and may be that of another client */
  remember({ headers, body }: Answer, isOfSession: boolean): void {
    const session = headers['mcp-session-id'];
    if (session !== undefined && !isOfSession) this.#keep('session', session);
    if (body.length === 0 || body.length > 200_000) return;
    const text = body.toString('latin1');
    for (const [kind, pattern] of patterns) {
      const value = pattern.exec(text)?.[1];
      if (value !== undefined) this.#keep(kind, value);
    }
  }

  /** The same without what others were given: for a message that would end their requests. */
  get own(): GivenOut {
    const own = new GivenOut();
    for (const [kind, value] of this.#values) own.#keep(kind, value);
    return own;
  }

  /** The bytes with every placeholder replaced; one whose value is not known becomes `none`, or 0 for an id. */
  fill(bytes: Buffer): Buffer {
    if (!bytes.includes('@@')) return bytes;
    return Buffer.from(this.fillText(bytes.toString('latin1')), 'latin1');
  }

  fillText(text: string): string {
    return text.replace(/@@(session|cursor|state|state-tampered|task|event|asked)@@/g, (_, kind: Placeholder) =>
      this.#find(kind),
    );
  }

  #find(kind: Placeholder): string {
    if (kind === 'state-tampered') return tampered(this.#find('state'));
    const value = this.#values.get(kind);
    if (value !== undefined) return value;
    if (this.#ofOthers !== undefined) return this.#ofOthers.#find(kind);
    return kind === 'asked' ? '0' : 'none';
  }

  #keep(kind: Placeholder, value: string): void {
    this.#values.set(kind, value);
    if (this.#ofOthers !== undefined) this.#ofOthers.#keep(kind, value);
  }
}

const patterns: readonly (readonly [Placeholder, RegExp])[] = [
  ['cursor', /"nextCursor":"([\w.=-]+)"/],
  ['state', /"requestState":"([\w.:=+/-]+)"/],
  ['task', /"taskId":"([\w.:-]+)"/],
  ['event', /^id: ([\w.:=+/-]+)$/m],
  ['asked', /^data: (?=.*"method":"(?:elicitation\/create|sampling\/createMessage|roots\/list)").*"id":(\d+|"[^"]*")/m],
];

function tampered(state: string): string {
  const middle = Math.floor(state.length / 2);
  return state.slice(0, middle) + (state[middle] === 'A' ? 'B' : 'A') + state.slice(middle + 1);
}
