import { SourceFile } from '@mxcp-ts/diagnostics';
import type { BoundHandler, Change, HandlerEngine, HandlerResult, Log, StartedEngine } from '@mxcp-ts/engine';
import type {
  EndpointDefinition,
  ParameterDefinition,
  Project,
  PromptDefinition,
  ResourceDefinition,
  ToolDefinition,
} from '@mxcp-ts/project';
import { buildPlan, createAnswerCheck, invoke, type Plan, type ServedRuntime } from '@mxcp-ts/runtime';
import type { JsonValue } from '@mxcp-ts/values';

/** An endpoint whose handler is a function of the test: what an engine of a real language would bind. */
export interface TestEndpoint {
  readonly definition: EndpointDefinition;
  readonly handler: BoundHandler;
}

/** A runtime whose next plan the test decides. */
export interface ReloadableRuntime extends ServedRuntime {
  /** Replaces the plan as a reload does. */
  reload(endpoints: readonly TestEndpoint[]): void;
  /** Tells of a change as user code does. */
  announce(change: Change): void;
  listenerCount(): number;
  /** The sessions that have ended. */
  readonly ended: readonly string[];
}

/** Real plans and real invocations over one engine that calls functions of the test. */
export async function openRuntime(
  endpoints: readonly TestEndpoint[],
  { log = () => {} }: { readonly log?: Log } = {},
): Promise<ReloadableRuntime> {
  const listeners = new Set<(plan: Plan, before: Plan) => void>();
  const changeListeners = new Set<(change: Change) => void>();
  let plan = planOf(endpoints, 1);
  const checkAnswer = createAnswerCheck();
  const ended: string[] = [];
  let lastCall = 0;
  return {
    get plan() {
      return plan;
    },
    async invoke(invocation) {
      const endpoint = plan.endpoints.get(invocation.endpoint);
      if (endpoint === undefined) return { kind: 'not-found', endpoint: invocation.endpoint };
      lastCall += 1;
      return invoke(endpoint, invocation, { log, callId: String(lastCall), checkAnswer });
    },
    readiness: () => ({ ready: true, generation: plan.generation, problems: [] }),
    endSession: session => void ended.push(session),
    ended,
    onReload(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    onChange(listener) {
      changeListeners.add(listener);
      return () => void changeListeners.delete(listener);
    },
    announce(change) {
      for (const listener of changeListeners) listener(change);
    },
    listenerCount: () => listeners.size + changeListeners.size,
    reload(next) {
      const before = plan;
      plan = planOf(next, before.generation + 1);
      for (const listener of listeners) listener(plan, before);
    },
  };
}

function planOf(endpoints: readonly TestEndpoint[], generation: number): Plan {
  const engine: StartedEngine = {
    diagnostics: [],
    functions: [],
    bind: definition => {
      const endpoint = endpoints.find(candidate => candidate.definition === definition);
      if (endpoint === undefined) throw new Error(`No handler for ${definition.id}.`);
      return endpoint.handler;
    },
    problems: () => [],
    stop: async () => {},
  };
  const engines = new Map<HandlerEngine['language'], StartedEngine>([
    ['typescript', engine],
    ['jinja', engine],
  ]);
  // Serving reads the plan's endpoints only.
  const project = { root: '/project' } as unknown as Project;
  return buildPlan(
    project,
    endpoints.map(({ definition }) => definition),
    engines,
    generation,
  );
}

type ToolParts = Partial<
  Pick<
    ToolDefinition,
    | 'title'
    | 'description'
    | 'icons'
    | 'meta'
    | 'tags'
    | 'parameters'
    | 'returns'
    | 'timeoutMs'
    | 'annotations'
    | 'task'
  >
>;

export function tool(name: string, parts: ToolParts, handler: BoundHandler): TestEndpoint {
  return { definition: { ...base('tool', name), ...toolDefaults, ...parts }, handler };
}

const toolDefaults = {
  kind: 'tool',
  annotations: undefined,
  inputSchema: undefined,
  task: undefined,
  maxRows: undefined,
  pack: undefined,
} as const;

type ResourceParts = Partial<
  Pick<
    ResourceDefinition,
    | 'title'
    | 'label'
    | 'mimeType'
    | 'template'
    | 'parameters'
    | 'tags'
    | 'returns'
    | 'annotations'
    | 'cache'
    | 'completions'
  >
>;

export function resource(uri: string, parts: ResourceParts, handler: BoundHandler): TestEndpoint {
  const defaults = {
    kind: 'resource',
    label: undefined,
    mimeType: undefined,
    annotations: undefined,
    cache: undefined,
    changes: [],
    completions: {},
    template: undefined,
    maxRows: undefined,
  } as const;
  return { definition: { ...base('resource', uri), ...defaults, ...parts }, handler };
}

export function prompt(
  name: string,
  parts: Pick<PromptDefinition, 'description' | 'parameters'> & Partial<Pick<PromptDefinition, 'completions'>>,
  handler: BoundHandler,
): TestEndpoint {
  return {
    definition: {
      ...base('prompt', name),
      kind: 'prompt',
      messages: [],
      maxRows: undefined,
      completions: {},
      ...parts,
    },
    handler,
  };
}

function base(kind: EndpointDefinition['kind'], name: string) {
  const file = new SourceFile(`${kind}s/${name}.yml`, '');
  const span = { source: file, start: 0, end: 0 };
  return {
    id: `${kind}:${name}`,
    name,
    title: undefined,
    description: undefined,
    icons: [],
    meta: undefined,
    elicit: undefined,
    tags: [],
    parameters: [] as readonly ParameterDefinition[],
    returns: undefined,
    timeoutMs: 10_000,
    hasPolicies: false,
    file,
    locate: { at: () => span, key: () => span },
    source: {
      language: 'typescript',
      file: { absolute: '/project/handlers.ts', relative: 'handlers.ts' },
      functionName: undefined,
    },
  } as const;
}

export const ok = (value: JsonValue): HandlerResult => ({ kind: 'ok', value });

const airport = { type: 'object', properties: { code: { type: 'string' }, city: { type: 'string' } } } as const;

/** A small project with everything MCP knows: tools of each result shape, both kinds of resources, a prompt. */
export function flightsEndpoints(): readonly TestEndpoint[] {
  return [
    tool(
      'find_airport',
      {
        description: 'Finds an airport by its code.',
        tags: ['airports'],
        annotations: { title: 'Find an airport', readOnlyHint: true },
        parameters: [{ name: 'code', type: 'string', description: 'IATA code', minLength: 3 }],
        returns: { ...airport, properties: { ...airport.properties }, required: ['code', 'city'] },
      },
      async ({ args }) => ok({ code: String(args['code']), city: 'Zürich' }),
    ),
    tool('list_airports', { returns: { type: 'array', items: { type: 'string' } } }, async () => ok(['ZRH', 'GVA'])),
    tool('greet', { parameters: [{ name: 'name', type: 'string', default: 'you' }] }, async ({ args }) =>
      ok(`Hello ${args['name']}`),
    ),
    tool('fail', {}, async () => ({
      kind: 'failed',
      error: { message: 'password=hunter2', type: 'Error', stack: undefined, userMessage: undefined },
    })),
    resource('flights://airports', { label: 'airports', title: 'Airports', tags: ['airports'] }, async () =>
      ok([{ code: 'ZRH' }]),
    ),
    resource('flights://notes', { label: 'Notes', mimeType: 'text/markdown' }, async () => ok('# Notes')),
    resource(
      'flights://airports/{code}',
      {
        mimeType: 'application/json',
        parameters: [{ name: 'code', type: 'string', enum: ['ZRH', 'GVA', 'GRZ'], minLength: 3 }],
        template: {
          text: 'flights://airports/{code}',
          variables: ['code'],
          match: uri => {
            const code = /^flights:\/\/airports\/([^/]+)$/.exec(uri)?.[1];
            return code === undefined ? undefined : { code: decodeURIComponent(code) };
          },
        },
      },
      async ({ args }) => ok({ code: String(args['code']) }),
    ),
    prompt(
      'briefing',
      {
        description: 'Briefs a pilot.',
        parameters: [
          { name: 'airport', type: 'string', description: 'Where to', enum: ['ZRH', 'GVA', 'GRZ'] },
          { name: 'short', type: 'boolean', default: false },
        ],
      },
      async ({ args }) =>
        ok([
          { role: 'user', text: `Brief me on ${args['airport']}.` },
          { role: 'assistant', text: args['short'] === true ? 'Short.' : 'At length.' },
        ]),
    ),
  ];
}
