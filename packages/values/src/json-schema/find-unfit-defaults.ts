import { compileRawChecks } from '../check/compile-check.ts';
import { isObject } from '../json.narrow.ts';
import type { JsonSchema } from '../json.ts';
import { childPointer, pointerSegments } from '../json-pointer.ts';
import type { SchemaPath } from './subschemas.ts';

export interface UnfitDefault {
  readonly path: SchemaPath;
  /** A sentence with a full stop. */
  readonly message: string;
}

/** The defaults of top-level properties, which stand in for arguments, that their own property refuses. */
export function findUnfitDefaults(schema: JsonSchema): readonly UnfitDefault[] {
  const { properties } = schema;
  if (!isObject(properties)) return [];
  const withDefault = Object.entries(properties).flatMap(([name, property]) =>
    isObject(property) && Object.hasOwn(property, 'default') ? [{ name, value: property['default'] }] : [],
  );
  if (withDefault.length === 0) return [];
  const checkAt = compileRawChecks(schema);
  return withDefault.flatMap(({ name, value }) =>
    checkAt(childPointer('/properties', name), value).problems.map(({ pointer, message }) => ({
      path: ['properties', name, 'default', ...(pointerSegments(pointer) ?? [])],
      message: `The default ${pointer === '' ? message : `does not fit: ${pointer} ${message}`}.`,
    })),
  );
}
