import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type { EndpointDefinition, Project } from '@mxcp-ts/project';
import type { JsonObject, JsonValue, Problem } from '@mxcp-ts/values';
import type { ContentBlock } from './content.ts';
import type { Database, SqlFunction } from './database.ts';
import type { Change, ClientInfo, InputAnswer, InputRequest } from './interaction.ts';
import type { Log, LogLevel } from './log.ts';

/** What executes the handlers of one language. */
export interface HandlerEngine {
  readonly language: 'sql' | 'typescript' | 'python' | 'jinja';
  /**
   * Checks endpoints of this language. Executes nothing of the project, opens no connection, changes no file.
   *
   * @param database - given when a server has the database open, or is opening it: the only safe way to look at its
   *   tables then
   */
  check(
    endpoints: readonly EndpointDefinition[],
    project: Project,
    database?: Promise<Database>,
  ): Promise<readonly Diagnostic[]>;
  /** Gets ready to serve these endpoints: prepares statements, bundles code, starts guests, runs their `on_init` hooks. */
  start(endpoints: readonly EndpointDefinition[], host: EngineHost): Promise<StartedEngine>;
}

/** What a running project offers to its engines. */
export interface EngineHost {
  readonly project: Project;
  readonly database: Database;
  readonly sessions: SessionStore;
  readonly log: Log;
  /** Tells the clients that want to know. */
  readonly announce: (change: Change) => void;
  /**
   * User code asks for a reload; it happens after this has returned. Gives a sentence when there will be none; the payload
   * is then not ended here. Undefined where nothing can be reloaded.
   */
  readonly requestReload: ((request: ReloadRequest) => string | undefined) | undefined;
}

/** Data that handlers keep for a session of a client, or for an authenticated caller. Lives in the host, so it survives a guest. */
export interface SessionStore {
  get(session: string, key: string): JsonValue | undefined;
  /** Replaces the value. Gives a sentence instead when the session would hold too much. */
  set(session: string, key: string, value: JsonValue): string | undefined;
  delete(session: string, key: string): void;
  keys(session: string): readonly string[];
  /** Forgets the session: it is over. */
  clear(session: string): void;
}

export interface ReloadRequest {
  /** For the log. */
  readonly description: string;
  /** Runs while the database file is free; without one the reload is an ordinary one. */
  readonly payload?: ReloadPayload;
}

/** A function in a guest that waits to run while the database is closed. */
export interface ReloadPayload {
  /** Runs it in the guest that offered it, which has run its shutdown hooks. */
  run(): Promise<PayloadOutcome>;
  /** Gives the payload up, run or not: its guest ends with the last one that it offered. */
  end(): Promise<void>;
}

export type PayloadOutcome =
  | { readonly kind: 'done' }
  /** `details` with the stack, for the log. */
  | { readonly kind: 'failed'; readonly message: string; readonly details: string };

export interface StartedEngine {
  /** Endpoints that cannot be served after all: a module that does not load, a function that is not there. */
  readonly diagnostics: readonly Diagnostic[];
  /** Of every endpoint given to `start`; calling one that has a diagnostic fails with its message. */
  bind(endpoint: EndpointDefinition): BoundHandler;
  /** Jinja only: puts the question of an `elicit` block before the handler of an endpoint. */
  readonly withElicit?: (endpoint: EndpointDefinition, handler: BoundHandler) => BoundHandler;
  /** What an operator should know: hooks that raised, a guest that is being restarted. Empty when all is well. */
  problems(): readonly string[];
  /** What the project's plug-ins of this language add to SQL. */
  readonly functions: readonly SqlFunction[];
  /**
   * Runs `on_shutdown` hooks and ends guests; kills them at the deadline. A guest whose payload still waits runs its hooks
   * too, but lives on until `ReloadPayload.end`.
   */
  stop(options: { readonly deadlineMs: number }): Promise<void>;
}

export interface HandlerCall {
  /** Unique among running calls; in every log line of this call. */
  readonly id: string;
  /** Read, coerced and checked; defaults applied. */
  readonly args: JsonObject;
  /**
   * Aborted when the caller cancels or the deadline passes. `invoke` answers then at once; the handler must clean up by
   * itself. Made when it is first read, so a copy of the call (`{ ...call }`) has to name it.
   */
  readonly signal: AbortSignal;
  readonly context: CallContext;
  readonly client: ClientChannel;
  /**
   * Asks the client. `key` names the question within the call: the same question must have the same key whenever the
   * handler runs again.
   */
  readonly ask: (key: string, request: InputRequest) => InputAnswer;
}

/** Who calls, and how the call came in. */
export interface CallContext {
  readonly transport: 'stdio' | 'http' | 'cli' | 'admin';
  /** The caller's own id of the request, as text. */
  readonly requestId: string | undefined;
  /** Of the HTTP request, names in lower case; empty elsewhere. */
  readonly headers: Readonly<Record<string, string>>;
  readonly user: UserContext | undefined;
  /** The program that calls; undefined where there is no MCP client. */
  readonly client: ClientInfo | undefined;
  /** What session data is kept under; undefined for an anonymous caller without a session. */
  readonly session: string | undefined;
}

/** An authenticated caller. The names are those of the original's user context. */
export interface UserContext {
  readonly provider: string;
  readonly user_id: string;
  readonly username: string;
  readonly email: string | null;
  readonly name: string | null;
  readonly avatar_url: string | null;
  readonly raw_profile: JsonObject | null;
  readonly external_token: string | null;
  readonly capabilities: readonly string[];
}

/** What a handler can tell the client while the call runs. A client that did not ask is told nothing. */
export interface ClientChannel {
  progress(progress: number, total: number | undefined, message: string | undefined): void;
  log(level: LogLevel, data: JsonValue, logger: string | undefined): void;
}

export type BoundHandler = (call: HandlerCall) => Promise<HandlerResult>;

export type HandlerResult =
  | {
      readonly kind: 'ok';
      /** Undefined when the content blocks are the whole result. */
      readonly value: JsonValue | undefined;
      /** The value as a whole was bytes; it is their base64. */
      readonly isBytes?: true;
      readonly content?: readonly ContentBlock[];
      /** Goes to MCP clients as `_meta` of the result. */
      readonly meta?: JsonObject;
      /** Numbers that JSON's doubles cannot hold: where (JSON Pointer) and their exact text. `value` holds that text there. */
      readonly exactNumbers?: readonly ExactNumber[];
    }
  | { readonly kind: 'failed'; readonly error: HandlerFailure }
  | { readonly kind: 'invalid-output'; readonly problems: readonly Problem[] }
  /** The guest died or could not be started; trying again may help. */
  | { readonly kind: 'unavailable'; readonly reason: string; readonly retryAfterMs: number };

export interface ExactNumber {
  readonly pointer: string;
  readonly text: string;
}

export interface HandlerFailure {
  /** For the log only. */
  readonly message: string;
  readonly type: string;
  readonly stack: string | undefined;
  /** A message that may reach the caller: SQL the caller wrote, or an error the author marked as meant for users. */
  readonly userMessage: string | undefined;
}
