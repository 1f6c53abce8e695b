import { isArray, isObject } from '../json.narrow.ts';

export type SchemaPath = readonly (string | number)[];

export interface Subschema {
  /** From the schema that holds it. */
  readonly path: SchemaPath;
  readonly schema: { readonly [keyword: string]: unknown };
}

const single: readonly string[] = [
  'items',
  'additionalProperties',
  'not',
  'if',
  'then',
  'else',
  'contains',
  'propertyNames',
  'unevaluatedItems',
  'unevaluatedProperties',
  'contentSchema',
];
const listed: readonly string[] = ['allOf', 'anyOf', 'oneOf', 'prefixItems'];
const named: readonly string[] = ['properties', 'patternProperties', '$defs', 'definitions', 'dependentSchemas'];

/** The schemas directly below a JSON Schema (2020-12). What stands below `const`, `default` and the like is none. */
export function subschemasOf(schema: { readonly [keyword: string]: unknown }): readonly Subschema[] {
  return Object.entries(schema).flatMap(([keyword, value]): Subschema[] => {
    if (single.includes(keyword)) return isObject(value) ? [{ path: [keyword], schema: value }] : [];
    if (listed.includes(keyword) && isArray(value)) {
      return value.flatMap((item, index) => (isObject(item) ? [{ path: [keyword, index], schema: item }] : []));
    }
    if (!named.includes(keyword) || !isObject(value)) return [];
    return Object.entries(value).flatMap(([name, item]) =>
      isObject(item) ? [{ path: [keyword, name], schema: item }] : [],
    );
  });
}

/** A schema and every schema below it, each with its path. */
export function* everySchema(
  schema: { readonly [keyword: string]: unknown },
  path: SchemaPath = [],
): Generator<Subschema> {
  yield { path, schema };
  for (const below of subschemasOf(schema)) yield* everySchema(below.schema, [...path, ...below.path]);
}
