import { textWidth } from '@mxcp-ts/diagnostics';
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
    Math.min(maxCellWidth, Math.max(textWidth(column), ...cells.map(row => textWidth(row[index] ?? '')))),
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
  // Control characters from a database have no business in a terminal.
  return text.replace(/\s*\n\s*/g, ' ').replace(/\p{Cc}/gu, '�');
}

function fit(text: string, width: number): string {
  const own = textWidth(text);
  if (own <= width) return text + ' '.repeat(width - own);
  let cut = '';
  for (const character of text) {
    if (textWidth(cut + character) > width - 3) break;
    cut += character;
  }
  return `${cut}...${' '.repeat(Math.max(0, width - 3 - textWidth(cut)))}`;
}
