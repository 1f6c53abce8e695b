import type { Diagnostic } from '@mxcp-ts/diagnostics';
import type { EndpointDefinition, Project } from '@mxcp-ts/project';
import type { JsonObject, JsonValue, Problem } from '@mxcp-ts/values';
import type { Database } from './database.ts';
import type { Log } from './log.ts';

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
  readonly log: Log;
}

export interface StartedEngine {
  /** Endpoints that cannot be served after all: a module that does not load, a function that is not there. */
  readonly diagnostics: readonly Diagnostic[];
  /** Of every endpoint given to `start`; calling one that has a diagnostic fails with its message. */
  bind(endpoint: EndpointDefinition): BoundHandler;
  /** What an operator should know: hooks that raised, a guest that is being restarted. Empty when all is well. */
  problems(): readonly string[];
  /** Runs `on_shutdown` hooks and ends guests; kills them at the deadline. */
  stop(options: { readonly deadlineMs: number }): Promise<void>;
}

export interface HandlerCall {
  /** Unique among running calls; in every log line of this call. */
  readonly id: string;
  /** Read, coerced and checked; defaults applied. */
  readonly args: JsonObject;
  /** Aborted when the caller cancels or the deadline passes. `invoke` answers then at once; the handler must clean up by itself. */
  readonly signal: AbortSignal;
}

export type BoundHandler = (call: HandlerCall) => Promise<HandlerResult>;

export type HandlerResult =
  | {
      readonly kind: 'ok';
      readonly value: JsonValue;
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
