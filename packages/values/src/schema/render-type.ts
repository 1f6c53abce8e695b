import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonSchema } from '../json.ts';
import { setOwn } from '../own-property.ts';
import { withNull } from './with-null.ts';

/** Where a type stands: what decides whether its value may be missing or NULL. */
export type Place = 'top' | 'item' | 'required' | 'optional' | 'branch';

/** How types become JSON Schema; one for what clients see, others for our own checks. */
export interface TypeRendering {
  readonly admitsNull: (type: TypeDefinition, place: Place) => boolean;
  /** What is written for a keyword that holds no type; undefined leaves it out. */
  readonly keyword: (name: string, value: unknown, type: TypeDefinition) => unknown;
  /** Whether `sensitive: true` is written at a sensitive type and everywhere below it. */
  readonly marksSensitive: boolean;
}

interface Context {
  readonly place: Place;
  readonly isSensitive: boolean;
}

/** The type as JSON Schema, keys in the order of the author. */
export function renderType(type: TypeDefinition, rendering: TypeRendering, place: Place): JsonSchema {
  return renderAt(type, rendering, { place, isSensitive: false });
}

function renderAt(type: TypeDefinition, rendering: TypeRendering, context: Context): JsonSchema {
  const isSensitive = context.isSensitive || type.sensitive === true;
  const schema: JsonSchema = {};
  for (const [name, value] of Object.entries(type)) {
    const rendered = renderKeyword(name, value, type, rendering, isSensitive);
    if (rendered !== undefined) schema[name] = rendered;
  }
  if (isSensitive && rendering.marksSensitive) schema.sensitive = true;
  return rendering.admitsNull(type, context.place) ? withNull(schema) : schema;
}

function renderKeyword(
  name: string,
  value: unknown,
  type: TypeDefinition,
  rendering: TypeRendering,
  isSensitive: boolean,
): unknown {
  const below = (inner: TypeDefinition, place: Place) => renderAt(inner, rendering, { place, isSensitive });
  switch (name) {
    case 'items':
      return type.items === undefined ? undefined : below(type.items, 'item');
    case 'oneOf':
      return type.oneOf?.map(branch => below(branch, 'branch'));
    case 'anyOf':
      return type.anyOf?.map(branch => below(branch, 'branch'));
    case 'properties':
      return renderProperties(type, below);
    default:
      return rendering.keyword(name, value, type);
  }
}

function renderProperties(type: TypeDefinition, below: (inner: TypeDefinition, place: Place) => JsonSchema) {
  const required = new Set(type.required);
  const properties: { [name: string]: JsonSchema } = {};
  for (const [name, property] of Object.entries(type.properties ?? {}))
    setOwn(properties, name, below(property, required.has(name) ? 'required' : 'optional'));
  return properties;
}
