import type { JsonObject, JsonValue } from '@mxcp-ts/values';

/**
 * The wire between the host and a guest: one JSON document a line, UTF-8, both ways over one socket (the guest's file
 * descriptor 3). The same for every language; the guest's ends are in packages/sdk-typescript and packages/sdk-python.
 * A guest's stdout and stderr are the host's stderr, so nothing that user code prints can reach this wire or a client.
 */

export type HostToGuest =
  /** First message. The guest loads the modules, runs the `on_init` hooks, and answers `started`. */
  | {
      readonly type: 'start';
      readonly root: string;
      readonly modules: readonly GuestModule[];
      readonly handlers: readonly GuestHandler[];
      readonly config: GuestConfig;
    }
  | {
      readonly type: 'call';
      readonly id: number;
      readonly call: string;
      readonly handler: number;
      readonly args: JsonObject;
    }
  /** The answer is no longer wanted. The guest stops the call as well as it can, then still sends its `result` or `failure`. */
  | { readonly type: 'cancel'; readonly id: number }
  | {
      readonly type: 'reply';
      readonly id: number;
      readonly ok: true;
      readonly columns: readonly object[];
      readonly rows: readonly unknown[];
    }
  | { readonly type: 'reply'; readonly id: number; readonly ok: false; readonly error: GuestError }
  /** Asks for a `pong` at once: it tells one stuck call from a guest that is blocked as a whole. */
  | { readonly type: 'ping'; readonly id: number }
  /**
   * Run the `on_shutdown` hooks in reverse order, answer `stopped`, exit. May arrive while the guest is still starting; it
   * is obeyed after `started`. The end of the wire means the same without hooks: the host is gone.
   */
  | { readonly type: 'stop' };

export type GuestToHost =
  | {
      readonly type: 'started';
      readonly modules: readonly ModuleFailure[];
      readonly handlers: readonly HandlerFault[];
      readonly hooks: readonly GuestError[];
    }
  | {
      readonly type: 'result';
      readonly id: number;
      readonly value: JsonValue;
      readonly exact?: readonly { readonly pointer: string; readonly text: string }[];
    }
  | { readonly type: 'failure'; readonly id: number; readonly error: GuestError }
  | { readonly type: 'pong'; readonly id: number }
  /** `db.execute`. `call` is absent in hooks. */
  | {
      readonly type: 'execute';
      readonly id: number;
      readonly call?: number;
      readonly sql: string;
      readonly params?: JsonObject | readonly JsonValue[];
    }
  | {
      readonly type: 'log';
      readonly level: 'debug' | 'info' | 'warning' | 'error';
      readonly text: string;
      readonly logger?: string;
      readonly call?: number;
    }
  | { readonly type: 'stopped'; readonly hooks: readonly GuestError[] };

/** A file to load. `index` in the list is how handlers name it. */
export interface GuestModule {
  /** Absolute path: of a bundle for TypeScript, of the author's own file for Python. */
  readonly file: string;
  /** Relative to the project, for messages. */
  readonly path: string;
  /** Inline source instead of a file (Python's `source.code`). */
  readonly code?: string;
}

export interface GuestHandler {
  readonly module: number;
  /** The endpoint's name, for messages and logs. */
  readonly endpoint: string;
  /** The function to call; absent: the engine's own rule (a file's only public function). */
  readonly function?: string;
  /** Declared parameters in order: their names, and their formats where one changes the value (`date`, `date-time`). */
  readonly parameters: readonly { readonly name: string; readonly format?: string }[];
}

/** What `config.*` shows to user code. Plain data, secrets in clear: it never leaves the wire. */
export interface GuestConfig {
  readonly project: string;
  readonly profile: string;
  readonly secrets: Readonly<Record<string, unknown>>;
  readonly site: Readonly<Record<string, unknown>>;
  readonly user: Readonly<Record<string, unknown>>;
}

export interface GuestError {
  readonly type: string;
  readonly message: string;
  readonly stack?: string;
  /** True for an error the author means to reach the caller. */
  readonly isForUser?: boolean;
  /** The name of a package that would have to be installed. */
  readonly missingPackage?: string;
  /** Of a hook: its function's name. */
  readonly hook?: string;
}

export interface ModuleFailure {
  readonly module: number;
  readonly error: GuestError;
}

export interface HandlerFault {
  readonly handler: number;
  readonly message: string;
}
