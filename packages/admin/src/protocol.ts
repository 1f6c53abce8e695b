import type { JsonDiagnostic } from '@mxcp-ts/diagnostics';
import type { Outcome } from '@mxcp-ts/runtime';
import type { JsonObject, JsonValue } from '@mxcp-ts/values';

/** The routes of the admin socket: HTTP/1.1 with JSON bodies. Every answer is 200 with one of these, or `AdminError`. */
export interface AdminRoutes {
  'GET /status': { readonly request: undefined; readonly answer: AdminStatus };
  'GET /endpoints': { readonly request: undefined; readonly answer: { readonly endpoints: readonly AdminEndpoint[] } };
  'POST /invoke': {
    readonly request: {
      readonly endpoint: string;
      readonly args: JsonObject;
      /** As `Invocation.isResultUnchecked`. */
      readonly skip_output_validation?: boolean;
    };
    readonly answer: Outcome;
  };
  'POST /query': {
    readonly request: { readonly sql: string; readonly params: JsonObject };
    readonly answer: QueryAnswer;
  };
  'POST /validate': { readonly request: undefined; readonly answer: ValidateAnswer };
}

export interface AdminStatus {
  readonly status: 'ok';
  readonly version: string;
  readonly pid: number;
  readonly project: string;
  readonly profile: string;
  readonly mode: 'readwrite' | 'readonly';
  readonly uptime_seconds: number;
  readonly generation: number;
  readonly ready: boolean;
  readonly problems: readonly string[];
  readonly active_calls: number;
}

/** One endpoint file, as `list` shows it. */
export interface AdminEndpoint {
  /** Relative to the project folder; `mxcp-ts:tools/<pack>/…` for one of a tool pack. */
  readonly path: string;
  readonly kind: 'tool' | 'resource' | 'prompt' | 'unknown';
  readonly name: string;
  readonly description: string | null;
  readonly language: string | null;
  readonly enabled: boolean;
  readonly error: string | null;
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

export interface AdminError {
  readonly detail: string;
}

export type AdminRoute = keyof AdminRoutes;
