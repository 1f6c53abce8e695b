import type { InputRequest } from '@mxcp-ts/engine';
import type { Outcome } from '@mxcp-ts/runtime';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';
import { parseAnswer } from '../../answers/parse-answer.ts';
import type { MakeCall } from './call.ts';

export interface Answering {
  /** Of `--answer`, by key. */
  readonly given: ReadonlyMap<string, string>;
  /** Whom to ask for the rest; undefined where nobody sits at a terminal. */
  readonly ask: ((request: InputRequest) => Promise<JsonValue | undefined>) | undefined;
  readonly signal: AbortSignal;
  /** Is told the key of every question. */
  readonly onAsked?: (key: string) => void;
}

/**
 * Makes a call, and makes it again with the answers to what it asks, until it ends. It ends as `input-required`, with the
 * questions that are open, when nobody answers them.
 *
 * @throws MxcpError `usage` for a given answer that is none
 */
export async function untilAnswered(make: MakeCall, { given, ask, signal, onAsked }: Answering): Promise<Outcome> {
  let answers: JsonObject = {};
  for (;;) {
    const outcome = await make(answers);
    if (outcome.kind !== 'input-required') return outcome;
    const known = new Map(Object.entries({ ...answers, ...outcome.answered }));
    const open: [string, InputRequest][] = [];
    for (const [key, request] of Object.entries(outcome.requests)) {
      onAsked?.(key);
      const text = given.get(key);
      // What was answered and is asked again is another question by now; what was given for it has had its turn.
      const answer = text === undefined || known.has(key) ? await ask?.(request) : parseAnswer(key, request, text);
      if (signal.aborted) return { kind: 'cancelled' };
      if (answer === undefined) open.push([key, request]);
      else known.set(key, answer);
    }
    if (open.length > 0) return { ...outcome, requests: Object.fromEntries(open) };
    answers = Object.fromEntries(known);
  }
}
