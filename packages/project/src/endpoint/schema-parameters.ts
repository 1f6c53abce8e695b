import type { TypeDefinition } from '@mxcp-ts/schemas';
import type { JsonSchema } from '@mxcp-ts/values';
import type { ParameterDefinition } from '../definition.ts';
import { asRecord, asType } from '../shape/checked.narrow.ts';

/**
 * The top-level properties of a schema of arguments, as far as our types can say what they are; what is not required may
 * be null. Names that no handler could use as one are left out.
 */
export function schemaParameters(schema: JsonSchema): readonly ParameterDefinition[] {
  const required = Array.isArray(schema['required']) ? schema['required'] : [];
  return Object.entries(asRecord(schema['properties']) ?? {}).flatMap(([name, property]) => {
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return [];
    const type = typeOf(property, schema, 0);
    const isOptional = !required.includes(name) && !Object.hasOwn(type, 'default');
    return [{ ...type, name, ...(isOptional && { default: null, nullable: true }) }];
  });
}

/** Deeper than this a type is anything: definitions may contain themselves. */
const deepest = 8;

const kept: readonly string[] = [
  'title',
  'description',
  'default',
  'examples',
  'enum',
  'const',
  'minLength',
  'maxLength',
  'pattern',
  'contentMediaType',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'minItems',
  'maxItems',
  'uniqueItems',
];
const formats: readonly unknown[] = ['email', 'uri', 'date', 'time', 'date-time', 'duration'];

function typeOf(written: unknown, root: JsonSchema, depth: number): TypeDefinition {
  const schema = resolve(asRecord(written), root, 0);
  if (schema === undefined || depth > deepest) return {};
  const plain = Object.entries(schema).filter(([keyword]) => kept.includes(keyword));
  const below = (part: unknown) => typeOf(part, root, depth + 1);
  const { items, properties, required, oneOf, anyOf, format, additionalProperties } = schema;
  const propertyTypes = Object.entries(asRecord(properties) ?? {}).map(([name, part]) => [name, below(part)] as const);
  return asType({
    ...namesOf(schema['type']),
    ...Object.fromEntries(plain),
    ...(formats.includes(format) && { format }),
    ...(asRecord(items) !== undefined && { items: below(items) }),
    ...(propertyTypes.length > 0 && { properties: Object.fromEntries(propertyTypes) }),
    ...(Array.isArray(required) && propertyTypes.length > 0 && { required }),
    ...(typeof additionalProperties === 'boolean' && { additionalProperties }),
    ...(Array.isArray(oneOf) && schema['type'] === undefined && { oneOf: oneOf.map(below) }),
    ...(Array.isArray(anyOf) && schema['type'] === undefined && { anyOf: anyOf.map(below) }),
  });
}

const names: readonly unknown[] = ['string', 'number', 'integer', 'boolean', 'array', 'object'];

/** One type, or one and null. */
function namesOf(written: unknown): Pick<TypeDefinition, 'type' | 'nullable'> {
  const all: readonly unknown[] = Array.isArray(written) ? written : [written];
  const [type, more] = all.filter(name => names.includes(name));
  if (type === undefined || more !== undefined) return {};
  return asType({ type, ...(all.includes('null') && { nullable: true }) });
}

const longestChain = 10;

/** Follows references inside the document; what stands beside one comes on top. */
function resolve(schema: JsonSchema | undefined, root: JsonSchema, hops: number): JsonSchema | undefined {
  const ref = schema?.['$ref'];
  if (schema === undefined || typeof ref !== 'string') return schema;
  if (!ref.startsWith('#/') || hops >= longestChain) return schema;
  let target: unknown = root;
  for (const part of ref.slice(2).split('/')) {
    target = asRecord(target)?.[decode(part).replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  const { $ref: _, ...own } = schema;
  return { ...resolve(asRecord(target), root, hops + 1), ...own };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
