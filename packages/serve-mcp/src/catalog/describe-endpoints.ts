import type { Prompt, Resource, ResourceTemplateType, Tool } from '@modelcontextprotocol/server';
import type { EndpointDefinition, ResourceAnnotations } from '@mxcp-ts/project';
import type { BoundPrompt, BoundResource, BoundTool } from '@mxcp-ts/runtime';
import { asObjectSchema } from './object-schema.narrow.ts';

/** A tool as `tools/list` shows it; both schemas go out as the plan holds them. */
export function describeTool({ definition, inputSchema, outputSchema }: BoundTool): Tool {
  const { name, annotations } = definition;
  const title = definition.title ?? annotations?.title;
  return {
    name,
    ...(title !== undefined && { title }),
    ...descriptionOf(definition),
    ...iconsOf(definition),
    inputSchema: asObjectSchema(inputSchema, name),
    ...(outputSchema !== undefined && { outputSchema }),
    ...(annotations !== undefined && { annotations: { ...annotations } }),
    ...metaOf(definition),
  };
}

/** A resource without variables, as `resources/list` shows it. */
export function describeResource({ definition }: BoundResource): Resource {
  return { uri: definition.name, ...describeAnyResource({ definition }) };
}

/** A resource with variables, as `resources/templates/list` shows it. */
export function describeTemplate({ definition }: BoundResource): ResourceTemplateType {
  return { uriTemplate: definition.name, ...describeAnyResource({ definition }) };
}

/** A prompt as `prompts/list` shows it; an argument without a default is required. */
export function describePrompt({ definition }: BoundPrompt): Prompt {
  return {
    name: definition.name,
    ...(definition.title !== undefined && { title: definition.title }),
    ...descriptionOf(definition),
    ...iconsOf(definition),
    arguments: definition.parameters.map(parameter => ({
      name: parameter.name,
      ...(parameter.title !== undefined && { title: parameter.title }),
      ...(parameter.description !== undefined && { description: parameter.description }),
      required: parameter.default === undefined,
    })),
    ...metaOf(definition),
  };
}

function describeAnyResource({ definition }: Pick<BoundResource, 'definition'>) {
  const { label, mimeType, annotations } = definition;
  const title = definition.title ?? label;
  return {
    name: label ?? title ?? definition.name,
    ...(title !== undefined && { title }),
    ...descriptionOf(definition),
    ...iconsOf(definition),
    ...(mimeType !== undefined && { mimeType }),
    ...annotationsOf(annotations),
    ...metaOf(definition),
  };
}

function descriptionOf({ description }: EndpointDefinition) {
  return description === undefined ? {} : { description };
}

function iconsOf({ icons }: EndpointDefinition) {
  if (icons.length === 0) return {};
  return { icons: icons.map(({ sizes, ...icon }) => ({ ...icon, ...(sizes !== undefined && { sizes: [...sizes] }) })) };
}

function annotationsOf(annotations: ResourceAnnotations | undefined) {
  if (annotations === undefined) return {};
  const { audience, ...rest } = annotations;
  return { annotations: { ...rest, ...(audience !== undefined && { audience: [...audience] }) } };
}

function metaOf({ tags, meta }: EndpointDefinition) {
  if (tags.length === 0 && meta === undefined) return {};
  return { _meta: { ...(tags.length > 0 && { 'mxcp/tags': [...tags] }), ...meta } };
}
