import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonSchema } from '../json.ts';
import { setOwn } from '../own-property.ts';
import { isNullable } from '../type/type-kind.ts';
import { renderType, type TypeRendering } from './render-type.ts';

/** The keys of our types that JSON Schema does not know. */
export const ownKeywords: ReadonlySet<string> = new Set(['name', 'sensitive', 'nullable', 'complete']);

const rendering: TypeRendering = {
  admitsNull: isNullable,
  keyword: (name, value) => (ownKeywords.has(name) ? undefined : value),
  marksSensitive: false,
};

type Parameters = readonly (TypeDefinition & { readonly name: string })[];

/**
 * The schema of an endpoint's arguments, as clients see it: every type as its author wrote it.
 * A parameter is required when it has no `default` key.
 */
export function inputSchemaOf(parameters: Parameters): JsonSchema {
  return render(parameters, rendering);
}

/** The same with `sensitive: true` at every sensitive type and below it: for checks of ours, never for clients. */
export function markedInputSchemaOf(parameters: Parameters): JsonSchema {
  return render(parameters, { ...rendering, marksSensitive: true });
}

function render(parameters: Parameters, rendering: TypeRendering): JsonSchema {
  const properties: { [name: string]: JsonSchema } = {};
  for (const parameter of parameters) setOwn(properties, parameter.name, renderType(parameter, rendering, 'top'));
  return {
    type: 'object',
    properties,
    required: parameters.filter(parameter => !Object.hasOwn(parameter, 'default')).map(({ name }) => name),
    additionalProperties: false,
  };
}
