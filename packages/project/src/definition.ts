import type { SourceFile, Span } from '@mxcp-ts/diagnostics';
import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonObject, JsonSchema } from '@mxcp-ts/values';

export type EndpointKind = 'tool' | 'resource' | 'prompt';
export type HandlerLanguage = 'sql' | 'typescript' | 'python';

/** Finds the place of a value in the file a definition came from: `at('parameters', 0, 'name')`. */
export interface Locate {
  /** The span of the value at a path below the endpoint; of the nearest existing parent when there is none. */
  at(...path: readonly (string | number)[]): Span;
  /** The span of the key itself, for findings about a field rather than about what it holds. */
  key(...path: readonly (string | number)[]): Span;
}

/** A text of another language that stands in a file of the project, whole or inside a YAML scalar. */
export interface EmbeddedText {
  readonly text: string;
  /**
   * @param start - 0-based offset into `text`, UTF-16 code units
   * @returns the same stretch in the file; the whole scalar where YAML folding or quoting breaks the correspondence
   */
  spanOf(start: number, end: number): Span;
}

export type ParameterDefinition = TypeDefinition & { readonly name: string };

/** A code file that a source names; it lies inside the project and exists. */
export interface SourcePath {
  readonly absolute: string;
  /** Relative to the project folder, with forward slashes. */
  readonly relative: string;
}

export type HandlerSource =
  | { readonly language: 'sql'; readonly sql: EmbeddedText }
  | {
      readonly language: 'typescript' | 'python';
      readonly file: SourcePath;
      /** `source.function`, when written. Otherwise each engine has its own rule, see `EndpointDefinition.name`. */
      readonly functionName: string | undefined;
    }
  | { readonly language: 'python'; readonly code: EmbeddedText };

interface DefinitionBase {
  /** Unique in a project: `tool:find_flights`, `resource:flights://airports/{code}`, `prompt:briefing`. */
  readonly id: string;
  /** Of a tool or prompt its name, of a resource its URI or URI template, as written. */
  readonly name: string;
  /** What clients show; undefined when not written. */
  readonly title: string | undefined;
  readonly description: string | undefined;
  readonly icons: readonly Icon[];
  /** Goes to clients as `_meta`, beside what is ours. */
  readonly meta: JsonObject | undefined;
  readonly tags: readonly string[];
  readonly parameters: readonly ParameterDefinition[];
  /** With every `$ref` resolved. */
  readonly returns: TypeDefinition | undefined;
  /** What is asked of the caller before the handler runs. Its fields are arguments of the handler beside `parameters`. */
  readonly elicit: ElicitDefinition | undefined;
  readonly timeoutMs: number;
  readonly hasPolicies: boolean;
  readonly file: SourceFile;
  /** Paths are below the endpoint: `locate.at('source', 'file')`. */
  readonly locate: Locate;
}

export interface Icon {
  /** An https or data URI; a local file has become the latter. */
  readonly src: string;
  readonly mimeType?: string;
  readonly sizes?: readonly string[];
  readonly theme?: 'light' | 'dark';
}

export interface ElicitDefinition {
  /** Names the question on the wire. */
  readonly key: string;
  /** A Jinja template in which the arguments are variables. */
  readonly message: EmbeddedText;
  /** Flat: text, numbers, booleans, enums and lists of those, as MCP allows. */
  readonly fields: readonly ParameterDefinition[];
  /** The JSON Schema of the fields, as clients get it. */
  readonly schema: JsonObject;
}

export interface ToolAnnotations {
  readonly title?: string;
  readonly readOnlyHint?: boolean;
  readonly destructiveHint?: boolean;
  readonly idempotentHint?: boolean;
  readonly openWorldHint?: boolean;
}

