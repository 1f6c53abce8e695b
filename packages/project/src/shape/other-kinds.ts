import { promptSchema, resourceSchema, toolSchema } from '@mxcp-ts/schemas';
import { asRecord } from './checked.narrow.ts';
import type { Path } from './read-value.ts';

/** `tools and resources`: the kinds of endpoints that have a field which this one has not; undefined where none has. */
export function findOtherKinds(key: string, path: Path): string | undefined {
  const [kind, ...below] = path;
  if (below.length > 0 || !kinds.some(({ name }) => name === kind)) return undefined;
  const having = kinds.filter(({ name, schema }) => {
    const fields = asRecord(asRecord(asRecord(schema['$defs'])?.[name])?.['properties']);
    return fields !== undefined && Object.hasOwn(fields, key);
  });
  return having.length === 0 ? undefined : having.map(({ name }) => `${name}s`).join(' and ');
}

const kinds = [
  { name: 'tool', schema: toolSchema },
  { name: 'resource', schema: resourceSchema },
  { name: 'prompt', schema: promptSchema },
] as const;
