import type { CallContext, ClientChannel } from '@mxcp-ts/engine';
import type { JsonValue } from '@mxcp-ts/values';

/** One call. */
export interface Invocation {
  /** The id of a definition: `tool:find_flights`, `resource:flights://airports/{code}`, `prompt:briefing`. */
  readonly endpoint: string;
  /** As the caller sent them; nothing is assumed about their shape. */
  readonly args: unknown;
  readonly context: CallContext;
  /** Where progress and log messages of the handler go; nowhere when left out. */
  readonly client?: ClientChannel;
  /** What the client has answered so far to what this call asks, by key: `answered` of earlier outcomes and what came since. */
  readonly answers?: Readonly<Record<string, JsonValue>>;
  /** Reads the arguments and asks the question of the `elicit` block, but does not run the handler: a good outcome is `ok`, null. */
  readonly isPreflight?: boolean;
  /** Aborted when the caller gives up. */
  readonly signal?: AbortSignal;
  /** The result is shaped but may break its declared type: for an author who wants to see what comes out. */
  readonly isResultUnchecked?: boolean;
}

/** The context of a call from this machine: nobody in particular, no request, a session only if it is given. */
export function localContext(transport: CallContext['transport'], session?: string): CallContext {
  return Object.freeze({
    transport,
    requestId: undefined,
    headers: noHeaders,
    user: undefined,
    client: undefined,
    session,
  });
}

const noHeaders: CallContext['headers'] = Object.freeze({});

/** A client that wants to hear nothing. */
export const silentClient: ClientChannel = Object.freeze({ progress() {}, log() {} });
