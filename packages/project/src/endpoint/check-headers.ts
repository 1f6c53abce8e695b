import { diagnostic } from '@mxcp-ts/diagnostics';
import { findHeaderFaults, findHeaders, type JsonSchema, markedInputSchemaOf, type SchemaPath } from '@mxcp-ts/values';
import type { ParameterDefinition } from '../definition.ts';
import type { EndpointPlace } from './endpoint-place.ts';

/**
 * Reports headers that clients could not send, or should not.
 *
 * @param written - the schema as its author wrote it; undefined when `parameters` were written
 */
export function checkHeaders(
  written: JsonSchema | undefined,
  parameters: readonly ParameterDefinition[],
  at: EndpointPlace,
): void {
  if (!mayHoldHeaders(at)) return;
  for (const { path, message, hint } of findHeaderFaults(written ?? markedInputSchemaOf(parameters))) {
    const place = written === undefined ? placeOf(path, parameters) : undefined;
    reportAt(place ?? ['input_schema', ...path], message, hint, at);
  }
}

/** Reports headers of a resource or prompt: clients send those of tools only. */
export function refuseHeaders(parameters: readonly ParameterDefinition[], at: EndpointPlace): void {
  if (!mayHoldHeaders(at)) return;
  for (const path of findHeaders(markedInputSchemaOf(parameters))) {
    const message = 'Only parameters of tools are sent as headers.';
    reportAt(placeOf(path, parameters) ?? ['parameters'], message, 'Remove x-mcp-header.', at);
  }
}

/** Few endpoints have headers, and walking through every schema takes as long as all else that is done with it. */
function mayHoldHeaders({ place }: EndpointPlace): boolean {
  return /x-mcp-header|\$ref/.test(place.file.source.text);
}

function placeOf([first, name, ...rest]: SchemaPath, parameters: readonly ParameterDefinition[]) {
  const index = parameters.findIndex(parameter => parameter.name === name);
  return first === 'properties' && index !== -1 ? ['parameters', index, ...rest] : undefined;
}

function reportAt(path: SchemaPath, message: string, hint: string, { locate, context }: EndpointPlace): void {
  context.report(diagnostic('tool/bad-header', message, locate.at(...path, 'x-mcp-header'), hint));
}
