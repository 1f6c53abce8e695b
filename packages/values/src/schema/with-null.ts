import type { JsonSchema } from '../json.ts';

const annotations: ReadonlySet<string> = new Set(['title', 'description', 'default', 'examples', 'sensitive']);

/** The schema, admitting null as well: by its `type` where that is enough, else as one of two alternatives. */
export function withNull(schema: JsonSchema): JsonSchema {
  const decidesByValue = ['enum', 'const', 'oneOf', 'anyOf'].some(keyword => Object.hasOwn(schema, keyword));
  if (decidesByValue) return wrapped(schema);
  if (typeof schema.type !== 'string') return schema;
  return { ...schema, type: [schema.type, 'null'] };
}

function wrapped(schema: JsonSchema): JsonSchema {
  const inner: JsonSchema = {};
  const outer: JsonSchema = {};
  for (const [keyword, value] of Object.entries(schema)) {
    if (annotations.has(keyword) || keyword.startsWith('x-')) outer[keyword] = value;
    else {
      inner[keyword] = value;
      outer.anyOf = [inner, { type: 'null' }];
    }
  }
  return outer;
}

/** Whether these alternatives are a type and null, as `withNull` writes them. */
export function isNullAlternative(alternatives: unknown): boolean {
  if (!Array.isArray(alternatives) || alternatives.length !== 2) return false;
  const second: unknown = alternatives[1];
  return typeof second === 'object' && second !== null && 'type' in second && second.type === 'null';
}
