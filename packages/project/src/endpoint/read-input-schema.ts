import { diagnostic } from '@mxcp-ts/diagnostics';
import type { Tool } from '@mxcp-ts/schemas';
import type { JsonSchema } from '@mxcp-ts/values';
import type { EndpointPlace } from './endpoint-place.ts';

/** The arguments of a tool as JSON Schema, checked; undefined when there is none, or it cannot be used. */
export function readInputSchema(tool: Tool, { locate, context }: EndpointPlace): JsonSchema | undefined {
  const { input_schema: schema } = tool;
  if (schema === undefined) return undefined;
  if (tool.parameters !== undefined) {
    const message = 'A tool has either parameters or an input schema.';
    context.report(diagnostic('tool/two-inputs', message, locate.key('input_schema'), 'Remove one of them.'));
    return undefined;
  }
  const findings = context.checkSchema(schema);
  for (const { code = 'tool/bad-input-schema', path, message, hint } of findings) {
    const span = path.length === 0 ? locate.key('input_schema') : locate.at('input_schema', ...path);
    context.report(diagnostic(code, message, span, hint));
  }
  return findings.length === 0 ? schema : undefined;
}
