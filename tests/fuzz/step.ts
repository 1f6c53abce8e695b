/** A header as it is sent: one character is one byte. */
export type HeaderLine = readonly [name: string, value: string];

/** A request whose end can be told, so that it must be answered. */
export interface HttpStep {
  readonly kind: 'http';
  readonly method: string;
  readonly path: string;
  readonly headers: readonly HeaderLine[];
  readonly body: Buffer | undefined;
  readonly isChunked: boolean;
  /** The client is gone this long after it has sent all; undefined: it waits for the answer. */
  readonly hangUpAfterMs: number | undefined;
}

/** Bytes that may be no request at all, or half of one. The server may say something, and must close when the client does. */
export interface RawStep {
  readonly kind: 'raw';
  /** Written one after the other, with a pause between. */
  readonly parts: readonly Buffer[];
}

export type Step = HttpStep | RawStep;

/**
 * What one client sends: turn after turn, and all steps of a turn at once. What the server gives out in a turn can be sent
 * back to it in a later one.
 */
export interface Unit {
  readonly turns: readonly (readonly Step[])[];
}

/** What stands for something that the server has given out before, in headers and bodies. */
export const placeholders = ['session', 'cursor', 'state', 'state-tampered', 'task', 'event', 'asked'] as const;
export type Placeholder = (typeof placeholders)[number];
