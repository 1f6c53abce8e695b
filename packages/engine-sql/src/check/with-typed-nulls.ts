import type { TypeDefinition } from '@mxcp-ts/schemas';
import { quoteIdentifier } from '../sql/quote-sql.ts';
import type { SqlStatement } from '../sql/split-statements.ts';

export interface TypedStatement {
  readonly text: string;
  /** A range of `text` as the range of the original statement that it stands for. */
  readonly originalRange: (range: readonly [number, number]) => readonly [number, number];
}

/**
 * A statement with a NULL of its declared type in the place of every parameter. DuckDB puts off binding a statement
 * whose parameters have no type by themselves (`$day IS NULL OR …`), and with it every error; this one it binds.
 *
 * @returns undefined when the type of a parameter is not known
 */
export function withTypedNulls(
  { text, start, tokens }: SqlStatement,
  parameters: readonly (TypeDefinition & { readonly name: string })[],
): TypedStatement | undefined {
  const byName = new Map(parameters.map(parameter => [parameter.name.toLowerCase(), parameter]));
  const shifts: { readonly typedEnd: number; readonly by: number }[] = [];
  let typed = '';
  let copied = 0;
  for (const token of tokens.filter(({ kind }) => kind === 'parameter')) {
    const parameter = byName.get(text.slice(token.start - start + 1, token.end - start).toLowerCase());
    const type = parameter === undefined ? undefined : sqlTypeOf(parameter);
    if (type === undefined) return undefined;
    typed += `${text.slice(copied, token.start - start)}(NULL::${type})`;
    copied = token.end - start;
    shifts.push({ typedEnd: typed.length, by: copied - typed.length });
  }
  return { text: typed + text.slice(copied), originalRange: ([from, to]) => [back(from), back(to)] };

  function back(index: number): number {
    const shift = shifts.findLast(({ typedEnd }) => typedEnd <= index)?.by ?? 0;
    return Math.max(0, Math.min(text.length, index + shift));
  }
}

/** The DuckDB type that an argument of a declared type is bound as. */
function sqlTypeOf(type: TypeDefinition): string | undefined {
  switch (type.type) {
    case 'string':
      return stringTypes[type.format ?? ''] ?? 'VARCHAR';
    case 'integer':
      return 'BIGINT';
    case 'number':
      return 'DOUBLE';
    case 'boolean':
      return 'BOOLEAN';
    case 'array':
      return listTypeOf(type);
    case 'object':
      return structTypeOf(type);
    case undefined:
      return undefined;
  }
}

const stringTypes: Readonly<Record<string, string>> = {
  date: 'DATE',
  time: 'TIME',
  'date-time': 'TIMESTAMP',
  timestamp: 'TIMESTAMP',
};

function listTypeOf({ items }: TypeDefinition): string | undefined {
  const item = items === undefined ? undefined : sqlTypeOf(items);
  return item === undefined ? undefined : `${item}[]`;
}

function structTypeOf({ properties = {} }: TypeDefinition): string | undefined {
  const fields = Object.entries(properties).map(([name, type]) => [name, sqlTypeOf(type)] as const);
  if (fields.length === 0 || fields.some(([, type]) => type === undefined)) return undefined;
  return `STRUCT(${fields.map(([name, type]) => `${quoteIdentifier(name)} ${type}`).join(', ')})`;
}
