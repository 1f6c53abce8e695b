import type { CallContext } from './context.ts';
import type { Row, SqlParameters, StreamOptions, Transaction } from './database.ts';
import type { Hook } from './hooks.ts';
import type { LogLevel } from './log.ts';

/** What the guest offers to the functions of `mxcp-ts/runtime`. */
export interface GuestApi {
  readonly config: {
    readonly secrets: Readonly<Record<string, unknown>>;
    readonly site: Readonly<Record<string, unknown>>;
    readonly user: Readonly<Record<string, unknown>>;
  };
  readonly database: DatabaseApi;
  readonly session: SessionApi;
  readonly plugins: PluginsApi;
  readonly addHook: (kind: 'init' | 'shutdown', hook: Hook) => void;
  readonly log: (level: LogLevel, text: string) => void;
  readonly progress: (progress: number, total: number | undefined, message: string | undefined) => void;
  readonly notify: (level: LogLevel, data: unknown, logger: string | undefined) => void;
  /** Rejects with something that is no Error when the call has to run again. */
  readonly ask: (
    what: string,
    key: string,
    request: { readonly method: string; readonly params?: Readonly<Record<string, unknown>> },
  ) => Promise<ClientReply>;
  readonly announce: (change: Change) => void;
  readonly reload: (description: string, payload: (() => unknown) | undefined) => Promise<void>;
  /** The call on whose behalf the current code runs. */
  readonly currentCall: () => CallContext | undefined;
}

export type ClientReply =
  | { readonly kind: 'answer'; readonly value: Readonly<Record<string, unknown>> }
  | { readonly kind: 'client-cannot'; readonly message: string };

/** Something that clients may want to look at again. */
export type Change =
  | { readonly kind: 'tools' | 'prompts' | 'resources' }
  | { readonly kind: 'resource'; readonly uri: string };

export interface DatabaseApi {
  execute(sql: string, params: SqlParameters | undefined): Promise<Row[]>;
  stream(sql: string, params: SqlParameters | undefined, options: StreamOptions): AsyncIterable<Row[]>;
  append(how: 'append' | 'register', table: string, rows: Iterable<object>): Promise<number>;
  transaction<T>(work: (tx: Transaction) => T | Promise<T>): Promise<T>;
}

export interface SessionApi {
  get(key: string): Promise<unknown>;
  set(key: string, value: unknown): Promise<void>;
  delete(key: string): Promise<void>;
  keys(): Promise<string[]>;
}

export interface PluginsApi {
  get(name: string): object | undefined;
  settings(name: string): Readonly<Record<string, unknown>> | undefined;
  list(): string[];
}

/**
 * The guest and `mxcp-ts/runtime` meet on `globalThis`: a package of the project may bring a copy of its own of this
 * module, and all copies must reach the one guest.
 */
const key = Symbol.for('mxcp-ts.guest.1');

type ApiHolder = { [key]?: GuestApi };

/** @param what - the function that was called, for the message when no project is running */
export function getGuestApi(what: string): GuestApi {
  const api = (globalThis as ApiHolder)[key];
  if (api === undefined) {
    throw new Error(
      `${what} works inside a running mxcp-ts project only. Run this file with \`mxcp-ts run\` or \`mxcp-ts serve\`.`,
    );
  }
  return api;
}

/** Called once, by the guest, before it loads the author's modules. */
export function provideGuestApi(api: GuestApi): void {
  (globalThis as ApiHolder)[key] = api;
}
