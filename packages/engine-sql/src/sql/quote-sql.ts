/** A name as a SQL identifier: `a"b` gives `"a""b"`. */
export function quoteIdentifier(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** A text as a SQL string literal: `it's` gives `'it''s'`. */
export function quoteText(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A plain value as a SQL literal; mappings become MAP, lists lists. */
export function quoteValue(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'boolean' || typeof value === 'bigint') return String(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : quoteText(String(value));
  if (Array.isArray(value)) return `[${value.map(quoteValue).join(', ')}]`;
  if (typeof value === 'object') {
    const entries = Object.entries(value).map(([key, item]) => `${quoteText(key)}: ${quoteText(String(item))}`);
    return `MAP {${entries.join(', ')}}`;
  }
  return quoteText(String(value));
}
