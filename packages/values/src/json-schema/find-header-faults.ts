import { type SchemaPath, subschemasOf } from './subschemas.ts';

export interface HeaderFault {
  /** From the input schema to the property that is concerned. */
  readonly path: SchemaPath;
  /** A sentence with a full stop. */
  readonly message: string;
  readonly hint: string;
}

const keyword = 'x-mcp-header';

/**
 * What is wrong with the `x-mcp-header` keywords of a tool's input schema. MCP 2026-07-28 has clients leave out a tool
 * with a single wrong one.
 */
export function findHeaderFaults(inputSchema: { readonly [keyword: string]: unknown }): readonly HeaderFault[] {
  const seen = new Map<string, string>();
  return visit(inputSchema, [], true, seen);
}

function visit(
  schema: { readonly [keyword: string]: unknown },
  path: SchemaPath,
  isReachable: boolean,
  seen: Map<string, string>,
): HeaderFault[] {
  const own = Object.hasOwn(schema, keyword) ? faultsAt(schema, path, isReachable && path.length > 0, seen) : [];
  const below = subschemasOf(schema).flatMap(({ path: step, schema: inner }) =>
    visit(inner, [...path, ...step], isReachable && step[0] === 'properties', seen),
  );
  return [...own, ...below];
}

function faultsAt(
  schema: { readonly [keyword: string]: unknown },
  path: SchemaPath,
  isReachable: boolean,
  seen: Map<string, string>,
): HeaderFault[] {
  if (!isReachable) {
    return [
      {
        path,
        message: 'Only a parameter, or a property of one, can be sent as a header.',
        hint: `Remove ${keyword}; what stands in lists, alternatives and definitions has no place of its own.`,
      },
    ];
  }
  const name = schema[keyword];
  if (typeof name !== 'string' || !/^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/.test(name)) {
    return [
      {
        path,
        message: `What ${keyword} names is not the name of a header.`,
        hint: 'Use letters, digits and -, without spaces: Region.',
      },
    ];
  }
  const { type } = schema;
  if (type !== 'string' && type !== 'integer' && type !== 'boolean') {
    const hint = 'Remove it, or declare the type: string, integer or boolean, without null.';
    return [{ path, message: `A value of this type cannot be sent as a header.`, hint }];
  }
  const earlier = seen.get(name.toLowerCase());
  if (earlier !== undefined) {
    return [{ path, message: `The header "${name}" is named twice.`, hint: 'Case makes no difference; rename one.' }];
  }
  seen.set(name.toLowerCase(), name);
  return [];
}
