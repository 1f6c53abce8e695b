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
  const expansion: Expansion = { root: schema, trail: [], budget: { nodes: mostNodes } };
  return Object.entries(asRecord(schema['properties']) ?? {}).flatMap(([name, property]) => {
    if (!/^[\p{L}_][\p{L}\p{N}_]*$/u.test(name)) return [];
    const type = typeOf(property, expansion);
    const isOptional = !required.includes(name) && !Object.hasOwn(type, 'default');
    return [{ ...type, name, ...(isOptional && { default: null, nullable: true }) }];
  });
}

/** Definitions may contain themselves, or one another many times over: beyond this a type is anything. */
const mostNodes = 2_000;

interface Expansion {
  readonly root: JsonSchema;
  /** The references that are being followed. */
  readonly trail: readonly string[];
  /** What is left, for all parameters of a tool together. */
  readonly budget: { nodes: number };
}

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

function typeOf(written: unknown, expansion: Expansion): TypeDefinition {
  const resolved = resolve(asRecord(written), expansion);
  expansion.budget.nodes -= 1;
  if (resolved === undefined || expansion.budget.nodes < 0) return {};
  const { schema, trail } = resolved;
  const plain = Object.entries(schema).filter(([keyword]) => kept.includes(keyword));
  const below = (part: unknown) => typeOf(part, { ...expansion, trail });
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

interface Resolved {
  readonly schema: JsonSchema;
  readonly trail: readonly string[];
}

/** Follows references inside the document; what stands beside one comes on top. Undefined for one inside itself. */
function resolve(schema: JsonSchema | undefined, { root, trail }: Omit<Expansion, 'budget'>): Resolved | undefined {
  const ref = schema?.['$ref'];
  if (schema === undefined) return undefined;
  if (typeof ref !== 'string' || !/^#(?:\/|$)/.test(ref)) return { schema, trail };
  if (trail.includes(ref)) return undefined;
  const target = resolve(targetOf(ref, root), { root, trail: [...trail, ref] });
  const { $ref: _, ...own } = schema;
  return { schema: { ...target?.schema, ...own }, trail: target?.trail ?? trail };
}

function targetOf(ref: string, root: JsonSchema): JsonSchema | undefined {
  const parts = ref === '#' ? [] : ref.slice(2).split('/');
  let target: JsonSchema | undefined = root;
  for (const part of parts) target = asRecord(target?.[decode(part).replaceAll('~1', '/').replaceAll('~0', '~')]);
  return target;
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
