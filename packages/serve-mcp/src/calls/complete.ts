import {
  type CompleteRequestParams,
  ProtocolError,
  ProtocolErrorCode,
  type ServerContext,
} from '@modelcontextprotocol/server';
import type { ClientInfo } from '@mxcp-ts/engine';
import type { EndpointDefinition, ParameterDefinition } from '@mxcp-ts/project';
import type { Plan } from '@mxcp-ts/runtime';
import type { Caller } from './caller.ts';

/** The protocol allows no more values in one answer. */
const maxValues = 100;

export interface CompletionParts {
  readonly caller: Caller;
  readonly plan: Plan;
}

export interface CompletionRequest {
  readonly params: CompleteRequestParams;
  readonly client: ClientInfo;
  readonly ctx: ServerContext;
}

/** Answers `completion/complete` for arguments that are declared with an `enum`, or are booleans. */
export function complete({ plan }: CompletionParts, { params: { ref, argument } }: CompletionRequest) {
  const definition = findDefinition(plan, ref);
  if (definition === undefined) {
    throw new ProtocolError(ProtocolErrorCode.InvalidParams, 'There is nothing to complete under this name.');
  }
  const parameter = definition.parameters.find(({ name }) => name === argument.name);
  const typed = argument.value.toLowerCase();
  const values = candidatesOf(parameter).filter(value => value.toLowerCase().startsWith(typed));
  return {
    completion: {
      values: values.slice(0, maxValues),
      total: values.length,
      hasMore: values.length > maxValues,
    },
  };
}

function findDefinition(plan: Plan, ref: CompleteRequestParams['ref']): EndpointDefinition | undefined {
  const id = ref.type === 'ref/prompt' ? `prompt:${ref.name}` : `resource:${ref.uri}`;
  return plan.endpoints.get(id)?.definition;
}

function candidatesOf(parameter: ParameterDefinition | undefined): readonly string[] {
  if (parameter?.enum !== undefined) return parameter.enum.filter(value => value !== null).map(String);
  return parameter?.type === 'boolean' ? ['true', 'false'] : [];
}
