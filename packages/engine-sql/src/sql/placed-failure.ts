import { indexAtByte } from './index-at-byte.ts';
import { readFailure } from './read-failure.ts';
import { tokenizeSql } from './tokenize-sql.ts';

/** DuckDB's error of a connection with `errors_as_json`, with the place it points to. */
export interface PlacedFailure {
  readonly type: string;
  readonly message: string;
  /** DuckDB's own finer name: `COLUMN_NOT_FOUND`, `MISSING_ENTRY`. */
  readonly subtype: string | undefined;
  /** What could not be found, and what kind of thing it is: `Table`, `Scalar Function`. */
  readonly name: string | undefined;
  readonly kind: string | undefined;
  readonly candidates: readonly string[];
  /** The token at fault in the statement, UTF-16 code units; undefined when DuckDB does not say. */
  readonly range: readonly [start: number, end: number] | undefined;
}

/** @param text - the exact text that was prepared or run */
export function readPlacedFailure(error: unknown, text: string): PlacedFailure {
  const { type, message } = readFailure(error);
  const fields = jsonFields(error);
  if (fields === undefined) {
    return { type, message, subtype: undefined, name: undefined, kind: undefined, candidates: [], range: undefined };
  }
  const position = fields['position'];
  return {
    type: fields['exception_type'] ?? type,
    message: fields['exception_message'] ?? message,
    subtype: fields['error_subtype'],
    name: fields['name'],
    kind: fields['type'],
    candidates: (fields['candidates'] ?? '').split(',').filter(candidate => candidate !== ''),
    range: position === undefined ? undefined : rangeAt(text, indexAtByte(text, Number(position))),
  };
}

function jsonFields(error: unknown): Record<string, string> | undefined {
  const text = error instanceof Error ? error.message : '';
  const start = text.indexOf('{"exception_type"');
  if (start === -1) return undefined;
  const parsed: unknown = JSON.parse(text.slice(start));
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  return Object.fromEntries(Object.entries(parsed).map(([key, value]) => [key, String(value)]));
}

/** The token that stands at, or first after, an index; a dotted name counts as one. */
function rangeAt(text: string, index: number): readonly [number, number] {
  const tokens = tokenizeSql(text);
  const at = tokens.findIndex(token => token.end > index);
  const first = tokens[at];
  if (first === undefined) return [text.length, text.length];
  let end = first.end;
  for (let next = at + 1; text.charAt(tokens[next]?.start ?? -1) === '.' && tokens[next + 1] !== undefined; next += 2) {
    end = tokens[next + 1]?.end ?? end;
  }
  return [Math.max(first.start, Math.min(index, first.end)), end];
}
