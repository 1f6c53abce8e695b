/** One call. */
export interface Invocation {
  /** The id of a definition: `tool:find_flights`, `resource:flights://airports/{code}`, `prompt:briefing`. */
  readonly endpoint: string;
  /** As the caller sent them; nothing is assumed about their shape. */
  readonly args: unknown;
  /** Where the call came in. */
  readonly origin: 'mcp-stdio' | 'mcp-http' | 'cli' | 'admin';
  /** Aborted when the caller gives up. */
  readonly signal?: AbortSignal;
  /** The result is shaped but may break its declared type: for an author who wants to see what comes out. */
  readonly isResultUnchecked?: boolean;
}
