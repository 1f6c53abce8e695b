import { type JsonSchemaDocument, schemaDocuments } from '@mxcp-ts/schemas';

/** What a JSON Schema says about reading a value, ready to be walked together with the YAML: references followed, keywords as maps. */
export interface Shape {
  /** The JSON types allowed, in the order of the schema; empty when anything is. */
  readonly types: readonly string[];
  readonly properties: ReadonlyMap<string, () => Shape>;
  readonly items: () => Shape;
  /** Of values under keys that are not named. */
  readonly others: () => Shape;
}

/** Values here are kept as they are written. */
export const anyShape: Shape = Object.freeze({
  types: Object.freeze([]),
  properties: new Map(),
  items: () => anyShape,
  others: () => anyShape,
});

/**
 * Reads one of our schemas as a shape.
 *
 * @param pointer - below the schema, as in a `$ref`: `/$defs/profile`
 */
export function shapeOf(schema: JsonSchemaDocument, pointer = ''): Shape {
  return new ShapeReader().read(schema.$id, pointer);
}

class ShapeReader {
  readonly #known = new Map<string, Shape>();
  readonly #documents = new Map(schemaDocuments.map(document => [document.$id, document]));

  read(id: string, pointer: string): Shape {
    return this.#shape(id, pointer, pointer === '' ? this.#documents.get(id) : this.#valueAt(id, pointer));
  }

  #shape(id: string, pointer: string, value: unknown): Shape {
    const schema = isRecord(value) ? value : {};
    const key = `${id}#${pointer}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const base = typeof schema['$ref'] === 'string' ? this.#target(id, schema['$ref']) : anyShape;
    const below = (name: string, child: unknown) => () => this.#shape(id, `${pointer}/${name}`, child);
    const properties = new Map(base.properties);
    for (const [name, child] of Object.entries(isRecord(schema['properties']) ? schema['properties'] : {})) {
      properties.set(name, below(`properties/${name}`, child));
    }
    const shape: Shape = {
      types: typesOf(schema, base),
      properties,
      items: isRecord(schema['items']) ? below('items', schema['items']) : base.items,
      others: isRecord(schema['additionalProperties'])
        ? below('additionalProperties', schema['additionalProperties'])
        : base.others,
    };
    this.#known.set(key, shape);
    return shape;
  }

  #target(id: string, ref: string): Shape {
    const [file = '', pointer = ''] = ref.split('#');
    return this.read(file === '' ? id : new URL(file, id).href, pointer);
  }

  #valueAt(id: string, pointer: string): unknown {
    let value: unknown = this.#documents.get(id);
    for (const segment of pointer.split('/').slice(1)) value = isRecord(value) ? value[segment] : undefined;
    return value;
  }
}

function typesOf(schema: Readonly<Record<string, unknown>>, base: Shape): readonly string[] {
  const { type, enum: members, const: only } = schema;
  if (typeof type === 'string') return [type];
  if (Array.isArray(type)) return type.map(String);
  // Of our own closed lists of words, never of a user's.
  if (Array.isArray(members) || only !== undefined) return ['string'];
  return base.types;
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
