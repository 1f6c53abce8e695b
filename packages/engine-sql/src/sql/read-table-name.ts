import { quoteIdentifier } from './quote-sql.ts';
import { tokenizeSql } from './tokenize-sql.ts';

/**
 * The parts of a table's name as written in SQL: `main.flights` gives `['main', 'flights']`, `"odd name"` one part.
 * Undefined when the text is anything else than one to three names with dots between.
 */
export function readTableName(text: string): readonly string[] | undefined {
  const tokens = tokenizeSql(text);
  if (tokens.length % 2 === 0 || tokens.length > 5) return undefined;
  const parts: string[] = [];
  for (const [index, { kind, start, end }] of tokens.entries()) {
    const token = text.slice(start, end);
    if (index % 2 === 1) {
      if (token !== '.') return undefined;
    } else if (kind === 'word') parts.push(token);
    else if (kind === 'quoted' && /^"(?:[^"]|"")+"$/.test(token)) parts.push(token.slice(1, -1).replaceAll('""', '"'));
    else return undefined;
  }
  return parts;
}

/** Parts of a name as SQL: `['a', 'b"c']` gives `"a"."b""c"`. */
export function quotePath(parts: readonly string[]): string {
  return parts.map(quoteIdentifier).join('.');
}
