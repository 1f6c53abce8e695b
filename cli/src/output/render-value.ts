import type { JsonObject, JsonValue } from '@mxcp-ts/values';

const maxCellWidth = 50;
const maxRows = 100;

/** A result as a person reads it in a terminal: rows as a table, the rest as JSON. */
export function renderValue(value: JsonValue): string {
  if (!Array.isArray(value)) return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
  if (value.length === 0) return 'No rows.';
  const shown = value.slice(0, maxRows);
  const table = hasOneShape(shown) ? renderTable(shown) : shown.map(item => JSON.stringify(item)).join('\n');
  const hidden = value.length - shown.length;
  return `${table}\n${value.length} ${value.length === 1 ? 'row' : 'rows'}${hidden === 0 ? '' : `, ${hidden} not shown; --json prints all`}`;
}

function hasOneShape(rows: readonly JsonValue[]): rows is readonly JsonObject[] {
  const keysOf = (row: JsonValue | undefined) =>
    row !== null && typeof row === 'object' && !Array.isArray(row) ? Object.keys(row).join('\0') : undefined;
  const first = keysOf(rows[0]);
  return first !== undefined && rows.every(row => keysOf(row) === first);
}

function renderTable(rows: readonly JsonObject[]): string {
  const columns = Object.keys(rows[0] ?? {});
  const cells = rows.map(row => columns.map(column => cellText(row[column] ?? null)));
  const widths = columns.map((column, index) =>
    Math.min(maxCellWidth, Math.max(column.length, ...cells.map(row => row[index]?.length ?? 0))),
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, index) => fit(text, widths[index] ?? 0))
      .join(' │ ')
      .trimEnd();
  return [line(columns), widths.map(width => '─'.repeat(width)).join('─┼─'), ...cells.map(line)].join('\n');
}

function cellText(value: JsonValue): string {
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  return text.replace(/\s*\n\s*/g, ' ');
}

function fit(text: string, width: number): string {
  return text.length > width ? `${text.slice(0, width - 3)}...` : text.padEnd(width);
}
