import type { EndpointDefinition, EndpointKind } from '../definition.ts';
import { asPrompt, asResource, asTool } from '../shape/checked.narrow.ts';
import { buildPrompt } from './build-prompt.ts';
import { buildResource } from './build-resource.ts';
import { buildTool } from './build-tool.ts';
import { checkSqlNames } from './check-sql-names.ts';
import type { EndpointPlace } from './endpoint-place.ts';
import type { CompletedDefinition } from './read-completions.ts';

/**
 * The definitions from a file whose shape was checked: the endpoint, and the handlers that propose values for its
 * parameters. None when a part of it is missing that nothing can stand in for.
 */
export function buildEndpoint(kind: EndpointKind, checked: unknown, at: EndpointPlace): readonly EndpointDefinition[] {
  const built = build(kind, checked, at);
  for (const endpoint of built) checkSqlNames(endpoint, at);
  return built;
}

function build(kind: EndpointKind, checked: unknown, at: EndpointPlace): readonly EndpointDefinition[] {
  switch (kind) {
    case 'tool': {
      const tool = buildTool(asTool(checked), at);
      return tool === undefined ? [] : [tool];
    }
    case 'resource':
      return withCompletions(buildResource(asResource(checked), at));
    case 'prompt':
      return withCompletions(buildPrompt(asPrompt(checked), at));
  }
}

function withCompletions(built: CompletedDefinition<EndpointDefinition> | undefined): readonly EndpointDefinition[] {
  return built === undefined ? [] : [built.definition, ...built.completions];
}
