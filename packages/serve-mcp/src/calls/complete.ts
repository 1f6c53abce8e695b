import {
  type CompleteRequestParams,
  type CompleteResult,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { ClientInfo } from '@mxcp-ts/engine';
import type { CompletionSource, ParameterDefinition, PromptDefinition, ResourceDefinition } from '@mxcp-ts/project';
import { describeOutcome, type Outcome, type Plan } from '@mxcp-ts/runtime';
import type { JsonValue } from '@mxcp-ts/values';
import type { Caller } from './caller.ts';
import { failureOf } from './protocol-failure.ts';
import { UnfitResult } from './unfit-result.ts';

export interface CompletionParts {
  readonly caller: Caller;
  readonly plan: Plan;
}

export interface CompletionRequest {
  readonly params: CompleteRequestParams;
  readonly client: ClientInfo;
  readonly ctx: ServerContext;
}

/**
 * Answers `completion/complete` for parameters of prompts and resource templates: from their `complete`, or else from their
 * `enum`; booleans complete by themselves. A handler decides itself what fits; other values are those that begin with
 * what was typed, then those that hold it.
 */
export async function complete(parts: CompletionParts, request: CompletionRequest): Promise<CompleteResult> {
  const { ref, argument } = request.params;
  const definition = findDefinition(parts.plan, ref);
  if (definition === undefined) {
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'There is nothing to complete under this name.');
  }
  const { parameters, completions } = definition;
  const parameter = parameters.find(({ name }) => name === argument.name);
  const source = Object.hasOwn(completions, argument.name) ? completions[argument.name] : undefined;
  if (source?.kind === 'endpoint') return askHandler(source, parts, request);
  return answerOf(fitting(source?.values ?? valuesOf(parameter), argument.value));
}

/** The protocol allows no more values in one answer. */
const maxValues = 100;

/** @param isAll - false when there may be more than was read, so that nobody knows how many */
function answerOf(values: readonly string[], isAll = true): CompleteResult {
  const total = values.length;
  const hasMore = !isAll || total > maxValues;
  return { completion: { values: values.slice(0, maxValues), ...(isAll && { total }), hasMore } };
}

function findDefinition(
  plan: Plan,
  ref: CompleteRequestParams['ref'],
): PromptDefinition | ResourceDefinition | undefined {
  const id = ref.type === 'ref/prompt' ? `prompt:${ref.name}` : `resource:${ref.uri}`;
  const definition = plan.endpoints.get(id)?.definition;
  return definition?.kind === 'prompt' || definition?.kind === 'resource' ? definition : undefined;
}

function valuesOf(parameter: ParameterDefinition | undefined): readonly string[] {
  if (parameter?.enum !== undefined) return parameter.enum.filter(value => value !== null).map(String);
  return parameter?.type === 'boolean' ? ['true', 'false'] : [];
}

function fitting(values: readonly string[], typed: string): readonly string[] {
  const wanted = typed.toLowerCase();
  const beginning = values.filter(value => value.toLowerCase().startsWith(wanted));
  const holding = values.filter(value => value.toLowerCase().indexOf(wanted) > 0);
  return [...new Set([...beginning, ...holding])];
}

/** Runs the handler of a parameter with what was typed and what is known of the other parameters. */
async function askHandler(
  { id }: Extract<CompletionSource, { kind: 'endpoint' }>,
  { caller, plan }: CompletionParts,
  { params, client, ctx }: CompletionRequest,
): Promise<CompleteResult> {
  const { parameters = [], maxRows = Number.POSITIVE_INFINITY } = plan.endpoints.get(id)?.definition ?? {};
  const others = parameters.filter(({ name }) => name !== 'value');
  const given = params.context?.arguments ?? {};
  const known = others.flatMap(({ name }) => (Object.hasOwn(given, name) ? [[name, given[name]] as const] : []));
  const args = { value: params.argument.value, ...Object.fromEntries(known) };
  // The answer to a completion can carry no question to the client.
  const context = caller.describe(ctx, { ...client, abilities: [] });
  const outcome = await caller.call({ endpoint: id, args, context, answers: undefined, ctx });
  const isFull = outcome.kind === 'ok' && Array.isArray(outcome.value) && outcome.value.length >= maxRows;
  return answerOf(textsOf(outcome, id), !isFull);
}

function textsOf(outcome: Outcome, id: string): readonly string[] {
  switch (outcome.kind) {
    case 'ok':
      return [...new Set(readTexts(outcome.value, id))];
    case 'invalid-input':
      throw new ProtocolError(ProtocolErrorCode.InvalidParams, describeOutcome(outcome));
    case 'input-required':
    case 'client-cannot':
      throw new UnfitResult(subjectOf(id), 'It asks its client for something, which a completion cannot.');
    default:
      throw failureOf(outcome);
  }
}

/** Texts, or rows of one column; NULL proposes nothing. */
function readTexts(value: JsonValue, id: string): readonly string[] {
  const items = Array.isArray(value) ? value : [value];
  return items.flatMap(item => {
    const text = textOf(item);
    if (text !== undefined) return text === null ? [] : [text];
    throw new UnfitResult(subjectOf(id), 'A completion gives a list of texts, or rows of one column.');
  });
}

/** `the completion of city of the prompt trip`, for an id like `completion:prompt:trip#city`. */
function subjectOf(id: string): string {
  const [, kind, name, parameter] = /^completion:(\w+):(.*)#(.*)$/s.exec(id) ?? [];
  return `the completion of ${parameter} of the ${kind} ${name}`;
}

/** Undefined for what is no text. */
function textOf(item: JsonValue): string | null | undefined {
  if (item === null) return null;
  if (typeof item !== 'object') return String(item);
  const columns = Array.isArray(item) ? [] : Object.values(item);
  const [only] = columns;
  return columns.length === 1 && only !== undefined && (only === null || typeof only !== 'object')
    ? textOf(only)
    : undefined;
}
