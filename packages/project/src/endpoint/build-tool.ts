import { diagnostic } from '@mxcp-ts/diagnostics';
import type { Tool } from '@mxcp-ts/schemas';
import { findHeaderFaults, inputSchemaOf, type JsonSchema } from '@mxcp-ts/values';
import type { ToolAnnotations, ToolDefinition } from '../definition.ts';
import { buildBase, checkName } from './build-base.ts';
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

/** @param written - the schema as its author wrote it; undefined when `parameters` were written */
function checkHeaders(
  written: JsonSchema | undefined,
  parameters: ToolDefinition['parameters'],
  { place, locate, context }: EndpointPlace,
): void {
  // Few tools have headers, and walking through every schema takes as long as all else that is done with it.
  if (!/x-mcp-header|\$ref/.test(place.file.source.text)) return;
  for (const { path, message, hint } of findHeaderFaults(written ?? inputSchemaOf(parameters))) {
    const [first, name, ...rest] = path;
    const index = parameters.findIndex(parameter => parameter.name === name);
    const isParameter = written === undefined && first === 'properties' && index !== -1;
    const place = isParameter ? ['parameters', index, ...rest] : ['input_schema', ...path];
    context.report(diagnostic('tool/bad-header', message, locate.at(...place, 'x-mcp-header'), hint));
  }
}
