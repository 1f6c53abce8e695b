import { everySchema, type SchemaPath, subschemasOf } from './subschemas.ts';

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
 * with a single wrong one. What is `sensitive`, our own keyword, or stands below it, must not be one either.
 */
export function findHeaderFaults(inputSchema: Schema): readonly HeaderFault[] {
  return visit(inputSchema, [], { isReachable: true, isSensitive: false, seen: new Map() });
}

/** Where a schema, or one below it, has the keyword. */
export function findHeaders(schema: Schema): readonly SchemaPath[] {
  return [...everySchema(schema)].filter(part => Object.hasOwn(part.schema, keyword)).map(({ path }) => path);
}

type Schema = { readonly [keyword: string]: unknown };

interface Visit {
  /** Only properties lie on the way here. */
  readonly isReachable: boolean;
  readonly isSensitive: boolean;
  /** The names so far, by their lower case. */
  readonly seen: Map<string, string>;
}

function visit(schema: Schema, path: SchemaPath, above: Visit): HeaderFault[] {
  const here = { ...above, isSensitive: above.isSensitive || schema['sensitive'] === true };
  const isReachable = here.isReachable && path.length > 0;
  const own = Object.hasOwn(schema, keyword) ? faultsAt(schema, path, { ...here, isReachable }) : [];
  const below = subschemasOf(schema).flatMap(({ path: step, schema: inner }) =>
    visit(inner, [...path, ...step], { ...here, isReachable: here.isReachable && step[0] === 'properties' }),
  );
  return [...own, ...below];
}

function faultsAt(schema: Schema, path: SchemaPath, { isReachable, isSensitive, seen }: Visit): HeaderFault[] {
  if (isSensitive) {
    const hint = `Remove ${keyword}: proxies read and log headers.`;
    return [{ path, message: 'A sensitive value must not be sent as a header.', hint }];
  }
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
