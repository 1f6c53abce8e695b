import { isArray, isObject } from '../json.narrow.ts';
import { pointerSegments } from '../json-pointer.ts';
import { everySchema, type SchemaPath, type Subschema } from './subschemas.ts';

type Schema = Subschema['schema'];

/** The path of a `$ref` that leads back to itself without a step into the value: checking one would never end. */
export function findEndlessReference(schema: Schema): SchemaPath | undefined {
  const all = [...everySchema(schema)];
  // Below an $id of its own a pointer starts there.
  if (all.some(({ path, schema: { $id } }) => path.length > 0 && $id !== undefined)) return undefined;
  const search: Search = { root: schema, open: new Set(), done: new Set() };
  for (const part of all) {
    const found = follow(part, search);
    if (found !== undefined) return found;
  }
  return undefined;
}

interface Search {
  readonly root: Schema;
  /** Those that are being followed. */
  readonly open: Set<Schema>;
  readonly done: Set<Schema>;
}

function follow({ path, schema }: Subschema, search: Search): SchemaPath | undefined {
  if (search.done.has(schema)) return undefined;
  search.open.add(schema);
  for (const next of alsoApplied(schema, path, search.root)) {
    const found = search.open.has(next.schema) ? [...path, '$ref'] : follow(next, search);
    if (found !== undefined) return found;
  }
  search.open.delete(schema);
  search.done.add(schema);
  return undefined;
}

/** What the same value has to fit too. */
function alsoApplied(schema: Schema, path: SchemaPath, root: Schema): readonly Subschema[] {
  const single = ['not', 'if', 'then', 'else'].map(keyword => ({ path: [...path, keyword], part: schema[keyword] }));
  const several = ['allOf', 'anyOf', 'oneOf', 'dependentSchemas'].flatMap(keyword => {
    const parts = schema[keyword];
    const entries = isArray(parts) ? [...parts.entries()] : isObject(parts) ? Object.entries(parts) : [];
    return entries.map(([key, part]) => ({ path: [...path, keyword, key], part }));
  });
  const target = targetOf(schema['$ref'], root);
  return [...(target === undefined ? [] : [target]), ...single, ...several].flatMap(next =>
    isObject(next.part) ? [{ path: next.path, schema: next.part }] : [],
  );
}

function targetOf(ref: unknown, root: Schema): { readonly path: SchemaPath; readonly part: unknown } | undefined {
  const path = typeof ref === 'string' && ref.startsWith('#') ? pointerSegments(decode(ref.slice(1))) : undefined;
  if (path === undefined) return undefined;
  let part: unknown = root;
  for (const segment of path) {
    if (isArray(part)) part = part[Number(segment)];
    else part = isObject(part) && Object.hasOwn(part, segment) ? part[segment] : undefined;
  }
  return { path, part };
}

function decode(fragment: string): string {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}
