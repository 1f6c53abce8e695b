import type { JsonDiagnostic } from '@mxcp-ts/diagnostics';
import type { ClientInfo, UserContext } from '@mxcp-ts/engine';
import type { Outcome } from '@mxcp-ts/runtime';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';

/** The routes of the admin socket: HTTP/1.1 with JSON bodies. Every answer is 200 with one of these, or `AdminError`. */
export interface AdminRoutes {
  'GET /': { readonly request: undefined; readonly answer: AdminRoot };
  'GET /health': { readonly request: undefined; readonly answer: AdminHealth };
  'GET /status': { readonly request: undefined; readonly answer: AdminStatus };
  'GET /config': { readonly request: undefined; readonly answer: AdminConfig };
  'GET /endpoints': { readonly request: undefined; readonly answer: { readonly endpoints: readonly AdminEndpoint[] } };
  'POST /reload': { readonly request: ReloadBody | undefined; readonly answer: ReloadAnswer };
  'POST /invoke': { readonly request: InvokeBody; readonly answer: Outcome };
  'POST /query': {
    readonly request: { readonly sql: string; readonly params: JsonObject };
    readonly answer: QueryAnswer;
  };
  'POST /validate': { readonly request: undefined; readonly answer: ValidateAnswer };
  'POST /infer': { readonly request: undefined; readonly answer: InferAnswer };
}

export interface AdminRoot {
  readonly service: 'mxcp-admin';
  readonly version: string;
  /** The original serves pages there; we have none. */
  readonly docs: null;
  readonly openapi: null;
}

/** Says that the process answers, and nothing about the project: that is `GET /status`. */
export interface AdminHealth {
  readonly status: 'ok';
  /** ISO 8601 in UTC, with `Z`. */
  readonly timestamp: string;
}

export interface AdminStatus {
  readonly status: 'ok';
  readonly version: string;
  /** `0h0m49s`. */
  readonly uptime: string;
  readonly uptime_seconds: number;
  readonly pid: number;
  readonly project: string;
  readonly profile: string;
  readonly mode: 'readwrite' | 'readonly';
  readonly debug: boolean;
  readonly generation: number;
  readonly ready: boolean;
  readonly problems: readonly string[];
  readonly active_calls: number;
  readonly reload: ReloadState;
  readonly admin_socket: { readonly path: string };
}

export interface ReloadState {
  readonly in_progress: boolean;
  /** Whether new calls wait for running ones to end: an exclusive reload. */
  readonly draining: boolean;
  readonly active_requests: number;
  /** When the last one ended, ISO 8601 in UTC; null before the first. */
  readonly last_reload: string | null;
  readonly last_reload_status: 'success' | 'error' | null;
  readonly last_reload_error: string | null;
}

export interface AdminConfig {
  readonly status: 'ok';
  readonly project: string;
  readonly profile: string;
  /** The project folder, absolute. */
  readonly repository_path: string;
  /** Null for a database in memory. */
  readonly duckdb_path: string | null;
  readonly readonly: boolean;
  readonly debug: boolean;
  /** How many are served, those of tool packs included. */
  readonly endpoints: { readonly tools: number; readonly prompts: number; readonly resources: number };
  readonly features: { readonly sql_tools: boolean; readonly audit_logging: boolean; readonly telemetry: boolean };
  readonly transport: string;
}

/** One endpoint file, as `list` shows it. */
export interface ListedEndpoint {
  /** Relative to the project folder; `mxcp-ts:tools/<pack>/…` for one of a tool pack. */
  readonly path: string;
  readonly kind: 'tool' | 'resource' | 'prompt' | 'unknown';
  readonly name: string;
  readonly title: string | null;
  readonly description: string | null;
  readonly language: string | null;
  /** Of a tool, whether its calls can or must be tasks; null: they never are. */
  readonly task: 'optional' | 'required' | null;
  readonly enabled: boolean;
  readonly error: string | null;
}

/** The same with the fields that programs know from the original. */
export interface AdminEndpoint extends ListedEndpoint {
  /** As `kind`, null for `unknown`. */
  readonly type: 'tool' | 'resource' | 'prompt' | null;
  readonly status: 'ok' | 'disabled' | 'error';
}

export interface ReloadBody {
  /** Answer when the reload has ended rather than at once. */
  readonly wait?: boolean;
}

export type ReloadAnswer =
  | {
      readonly status: 'reload_initiated';
      /** ISO 8601 in UTC. */
      readonly timestamp: string;
      readonly reload_request_id: string;
      readonly message: string;
    }
  | { readonly status: 'reload_finished'; readonly result: ReloadResult };

export type ReloadResult =
  | {
      readonly ok: true;
      /** Of the plan that is served now. */
      readonly generation: number;
      /** Whether it offers clients something else than the plan before. */
      readonly changed: boolean;
    }
  /** The plan before is served on. */
  | { readonly ok: false; readonly diagnostics: readonly JsonDiagnostic[]; readonly message: string };

export interface InvokeBody {
  readonly endpoint: string;
  readonly args: JsonObject;
  /** As `Invocation.isResultUnchecked`. */
  readonly skip_output_validation?: boolean;
  /** What an `input-required` outcome asked for, by key: its `answered`, and what came since. */
  readonly answers?: JsonObject;
  /** On whose behalf the call is made. The socket server has checked it and filled it in (`readCaller`). */
  readonly context?: Caller;
}

export interface Caller {
  readonly user?: UserContext;
  /** Names in lower case. */
  readonly headers?: Readonly<Record<string, string>>;
  /** What can be asked; left out: nothing. */
  readonly client?: ClientInfo;
}

export type QueryAnswer =
  | { readonly ok: true; readonly rows: JsonValue[] }
  | { readonly ok: false; readonly type: string; readonly message: string };

export interface ValidateAnswer {
  readonly files: readonly {
    readonly path: string;
    readonly kind: string;
    readonly name: string;
    readonly enabled: boolean;
  }[];
  readonly diagnostics: readonly JsonDiagnostic[];
}

/** What SQL endpoints without a `return` would declare. */
export interface InferAnswer {
  readonly inferred: readonly InferredReturn[];
}

export interface InferredReturn {
  /** Of the endpoint, as in `EndpointDefinition.id`. */
  readonly endpoint: string;
  /** A type as the YAML writes it; null when it cannot be known. */
  readonly returns: TypeDefinition | null;
  /** Why not; null when it is known. */
  readonly reason: string | null;
}

export interface AdminError {
  readonly detail: string;
}

export type AdminRoute = keyof AdminRoutes;
