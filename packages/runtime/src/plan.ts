import type { BoundHandler } from '@mxcp-ts/engine';
import type {
  CompletionDefinition,
  Project,
  PromptDefinition,
  ResourceDefinition,
  ToolDefinition,
} from '@mxcp-ts/project';
import type { ArgumentReader, JsonSchema, ResultShaper } from '@mxcp-ts/values';

/** What will happen: immutable, built once per generation; a call only reads it. */
export interface Plan {
  readonly generation: number;
  readonly project: Project;
  /** By `EndpointDefinition.id`. */
  readonly endpoints: ReadonlyMap<string, BoundEndpoint>;
  /** In the order clients see them: sorted by name or URI. */
  readonly tools: readonly BoundTool[];
  readonly resources: readonly BoundResource[];
  readonly prompts: readonly BoundPrompt[];
  /** Ids of endpoints that clients see but cannot call: they do not fit the database. */
  readonly unavailable: ReadonlySet<string>;
}

interface Bound {
  /** An object schema; goes to clients as it is. */
  readonly inputSchema: JsonSchema;
  /** Of the value `invoke` gives; undefined when no `return` is declared. */
  readonly outputSchema: JsonSchema | undefined;
  readonly readArguments: ArgumentReader;
  readonly shapeResult: ResultShaper;
  readonly handler: BoundHandler;
  /** What comes before the handler and gives no result: the question of the `elicit` block. */
  readonly preflight: BoundHandler;
  readonly timeoutMs: number;
}

export interface BoundTool extends Bound {
  readonly definition: ToolDefinition;
}

export interface BoundResource extends Bound {
  readonly definition: ResourceDefinition;
}

export interface BoundPrompt extends Bound {
  readonly definition: PromptDefinition;
}

export interface BoundCompletion extends Bound {
  readonly definition: CompletionDefinition;
}

export type BoundEndpoint = BoundTool | BoundResource | BoundPrompt | BoundCompletion;
