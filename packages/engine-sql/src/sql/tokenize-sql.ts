export type SqlTokenKind = 'word' | 'quoted' | 'string' | 'number' | 'parameter' | 'semicolon' | 'symbol';

/** A stretch of SQL that DuckDB's own lexer would see as one; comments and white space are left out. */
export interface SqlToken {
  readonly kind: SqlTokenKind;
  /** 0-based, UTF-16 code units. */
  readonly start: number;
  readonly end: number;
}

// One alternative per token, tried in this order at each place. Comments nest in DuckDB as in PostgreSQL: see skipComment.
const patterns: readonly (readonly [SqlTokenKind, RegExp])[] = [
  ['string', /[eE]'(?:[^'\\]|\\[\s\S]|'')*(?:'|$)/y],
  ['string', /(?:[xXbB])?'(?:[^']|'')*(?:'|$)/y],
  ['quoted', /"(?:[^"]|"")*(?:"|$)/y],
  ['string', /\$((?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*)?)\$[\s\S]*?(?:\$\1\$|$(?![\s\S]))/y],
  ['parameter', /\$(?:[A-Za-z_\u0080-\uffff][\w\u0080-\uffff]*|\d+)|\?\d*/y],
  ['number', /(?:\d[\d_]*)?\.?\d[\d_]*(?:[eE][+-]?\d+)?/y],
  ['word', /[A-Za-z_\u0080-\uffff][\w$\u0080-\uffff]*/y],
  ['semicolon', /;/y],
  ['symbol', /[\s\S]/y],
];

/** The tokens of a SQL text in order. Never fails: an unclosed string or comment reaches to the end. */
export function tokenizeSql(sql: string): SqlToken[] {
  const tokens: SqlToken[] = [];
  let at = 0;
  for (;;) {
    at = skipBlank(sql, at);
    if (at >= sql.length) return tokens;
    const token = tokenAt(sql, at);
    tokens.push(token);
    at = token.end;
  }
}

function tokenAt(sql: string, start: number): SqlToken {
  for (const [kind, pattern] of patterns) {
    pattern.lastIndex = start;
    const match = pattern.exec(sql);
    if (match !== null) return { kind, start, end: pattern.lastIndex };
  }
  return { kind: 'symbol', start, end: start + 1 };
}

function skipBlank(sql: string, start: number): number {
  let at = start;
  for (;;) {
    const before = at;
    while (at < sql.length && /\s/.test(sql.charAt(at))) at += 1;
    if (sql.startsWith('--', at)) {
      const end = sql.indexOf('\n', at);
      at = end === -1 ? sql.length : end + 1;
    } else if (sql.startsWith('/*', at)) at = skipComment(sql, at);
    if (at === before) return at;
  }
}

function skipComment(sql: string, start: number): number {
  let depth = 1;
  let at = start + 2;
  while (at < sql.length && depth > 0) {
    if (sql.startsWith('/*', at)) {
      depth += 1;
      at += 2;
    } else if (sql.startsWith('*/', at)) {
      depth -= 1;
      at += 2;
    } else at += 1;
  }
  return at;
}
