import type { SourceFile, Span } from '@mxcp-ts/diagnostics';
import type { TypeDefinition } from '@mxcp-ts/schemas';

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
  readonly description: string | undefined;
  readonly tags: readonly string[];
  readonly parameters: readonly ParameterDefinition[];
  /** With every `$ref` resolved. */
  readonly returns: TypeDefinition | undefined;
  readonly timeoutMs: number;
  readonly hasPolicies: boolean;
  readonly file: SourceFile;
  /** Paths are below the endpoint: `locate.at('source', 'file')`. */
  readonly locate: Locate;
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
  readonly source: HandlerSource;
  /** More rows than this are an error, never a silent cut. */
  readonly maxRows: number | undefined;
  /** The tool pack it comes from; undefined for the project's own. */
  readonly pack: string | undefined;
}

export interface ResourceDefinition extends DefinitionBase {
  readonly kind: 'resource';
  /** What clients show; undefined when not written. */
  readonly title: string | undefined;
  readonly mimeType: string | undefined;
  /** Undefined for a URI without variables. */
  readonly template: UriTemplate | undefined;
  readonly source: HandlerSource;
  readonly maxRows: number | undefined;
}

export interface PromptMessage {
  readonly role: 'user' | 'assistant';
  readonly template: EmbeddedText;
}

export interface PromptDefinition extends DefinitionBase {
  readonly kind: 'prompt';
  readonly messages: readonly PromptMessage[];
}

export type EndpointDefinition = ToolDefinition | ResourceDefinition | PromptDefinition;

/** A parsed URI template (RFC 6570 level 1 to 3), compiled for matching. */
export interface UriTemplate {
  readonly text: string;
  readonly variables: readonly string[];
  /** The decoded variables, or undefined when the URI does not match. */
  match(uri: string): Readonly<Record<string, string>> | undefined;
}
