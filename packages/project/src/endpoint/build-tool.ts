import type { Tool } from '@mxcp-ts/schemas';
import type { ToolAnnotations, ToolDefinition } from '../definition.ts';
import { buildBase, checkName } from './build-base.ts';
import { checkHeaders } from './check-headers.ts';
import { deepFreeze } from './deep-freeze.ts';
import type { EndpointPlace } from './endpoint-place.ts';
import { refuseCompletions } from './read-completions.ts';
import { readInputSchema } from './read-input-schema.ts';
import { readSource } from './read-source.ts';
import { schemaParameters } from './schema-parameters.ts';

const taskTimeoutMs = 3_600_000;

export function buildTool(tool: Tool, at: EndpointPlace): ToolDefinition | undefined {
  checkName(tool.name, at);
  const inputSchema = readInputSchema(tool, at);
  const isUnusable = tool.input_schema !== undefined && inputSchema === undefined;
  const base = buildBase(
    tool,
    {
      kind: 'tool',
      name: tool.name,
      ...(tool.task !== undefined && { defaultTimeoutMs: taskTimeoutMs }),
      ...(inputSchema !== undefined && { parameters: schemaParameters(inputSchema) }),
    },
    at,
  );
  refuseCompletions(tool.parameters, ['parameters'], at);
  const source = readSource(tool.source, tool.language, { ...at.context, locate: at.locate, place: at.place });
  if (base === undefined || source === undefined || isUnusable) return undefined;
  checkHeaders(inputSchema, base.parameters, at);
  return Object.freeze({
    ...base,
    kind: 'tool',
    title: tool.title,
    annotations: annotationsOf(tool),
    inputSchema: deepFreeze(inputSchema),
    task: tool.task,
    source: Object.freeze(source),
    maxRows: tool.max_rows,
    pack: at.context.pack,
  });
}

function annotationsOf({ title, annotations }: Tool): ToolAnnotations | undefined {
  const merged: ToolAnnotations = { ...(title !== undefined && { title }), ...annotations };
  return Object.keys(merged).length === 0 ? undefined : Object.freeze(merged);
}
