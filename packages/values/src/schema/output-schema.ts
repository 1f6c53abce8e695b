import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonSchema } from '../json.ts';
import { isNullable, kindOf, typeNameOf } from '../type/type-kind.ts';
import { ownKeywords } from './input-schema.ts';
import { type Place, renderType, type TypeRendering } from './render-type.ts';

// The SDK's clients check results once more, with ajv-formats: there a date-time and a time need an offset, and a
// duration has neither fractions nor signs. A schema that kept these would make clients refuse good results. Of a
// timestamp they print a warning that they do not know it.
const narrowerInClients: ReadonlySet<unknown> = new Set(['date-time', 'time', 'duration', 'timestamp']);

const rendering: TypeRendering = {
  admitsNull: mayBeNull,
  keyword: (name, value) => (ownKeywords.has(name) || isNarrowerInClients(name, value) ? undefined : value),
  marksSensitive: false,
};

/**
 * The schema of an endpoint's result, as clients see it: as its author wrote it, but a place that may be NULL admits
 * null, and what clients would check more narrowly than we do is left out (four formats, fractional `multipleOf`).
 */
export function outputSchemaOf(returns: TypeDefinition): JsonSchema {
  return renderType(returns, rendering, 'top');
}

/** As `outputSchemaOf`; undefined for a result that reaches clients as a block of its own, not as data. */
export function publishedSchemaOf(returns: TypeDefinition): JsonSchema | undefined {
  return isMedia(returns) ? undefined : outputSchemaOf(returns);
}

/** Whether a result is as a whole one text of a media type: an image, a sound, a document. */
export function isMedia(returns: TypeDefinition): boolean {
  return returns.contentMediaType !== undefined && typeNameOf(returns) === 'string';
}

/** Whether a result may be null here: SQL has no columns, items or single values that are never NULL. */
export function mayBeNull(type: TypeDefinition, place: Place): boolean {
  if (isNullable(type)) return true;
  switch (place) {
    case 'optional':
      return true;
    case 'top':
    case 'item':
      return kindOf(type) === 'scalar';
    case 'required':
    case 'branch':
      return false;
  }
}

function isNarrowerInClients(name: string, value: unknown): boolean {
  if (name === 'format') return narrowerInClients.has(value);
  // Ajv divides as doubles do, and finds that 0.3 is no multiple of 0.1.
  return name === 'multipleOf' && !Number.isInteger(value);
}
