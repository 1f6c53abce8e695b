import type { BoundHandler, HandlerEngine, StartedEngine } from '@mxcp-ts/engine';
import type { EndpointDefinition, Project } from '@mxcp-ts/project';
import {
  compileArguments,
  compileResult,
  compileSchemaArguments,
  inputSchemaOf,
  publishedSchemaOf,
} from '@mxcp-ts/values';
import type { BoundEndpoint, BoundPrompt, BoundResource, BoundTool, Plan } from './plan.ts';
import { shapeMessages } from './shape-messages.ts';

/**
 * Binds every endpoint to the engine that runs it: all that can be compiled is compiled here, once.
 *
 * @param unavailable - ids of endpoints that clients see but cannot call
 */
export function buildPlan(
  project: Project,
  endpoints: readonly EndpointDefinition[],
  engines: ReadonlyMap<HandlerEngine['language'], StartedEngine>,
  generation: number,
  unavailable: ReadonlySet<string> = new Set(),
): Plan {
  const bound = endpoints.map(definition =>
    bindEndpoint(
      definition,
      unavailable.has(definition.id) ? refuseCalls(definition) : bindHandlers(definition, engines),
    ),
  );
  return Object.freeze({
    generation,
    project,
    endpoints: new Map(bound.map(endpoint => [endpoint.definition.id, endpoint])),
    tools: sorted(bound.filter(isTool)),
    resources: sorted(bound.filter(isResource)),
    prompts: sorted(bound.filter(isPrompt)),
    unavailable,
  });
}

/** The language that runs an endpoint: that of its source, Jinja for a prompt that has none. */
export function languageOf({ source }: EndpointDefinition): HandlerEngine['language'] {
  return source?.language ?? 'jinja';
}

type Handlers = Pick<BoundEndpoint, 'handler' | 'preflight'>;

function bindHandlers(
  definition: EndpointDefinition,
  engines: ReadonlyMap<HandlerEngine['language'], StartedEngine>,
): Handlers {
  const handler = engineOf(definition, engines).bind(definition);
  if (definition.elicit === undefined) return { handler, preflight: passThrough };
  const withElicit = engines.get('jinja')?.withElicit;
  if (withElicit === undefined) throw new Error(`No engine asks the question of ${definition.id}.`);
  return { handler: withElicit(definition, handler), preflight: withElicit(definition, passThrough) };
}

const passThrough: BoundHandler = async () => ({ kind: 'ok', value: null });

function engineOf(
  definition: EndpointDefinition,
  engines: ReadonlyMap<HandlerEngine['language'], StartedEngine>,
): StartedEngine {
  const engine = engines.get(languageOf(definition));
  if (engine === undefined) throw new Error(`No ${languageOf(definition)} engine was started for ${definition.id}.`);
  return engine;
}

function bindEndpoint(definition: EndpointDefinition, handlers: Handlers): BoundEndpoint {
  const { returns, timeoutMs } = definition;
  return Object.freeze({
    definition,
    ...argumentsOf(definition),
    outputSchema: returns === undefined ? undefined : publishedSchemaOf(returns),
    // What a prompt declares as its return type describes the model's answer, not the messages.
    shapeResult: definition.kind === 'prompt' ? shapeMessages : compileResult(returns),
    ...handlers,
    timeoutMs,
  }) as BoundEndpoint;
}

function argumentsOf(definition: EndpointDefinition): Pick<BoundEndpoint, 'inputSchema' | 'readArguments'> {
  const written = definition.kind === 'tool' ? definition.inputSchema : undefined;
  if (written !== undefined) return { inputSchema: written, readArguments: compileSchemaArguments(written) };
  const { parameters } = definition;
  return { inputSchema: inputSchemaOf(parameters), readArguments: compileArguments(parameters) };
}

function refuseCalls({ kind, name }: EndpointDefinition): Handlers {
  const reason = `The ${kind} ${name} cannot be used since the last reload; the log of the server says why.`;
  const refuse: BoundHandler = async () => ({ kind: 'unavailable', reason, retryAfterMs: 60_000 });
  return { handler: refuse, preflight: refuse };
}

function sorted<T extends BoundEndpoint>(endpoints: readonly T[]): readonly T[] {
  return Object.freeze([...endpoints].sort((a, b) => (a.definition.name < b.definition.name ? -1 : 1)));
}

function isTool(endpoint: BoundEndpoint): endpoint is BoundTool {
  return endpoint.definition.kind === 'tool';
}

function isResource(endpoint: BoundEndpoint): endpoint is BoundResource {
  return endpoint.definition.kind === 'resource';
}

function isPrompt(endpoint: BoundEndpoint): endpoint is BoundPrompt {
  return endpoint.definition.kind === 'prompt';
}
