import { diagnostic, type ReportDiagnostic } from '@mxcp-ts/diagnostics';
import type { Prompt, Resource, Tool } from '@mxcp-ts/schemas';
import type {
  EndpointDefinition,
  EndpointKind,
  Locate,
  ParameterDefinition,
  PromptDefinition,
  ResourceDefinition,
  ToolAnnotations,
  ToolDefinition,
} from '../definition.ts';
import { asPrompt, asResource, asTool } from '../shape/checked.narrow.ts';
import { placeAt } from '../yaml/locate.ts';
import type { Place } from '../yaml/yaml-file.ts';
import { checkParameterNames, checkTypes } from './check-parameters.ts';
import type { EndpointContext } from './endpoint-context.ts';
import { readSource, textAt } from './read-source.ts';
import { readTimeoutMs } from './read-timeout.ts';
import { readUri } from './read-uri.ts';

export interface EndpointPlace {
  /** The value of `tool`, `resource` or `prompt`. */
  readonly place: Place;
  readonly locate: Locate;
  readonly context: EndpointContext;
}

/** A definition from a file whose shape was checked; undefined when a part of it is missing that nothing can stand in for. */
export function buildEndpoint(kind: EndpointKind, checked: unknown, at: EndpointPlace): EndpointDefinition | undefined {
  switch (kind) {
    case 'tool':
      return buildTool(asTool(checked), at);
    case 'resource':
      return buildResource(asResource(checked), at);
    case 'prompt':
      return buildPrompt(asPrompt(checked), at);
  }
}

function buildTool(tool: Tool, at: EndpointPlace): ToolDefinition | undefined {
  checkName(tool.name, at);
  const base = buildBase('tool', tool.name, tool, at);
  const source = readSource(tool.source, tool.language, { ...at.context, locate: at.locate, place: at.place });
  if (base === undefined || source === undefined) return undefined;
  return Object.freeze({
    ...base,
    kind: 'tool',
    title: tool.title,
    annotations: annotationsOf(tool),
    inputSchema: undefined,
    task: undefined,
    source: Object.freeze(source),
    maxRows: tool.max_rows,
    pack: at.context.pack,
  });
}

function annotationsOf({ title, annotations }: Tool): ToolAnnotations | undefined {
  const merged: ToolAnnotations = { ...(title !== undefined && { title }), ...annotations };
  return Object.keys(merged).length === 0 ? undefined : Object.freeze(merged);
}

function buildResource(resource: Resource, at: EndpointPlace): ResourceDefinition | undefined {
  const base = buildBase('resource', resource.uri, resource, at);
  const source = readSource(resource.source, resource.language, { ...at.context, locate: at.locate, place: at.place });
  if (base === undefined) return undefined;
  const uri = readUri(textAt(['uri'], resource.uri, at.place), base.parameters, at.locate, at.context.report);
  if (source === undefined || uri === undefined) return undefined;
  return Object.freeze({
    ...base,
    kind: 'resource',
    title: resource.name,
    mimeType: resource.mime_type,
    annotations: undefined,
    cache: undefined,
    changes: [],
    completions: {},
    template: uri.template,
    source: Object.freeze(source),
    maxRows: resource.max_rows,
  });
}

function buildPrompt(prompt: Prompt, at: EndpointPlace): PromptDefinition | undefined {
  checkName(prompt.name, at);
  const base = buildBase('prompt', prompt.name, prompt, at);
  if (base === undefined) return undefined;
  const messages = prompt.messages.map((message, index) =>
    Object.freeze({
      // MCP knows no system messages.
      role: message.role === 'assistant' ? ('assistant' as const) : ('user' as const),
      content: Object.freeze({
        type: 'text' as const,
        template: textAt(['messages', index, 'prompt'], message.prompt, at.place),
      }),
    }),
  );
  return Object.freeze({
    ...base,
    kind: 'prompt',
    title: undefined,
    messages: Object.freeze(messages),
    source: undefined,
    maxRows: undefined,
    completions: {},
  });
}

const defaultTimeoutMs = 30_000;

function buildBase(kind: EndpointKind, name: string, endpoint: Tool | Resource | Prompt, at: EndpointPlace) {
  const { locate, context, place } = at;
  const parameters = expandParameters(endpoint, at);
  const written = endpoint.return ?? endpoint.return_;
  const returnPlace = placeAt(place, ['return']) ?? placeAt(place, ['return_']);
  const returns =
    written === undefined || returnPlace === undefined ? undefined : context.types.expand(written, returnPlace);
  const hasPolicies = checkPolicies(endpoint, locate, context.report);
  if (parameters === undefined || (written !== undefined && returns === undefined)) return undefined;
  checkParameterNames(parameters, locate, context.report);
  checkTypes({ parameters, returns }, locate, context);
  return {
    id: `${kind}:${name}`,
    name,
    description: endpoint.description,
    icons: [],
    meta: undefined,
    elicit: undefined,
    tags: Object.freeze(endpoint.tags ?? []),
    parameters: deepFreeze(parameters),
    returns: deepFreeze(returns),
    timeoutMs: readTimeoutMs(endpoint.timeout, defaultTimeoutMs),
    hasPolicies,
    file: place.file.source,
    locate,
  };
}

function expandParameters({ parameters = [] }: Tool | Resource | Prompt, at: EndpointPlace) {
  const expanded = parameters.map((parameter, index): ParameterDefinition | undefined => {
    const place = placeAt(at.place, ['parameters', index]);
    const type = place === undefined ? parameter : at.context.types.expand(parameter, place);
    return type === undefined ? undefined : { ...type, name: parameter.name };
  });
  const found = expanded.filter(parameter => parameter !== undefined);
  return found.length === expanded.length ? found : undefined;
}

function checkPolicies({ policies }: Tool | Resource | Prompt, locate: Locate, report: ReportDiagnostic): boolean {
  const count = (policies?.input?.length ?? 0) + (policies?.output?.length ?? 0);
  if (count === 0) return false;
  const hint = 'Remove the policies to serve it without protection, or set `enabled: false`.';
  const message = 'This version cannot enforce policies, so the endpoint is not served.';
  report(diagnostic('plan/not-enforced-yet', message, locate.key('policies'), hint));
  return true;
}

function checkName(name: string, { locate, context }: EndpointPlace): void {
  if (!name.includes('.')) return;
  const hint = `Use ${name.replaceAll('.', '_')} to be safe.`;
  context.report(
    diagnostic('project/dotted-name', `Some MCP clients refuse the dot in "${name}".`, locate.at('name'), hint),
  );
}

function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const child of Object.values(value)) deepFreeze(child);
  }
  return value;
}
