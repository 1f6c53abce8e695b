import { diagnostic } from '@mxcp-ts/diagnostics';
import type { ParameterDefinition as WrittenParameter } from '@mxcp-ts/schemas';
import type {
  CompletionDefinition,
  CompletionSource,
  Completions,
  EndpointDefinition,
  Locate,
  ParameterDefinition,
  PromptDefinition,
  ResourceDefinition,
} from '../definition.ts';
import type { EndpointPlace } from './endpoint-place.ts';
import { readSource } from './read-source.ts';

export interface ReadCompletions {
  readonly completions: Completions;
  /** The handlers that some of them are. */
  readonly definitions: readonly CompletionDefinition[];
}

/** A prompt or resource, and the handlers that propose values for its parameters. */
export interface CompletedDefinition<T extends EndpointDefinition> {
  readonly definition: T;
  readonly completions: readonly CompletionDefinition[];
}

/** The endpoint that completions are read for, as far as it is known by then. */
export type CompletedEndpoint = Pick<
  PromptDefinition | ResourceDefinition,
  'id' | 'name' | 'parameters' | 'file' | 'hasPolicies'
>;

/** What proposes values for the parameters of a prompt or resource: those with `complete`. */
export function readCompletions(
  written: readonly WrittenParameter[] | undefined,
  endpoint: CompletedEndpoint,
  at: EndpointPlace,
): ReadCompletions {
  const completions: [name: string, source: CompletionSource][] = [];
  const definitions: CompletionDefinition[] = [];
  for (const [index, { name, complete }] of (written ?? []).entries()) {
    if (complete === undefined) continue;
    const read = readComplete(complete, index, name, endpoint, at);
    if (read === undefined) continue;
    if (read.kind === 'values') completions.push([name, read]);
    else {
      completions.push([name, Object.freeze({ kind: 'endpoint', id: read.id })]);
      definitions.push(read);
    }
  }
  return { completions: Object.freeze(Object.fromEntries(completions)), definitions };
}

/** Parameters that nobody completes. */
export function refuseCompletions(
  written: readonly WrittenParameter[] | undefined,
  path: readonly string[],
  { locate, context }: EndpointPlace,
): void {
  for (const [index, { complete }] of (written ?? []).entries()) {
    if (complete === undefined) continue;
    const message = 'MCP proposes values for parameters of prompts and resources only.';
    const span = locate.key(...path, index, 'complete');
    context.report(
      diagnostic('completion/misplaced', message, span, 'Remove it; an `enum` or `examples` help models.'),
    );
  }
}

function readComplete(
  complete: NonNullable<WrittenParameter['complete']>,
  index: number,
  name: string,
  endpoint: CompletedEndpoint,
  at: EndpointPlace,
): (CompletionSource & { kind: 'values' }) | CompletionDefinition | undefined {
  const values = complete.filter(item => typeof item === 'string');
  const sources = complete.filter(item => typeof item !== 'string');
  const [source] = sources;
  if (source === undefined && values.length > 0)
    return Object.freeze({ kind: 'values', values: Object.freeze(values) });
  if (source === undefined || complete.length > 1) {
    const message = source === undefined ? 'There is nothing to propose.' : 'This is neither texts nor one handler.';
    const hint = 'Write a list of texts, or one `code` or `file`.';
    at.context.report(
      diagnostic('completion/bad-source', message, at.locate.at('parameters', index, 'complete'), hint),
    );
    return undefined;
  }
  return completionOf(source, index, name, endpoint, at);
}

const timeoutMs = 5_000;
/** Clients get a hundred values. */
const maxRows = 1_000;

function completionOf(
  source: Parameters<typeof readSource>[0],
  index: number,
  name: string,
  endpoint: CompletedEndpoint,
  at: EndpointPlace,
): CompletionDefinition | undefined {
  const path = ['parameters', index, 'complete'];
  const locate = locateCompletion(at.locate, path);
  const others = endpoint.parameters.filter(parameter => parameter.name !== name);
  if (others.some(parameter => parameter.name === 'value')) {
    const message = 'The handler gets what was typed as "value", which is a parameter of its own here.';
    at.context.report(
      diagnostic('completion/parameter-name', message, at.locate.key(...path), 'Rename that parameter.'),
    );
    return undefined;
  }
  const handler = readSource(source, undefined, {
    ...at.context,
    locate: at.locate,
    place: at.place,
    path: [...path, 0],
  });
  if (handler === undefined) return undefined;
  return Object.freeze({
    kind: 'completion',
    id: `completion:${endpoint.id}#${name}`,
    name: `${endpoint.name}#${name}`,
    title: undefined,
    description: undefined,
    icons: Object.freeze([]),
    meta: undefined,
    tags: Object.freeze([]),
    parameters: Object.freeze([typed, ...others.map(other => textOrNull(other.name))]),
    returns: undefined,
    elicit: undefined,
    timeoutMs,
    hasPolicies: endpoint.hasPolicies,
    file: endpoint.file,
    locate,
    source: Object.freeze(handler),
    maxRows: handler.language === 'sql' ? maxRows : undefined,
  });
}

const typed: ParameterDefinition = Object.freeze({ name: 'value', type: 'string' });

function textOrNull(name: string): ParameterDefinition {
  return Object.freeze({ name, type: 'string', nullable: true, default: null });
}

/** Whoever checks a handler asks for the places of its `source`. */
function locateCompletion(locate: Locate, path: readonly (string | number)[]): Locate {
  const below = (asked: readonly (string | number)[]) => {
    const [first, ...rest] = asked;
    return first === 'source' && rest.length > 0 ? [...path, 0, ...rest] : path;
  };
  return Object.freeze({
    at: (...asked) => locate.at(...below(asked)),
    key: (...asked) => locate.key(...below(asked)),
  } satisfies Locate);
}
