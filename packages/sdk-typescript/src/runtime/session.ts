import type { CallContext } from './context.ts';
import type { Row, SqlParameters } from './database.ts';
import type { Hook } from './hooks.ts';

/** What the guest offers to the functions of `mxcp-ts/runtime`. */
export interface Session {
  readonly config: {
    readonly secrets: Readonly<Record<string, unknown>>;
    readonly site: Readonly<Record<string, unknown>>;
    readonly user: Readonly<Record<string, unknown>>;
  };
  readonly execute: (sql: string, params: SqlParameters | undefined) => Promise<Row[]>;
  readonly addHook: (kind: 'init' | 'shutdown', hook: Hook) => void;
  readonly log: (level: 'debug' | 'info' | 'warning' | 'error', text: string) => void;
  /** The call on whose behalf the current code runs. */
  readonly currentCall: () => CallContext | undefined;
}

/**
 * The guest and `mxcp-ts/runtime` meet on `globalThis`: a package of the project may bring a copy of its own of this
 * module, and all copies must reach the one guest.
 */
const key = Symbol.for('mxcp-ts.session.1');

type SessionHolder = { [key]?: Session };

/** @param what - the function that was called, for the message when no project is running */
export function getSession(what: string): Session {
  const session = (globalThis as SessionHolder)[key];
  if (session === undefined) {
    throw new Error(
      `${what} works inside a running mxcp-ts project only. Run this file with \`mxcp-ts run\` or \`mxcp-ts serve\`.`,
    );
  }
  return session;
}

/** Called once, by the guest, before it loads the author's modules. */
export function provideSession(session: Session): void {
  (globalThis as SessionHolder)[key] = session;
}
