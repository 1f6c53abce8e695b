import type { BatchColumn, CallContext, Change, ContentBlock, InputRequest, LogLevel } from '@mxcp-ts/engine';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';

/**
 * The wire between the host and a guest: one JSON document a line, UTF-8, both ways over one socket (the guest's file
 * descriptor 3). A line that ends in `"bytes":N}` is followed by N raw bytes (a `ColumnBatch`, see packages/engine).
 * The same for every language; the guest's ends are in packages/sdk-typescript and packages/sdk-python.
 * A guest's stdout and stderr are the host's stderr, so nothing that user code prints can reach this wire or a client.
 */

export type HostToGuest =
  /** First message. The guest loads the modules, runs the `on_init` hooks, and answers `started`. */
  | {
      readonly type: 'start';
      readonly root: string;
      readonly modules: readonly GuestModule[];
      readonly handlers: readonly GuestHandler[];
      readonly plugins: readonly GuestPlugin[];
      readonly config: GuestConfig;
      /** Whether user code may ask for a reload. */
      readonly canReload: boolean;
    }
  | {
      readonly type: 'call';
      readonly id: number;
      readonly call: string;
      readonly handler: number;
      readonly args: JsonObject;
      readonly context: GuestCallContext;
    }
  /**
   * Compute one chunk of a SQL function; answered by `applied` or `failure`. It must never wait for a call: the statement
   * that a call waits for may be the one that needs it.
   */
  | {
      readonly type: 'apply';
      readonly id: number;
      readonly function: number;
      /** One array per parameter, values as `WireType` says. */
      readonly columns: readonly (readonly JsonValue[])[];
    }
  /** The answer is no longer wanted. The guest stops the call as well as it can, then still sends its `result` or `failure`. */
  | { readonly type: 'cancel'; readonly id: number }
  /** The answer to a question: what it is depends on the question, see `GuestQuestion`. */
  | { readonly type: 'reply'; readonly id: number; readonly ok: true; readonly value: JsonValue }
  | { readonly type: 'reply'; readonly id: number; readonly ok: true; readonly rows: readonly unknown[] }
  | {
      readonly type: 'reply';
      readonly id: number;
      readonly ok: true;
      readonly count: number;
      readonly columns: readonly BatchColumn[];
      readonly bytes: number;
    }
  | { readonly type: 'reply'; readonly id: number; readonly ok: false; readonly error: GuestError }
  /** Asks for a `pong` at once: it tells one stuck call from a guest that is blocked as a whole. */
  | { readonly type: 'ping'; readonly id: number }
  /**
   * Run the `on_shutdown` hooks in reverse order, answer `stopped`, exit. May arrive while the guest is still starting; it
   * is obeyed after `started`. The end of the wire means the same without hooks: the host is gone.
   *
   * With `hold` the guest does not exit: a `payload` follows. From here on every question fails in the guest.
   */
  | { readonly type: 'stop'; readonly hold?: true }
  /** Run the function that a `reload` offered; the database is closed. Answered by `payload-done`. */
  | { readonly type: 'payload'; readonly payload: number };

export type GuestToHost =
  | {
      readonly type: 'started';
      readonly modules: readonly ModuleFailure[];
      readonly handlers: readonly HandlerFault[];
      readonly plugins: readonly PluginFault[];
      /** What plug-ins add to SQL; `apply` names one by its place here. */
      readonly functions: readonly GuestFunction[];
      readonly hooks: readonly GuestError[];
    }
  | {
      readonly type: 'result';
      readonly id: number;
      /** Left out when `content` is the whole result. */
      readonly value?: JsonValue;
      /** The value as a whole was bytes; it is their base64. */
      readonly isBytes?: true;
      readonly content?: readonly ContentBlock[];
      readonly meta?: JsonObject;
      readonly exact?: readonly { readonly pointer: string; readonly text: string }[];
    }
  | { readonly type: 'failure'; readonly id: number; readonly error: GuestError }
  | { readonly type: 'pong'; readonly id: number }
  /** The host hands the line to SQL unread, so `type`, `id` and `values` come in this order and without spaces. */
  | { readonly type: 'applied'; readonly id: number; readonly values: readonly JsonValue[] }
  | GuestQuestion
  /** Progress of a call, for its client. */
  | {
      readonly type: 'progress';
      readonly call: number;
      readonly progress: number;
      readonly total?: number;
      readonly message?: string;
    }
  /** A log message for the client of a call, not for the operator. */
  | {
      readonly type: 'notify';
      readonly call: number;
      readonly level: LogLevel;
      readonly data: JsonValue;
      readonly logger?: string;
    }
  /** Clients that want to know are told that something has changed. */
  | { readonly type: 'announce'; readonly change: Change }
  | { readonly type: 'payload-done'; readonly error?: GuestError }
  | {
      readonly type: 'log';
      readonly level: 'debug' | 'info' | 'warning' | 'error';
      readonly text: string;
      readonly logger?: string;
      readonly call?: number;
    }
  | { readonly type: 'stopped'; readonly hooks: readonly GuestError[] };

