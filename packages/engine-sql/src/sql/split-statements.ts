import { type SqlToken, tokenizeSql } from './tokenize-sql.ts';

/** One statement of a SQL text, without the semicolon that ends it. */
export interface SqlStatement {
  readonly text: string;
  /** Where `text` starts in the whole; 0-based, UTF-16 code units. */
  readonly start: number;
  /** Its first word in upper case: `SELECT`, `BEGIN`; empty when it starts with something else. */
  readonly keyword: string;
  readonly tokens: readonly SqlToken[];
}

/** The statements of a SQL text. Pieces that hold only blanks and comments are left out. */
export function splitStatements(sql: string): SqlStatement[] {
  const statements: SqlStatement[] = [];
  let tokens: SqlToken[] = [];
  for (const token of tokenizeSql(sql)) {
    if (token.kind !== 'semicolon') {
      tokens.push(token);
      continue;
    }
    if (tokens.length > 0) statements.push(statementOf(sql, tokens));
    tokens = [];
  }
  if (tokens.length > 0) statements.push(statementOf(sql, tokens));
  return statements;
}

function statementOf(sql: string, tokens: readonly SqlToken[]): SqlStatement {
  const start = tokens[0]?.start ?? 0;
  const end = tokens.at(-1)?.end ?? start;
  const first = tokens[0];
  const keyword = first?.kind === 'word' ? sql.slice(first.start, first.end).toUpperCase() : '';
  return { text: sql.slice(start, end), start, keyword, tokens };
}
