import type { ClientAbility, ContentBlock, InputRequest } from '@mxcp-ts/engine';
import type { JsonObject, JsonValue, Problem } from '@mxcp-ts/values';

/** What a handler gave beside, or instead of, plain data. */
export interface RichResult {
  readonly content: readonly ContentBlock[];
  /** Whether the blocks are all there is; `value` then shows them as data. */
  readonly isWhole: boolean;
  readonly meta: JsonObject | undefined;
}

/** How a call ended. Closed: every way of serving handles every kind. `invoke` gives one and never throws. */
export type Outcome =
  | {
      readonly kind: 'ok';
      readonly value: JsonValue;
      /** The value is the base64 of bytes. */
      readonly isBytes?: true;
      readonly rich?: RichResult;
    }
  /** The call waits for its client. It is made again with the answers, those in `answered` included. */
  | {
      readonly kind: 'input-required';
      readonly requests: Readonly<Record<string, InputRequest>>;
      readonly answered: Readonly<Record<string, JsonValue>>;
    }
  /** The handler cannot do without something that this client cannot do. */
  | { readonly kind: 'client-cannot'; readonly abilities: readonly ClientAbility[] }
  | { readonly kind: 'invalid-input'; readonly problems: readonly Problem[] }
  | { readonly kind: 'denied'; readonly reason: string }
  | { readonly kind: 'not-found'; readonly endpoint: string }
  /** The user's code or SQL failed. `message` may reach the caller; the rest is in the log under `incident`. */
  | { readonly kind: 'handler-failed'; readonly message: string; readonly incident: string }
  /** The result does not fit the declared type. `problems` name places and types, never values. */
  | { readonly kind: 'invalid-output'; readonly problems: readonly Problem[]; readonly incident: string }
  | { readonly kind: 'timed-out'; readonly timeoutMs: number }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'unavailable'; readonly reason: string; readonly retryAfterMs: number }
  /** Our own bug; details are in the log under `incident`. */
  | { readonly kind: 'internal'; readonly incident: string };

/** One sentence that may be shown to whoever called. */
export function describeOutcome(outcome: Exclude<Outcome, { kind: 'ok' }>): string {
  switch (outcome.kind) {
    case 'invalid-input':
      return `The arguments are not valid.\n${listOf(outcome.problems)}`;
    case 'input-required':
      return `The call asks for input (${Object.keys(outcome.requests).join(', ')}), which takes a caller that can be asked, such as an MCP client.`;
    case 'client-cannot':
      return `The call needs a client that can ${listAbilities(outcome.abilities)}.`;
    case 'denied':
      return outcome.reason;
    case 'not-found':
      return `There is no ${outcome.endpoint.replace(/^(\w+):(.*)$/s, '$1 "$2"')}.`;
    case 'handler-failed':
      return outcome.message;
    case 'invalid-output':
      return `The result does not fit its declared type (incident ${outcome.incident}).\n${listOf(outcome.problems)}`;
    case 'timed-out':
      return `The call took longer than its limit of ${outcome.timeoutMs / 1000} s and was stopped. Try a smaller request.`;
    case 'cancelled':
      return 'The call was cancelled.';
    case 'unavailable':
      return `${outcome.reason} Try again in ${Math.ceil(outcome.retryAfterMs / 1000)} s.`;
    case 'internal':
      return `Internal error (incident ${outcome.incident}).`;
  }
}

const abilityTexts: Readonly<Record<ClientAbility, string>> = {
  elicit: 'ask its user (elicitation)',
  'elicit-url': 'send its user to a page (URL elicitation)',
  sample: 'ask its model (sampling)',
  'sample-tools': 'let its model call tools (sampling with tools)',
  roots: 'name its folders (roots)',
};

function listAbilities(abilities: readonly ClientAbility[]): string {
  return abilities.map(ability => abilityTexts[ability]).join(' and ');
}

function listOf(problems: readonly Problem[]): string {
  return problems.map(({ pointer, message }) => `- ${pointer === '' ? 'the value' : pointer} ${message}`).join('\n');
}