export interface ToolDefinition extends DefinitionBase {
  readonly kind: 'tool';
  readonly annotations: ToolAnnotations | undefined;
  /** `input_schema`, as written; `parameters` are then what its properties declare. */
  readonly inputSchema: JsonSchema | undefined;
  /** Whether calls become tasks for clients that know tasks; `required`: no others may call. */
  readonly task: 'optional' | 'required' | undefined;
  readonly source: HandlerSource;
  /** More rows than this are an error, never a silent cut. */
  readonly maxRows: number | undefined;
  /** The tool pack it comes from; undefined for the project's own. */
  readonly pack: string | undefined;
}

export interface ResourceDefinition extends DefinitionBase {
  readonly kind: 'resource';
  /** `name` as written; what identifies the resource is its URI. */
  readonly label: string | undefined;
  readonly mimeType: string | undefined;
  readonly annotations: ResourceAnnotations | undefined;
  /** How long clients may keep what they have read; undefined: not at all. */
  readonly cache: CacheDefinition | undefined;
  /** What changes the content: subscribers are then told. */
  readonly changes: readonly ChangeSource[];
  readonly completions: Completions;
  /** Undefined for a URI without variables. */
  readonly template: UriTemplate | undefined;
  readonly source: HandlerSource;
  readonly maxRows: number | undefined;
}

export interface ResourceAnnotations {
  readonly audience?: readonly ('user' | 'assistant')[];
  /** From 0 to 1. */
  readonly priority?: number;
  /** ISO 8601. */
  readonly lastModified?: string;
}

export interface CacheDefinition {
  readonly ttlMs: number;
  /** `public`: the content is the same for every caller. */
  readonly scope: 'public' | 'private';
}

export type ChangeSource =
  /** In lower case, without schema. */
  | { readonly kind: 'table'; readonly table: string }
  /** Absolute. */
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'every'; readonly ms: number }
  /** Five fields, in the time zone of the machine. */
  | { readonly kind: 'cron'; readonly expression: string };

/** What may be proposed for a parameter, by its name, where more than its `enum` says it. */
export type Completions = Readonly<Record<string, CompletionSource | undefined>>;

export type CompletionSource =
  | { readonly kind: 'values'; readonly values: readonly string[] }
  /** The id of a `CompletionDefinition`. */
  | { readonly kind: 'endpoint'; readonly id: string };

/** What a prompt message says; each text is a Jinja template in which the parameters are variables. */
export type PromptContent =
  | { readonly type: 'text'; readonly template: EmbeddedText }
  /** Base64. */
  | { readonly type: 'image' | 'audio'; readonly data: string; readonly mimeType: string }
  | {
      readonly type: 'resource';
      readonly uri: EmbeddedText;
      readonly mimeType: string | undefined;
      readonly text: EmbeddedText;
    }
  | {
      readonly type: 'resource_link';
      readonly uri: EmbeddedText;
      readonly name: string;
      readonly mimeType: string | undefined;
    };

export interface PromptMessage {
  readonly role: 'user' | 'assistant';
  readonly content: PromptContent;
}

export interface PromptDefinition extends DefinitionBase {
  readonly kind: 'prompt';
  /** Empty for a prompt with a handler. */
  readonly messages: readonly PromptMessage[];
  /** A handler that gives the messages. */
  readonly source: HandlerSource | undefined;
  readonly maxRows: number | undefined;
  readonly completions: Completions;
}

/**
 * What proposes values for one parameter of a prompt or of a resource template. Its parameters are `value`, the text typed
 * so far, and the other parameters of the endpoint, as far as they are known: nullable text. Clients do not see it.
 */
export interface CompletionDefinition extends DefinitionBase {
  readonly kind: 'completion';
  readonly source: HandlerSource;
  /** Rows of a query beyond this are not read. */
  readonly maxRows: number | undefined;
}

export type EndpointDefinition = ToolDefinition | ResourceDefinition | PromptDefinition | CompletionDefinition;

/** A parsed URI template (RFC 6570 level 1 to 3), compiled for matching. */
export interface UriTemplate {
  readonly text: string;
  readonly variables: readonly string[];
  /** The decoded variables, or undefined when the URI does not match. */
  match(uri: string): Readonly<Record<string, string>> | undefined;
}