/** What a guest asks of the host. `call` is absent in hooks and in work that outlives its call. */
export type GuestQuestion = { readonly id: number; readonly call?: number } & (
  | /** Gives rows: objects to a TypeScript guest, a `ColumnBatch` to a Python guest. */ {
      readonly type: 'execute';
      readonly sql: string;
      readonly params?: JsonObject | readonly JsonValue[];
      readonly transaction?: number;
    }
  | /** Gives the number of the transaction. It is rolled back when the call ends without `end`. */ {
      readonly type: 'begin';
    }
  | { readonly type: 'end'; readonly transaction: number; readonly how: 'commit' | 'rollback' }
  | /** Gives the number of the stream, which is closed with the call at the latest. */ {
      readonly type: 'stream';
      readonly sql: string;
      readonly params?: JsonObject | readonly JsonValue[];
      readonly batchRows: number;
      readonly transaction?: number;
    }
  | /** Gives rows like `execute`, or the value null at the end of the stream. */ {
      readonly type: 'fetch';
      readonly stream: number;
    }
  | /** Gives null. */ { readonly type: 'close-stream'; readonly stream: number }
  | /** Gives the number of rows. Rows are in the bytes that follow, or in `rows`. */ ({
      readonly type: 'append';
      readonly how: 'append' | 'register';
      readonly table: string;
      readonly transaction?: number;
    } & (
      | { readonly count: number; readonly columns: readonly BatchColumn[]; readonly bytes: number }
      | { readonly rows: readonly JsonObject[] }
    ))
  | /** `get` gives {found, value}; `set` and `delete` null; `keys` names. Of the session of the call. */ {
      readonly type: 'session';
      readonly do: 'get' | 'set' | 'delete' | 'keys';
      readonly key?: string;
      readonly value?: JsonValue;
    }
  | /**
   * Asks the client of the call. Gives {answer}, or {waiting: true}: the handler must then be ended at once by something
   * that ordinary error handling of user code does not catch; how the call is answered after that does not matter. The
   * error `ClientCannot` says that this client cannot be asked this; it must be catchable, and a handler that fails
   * because of it must fail with that type.
   */ {
      readonly type: 'ask';
      readonly key: string;
      readonly request: InputRequest;
    }
  | /** Gives null once the reload is queued. `payload` is the guest's own number for a function. */ {
      readonly type: 'reload';
      readonly description: string;
      readonly payload?: number;
    }
);

/** What `context` shows to user code: `CallContext` without the key of the session, which is the host's business. */
export interface GuestCallContext extends Omit<CallContext, 'session'> {
  readonly hasSession: boolean;
}

export interface GuestPlugin {
  /** What `plugins.get` takes, and what the SQL functions of a class end in. */
  readonly name: string;
  /** Absolute path of its file (of a bundle for TypeScript); absent for an installed package. */
  readonly file?: string;
  /** Relative to the project, for messages. */
  readonly path: string;
  /** The dotted name that Python imports. */
  readonly module: string;
  /** Whether the site file lists it: then it must hold a class `MXCPPlugin`, which is given `config`. */
  readonly isListed: boolean;
  readonly config: Readonly<Record<string, unknown>>;
}

/** A SQL function that a plug-in brings; the fields are those of `SqlFunction`. */
export interface GuestFunction {
  readonly name: string;
  readonly parameters: readonly string[];
  readonly returns: string;
  readonly nulls: 'skip' | 'pass';
  readonly isPure: boolean;
  /** Into `plugins` of the start message. */
  readonly plugin: number;
}

export interface PluginFault {
  readonly plugin: number;
  readonly error: GuestError;
}

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
  /** Python: arguments that the function does not name are left out, instead of failing the call. */
  readonly takesWhatItNames?: true;
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
