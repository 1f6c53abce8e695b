import type { DiagnosticCode } from '@mxcp-ts/diagnostics';
import type { TypeDefinition } from '@mxcp-ts/schemas';

/** What the checking thread gets: plain data, so that nothing of the project has to cross but texts and types. */
export interface CheckRequest {
  /** How to make the database to check in; undefined for the one that the thread has open. */
  readonly scratch: ScratchRequest | undefined;
  readonly endpoints: readonly CheckedEndpoint[];
}

export interface CheckAnswer {
  readonly findings: readonly SqlFinding[];
  /** For endpoints that declare no return type the one that their columns give, as far as they are known. */
  readonly inferred: readonly InferredType[];
}

export interface InferredType {
  /** Which endpoint of the request. */
  readonly index: number;
  readonly returns: TypeDefinition;
}

export interface ScratchRequest {
  /** Absolute path of the database, attached read-only when it exists; undefined for none. */
  readonly databasePath: string | undefined;
  /** The project folder: relative paths in SQL start here. */
  readonly root: string;
  readonly extensions: readonly string[];
  readonly settings: Readonly<Record<string, string | number | boolean>>;
  /** Whether plug-ins of the project may define functions; they do not run here. */
  readonly hasPlugins: boolean;
  /** The setup files' texts, in order. */
  readonly setup: readonly string[];
}

export interface CheckedEndpoint {
  readonly sql: string;
  readonly isCompletion: boolean;
  /** What the SQL gets: the endpoint's parameters, then the fields of its `elicit`. */
  readonly parameters: readonly (TypeDefinition & { readonly name: string })[];
  /** How many of the last of them are fields; undefined without an `elicit`. */
  readonly fieldCount: number | undefined;
  readonly returns: TypeDefinition | undefined;
  /** Of a resource what changes it, in order: a table in lower case, undefined for anything else. */
  readonly changedTables: readonly (string | undefined)[];
}

/** A finding of the checking thread; the host turns its place into a span of a file. */
export interface SqlFinding {
  readonly code: DiagnosticCode;
  readonly message: string;
  readonly hint?: string;
  readonly place: SqlPlace;
}

export type SqlPlace =
  /** A stretch of the SQL of an endpoint or of a setup file, UTF-16 code units. */
  | {
      readonly kind: 'sql';
      readonly of: 'endpoint' | 'setup';
      readonly index: number;
      readonly start: number;
      readonly end: number;
    }
  /** A value in the endpoint's YAML. */
  | { readonly kind: 'yaml'; readonly index: number; readonly path: readonly (string | number)[] }
  | { readonly kind: 'database' };
