import { TemplateSyntaxError, type Token, type TokenType } from './token.ts';

/**
 * Splits a template into tokens that know their places.
 *
 * The library has a tokenizer of its own, but it forgets where a token stood, removes a tag of its own making and knows
 * no `raw`; findings need places.
 */
export function tokenize(template: string): readonly Token[] {
  const tokens: Token[] = [];
  // As Jinja2 does by default, one line break at the very end is not part of the template.
  const source = template.replace(/\r?\n$/, '');
  let at = 0;
  let isTrimming = false;
  while (at < source.length) {
    const open = findOpening(source, at);
    const textEnd = open === -1 ? source.length : open;
    pushText(tokens, source, { start: at, end: textEnd, trimStart: isTrimming, trimEnd: source[textEnd + 2] === '-' });
    if (open === -1) break;
    const raw = readRaw(source, open);
    if (raw !== undefined) {
      pushText(tokens, source, raw.body);
      ({ end: at, isTrimming } = raw);
    } else if (source[open + 1] === '#') {
      ({ end: at, isTrimming } = skipComment(source, open));
    } else {
      ({ end: at, isTrimming } = readTag(source, open, tokens));
    }
  }
  return tokens;
}

interface Closed {
  /** Where reading goes on. */
  readonly end: number;
  /** Whether the tag asked for the white space behind it to go: `-}}`. */
  readonly isTrimming: boolean;
}

interface TextRange {
  readonly start: number;
  readonly end: number;
  readonly trimStart: boolean;
  readonly trimEnd: boolean;
}

function findOpening(source: string, from: number): number {
  const found = source.slice(from).search(/\{[{%#]/);
  return found === -1 ? -1 : from + found;
}

function pushText(tokens: Token[], source: string, { start, end, trimStart, trimEnd }: TextRange): void {
  let value = source.slice(start, end);
  if (trimStart) value = value.trimStart();
  if (trimEnd) value = value.trimEnd();
  if (value !== '') tokens.push({ type: 'Text', value, start, end });
}

function readRaw(source: string, open: number): (Closed & { readonly body: TextRange }) | undefined {
  const opening = /^\{%[-+]?\s*raw\s*(-?)%\}/.exec(source.slice(open));
  if (opening === null) return undefined;
  const start = open + opening[0].length;
  const closing = /\{%([-+]?)\s*endraw\s*([-+]?)%\}/.exec(source.slice(start));
  if (closing === null) {
    throw new TemplateSyntaxError({
      message: '"raw" is never closed.',
      hint: 'Add {% endraw %}.',
      start: open,
      end: start,
    });
  }
  const end = start + closing.index;
  return {
    body: { start, end, trimStart: opening[1] === '-', trimEnd: closing[1] === '-' },
    end: end + closing[0].length,
    isTrimming: closing[2] === '-',
  };
}

function skipComment(source: string, open: number): Closed {
  const close = source.indexOf('#}', open + 2);
  if (close === -1) {
    throw new TemplateSyntaxError({
      message: 'A comment is never closed.',
      hint: 'Add #}.',
      start: open,
      end: open + 2,
    });
  }
  return { end: close + 2, isTrimming: source[close - 1] === '-' };
}

/** Reads `{{ … }}` or `{% … %}`. */
function readTag(source: string, open: number, tokens: Token[]): Closed {
  const isExpression = source[open + 1] === '{';
  const closing = isExpression ? '}}' : '%}';
  tokens.push({
    type: isExpression ? 'OpenExpression' : 'OpenStatement',
    value: source.slice(open, open + 2),
    start: open,
    end: open + 2,
  });
  let at = open + 2;
  if (source[at] === '-' || source[at] === '+') at += 1;
  let depth = 0;
  for (;;) {
    while (/\s/.test(source[at] ?? '')) at += 1;
    if (at >= source.length) {
      const message = `"${source.slice(open, open + 2)}" is never closed.`;
      throw new TemplateSyntaxError({ message, hint: `Add ${closing}.`, start: open, end: open + 2 });
    }
    const sign = /^[-+]?/.exec(source.slice(at, at + 1))?.[0] ?? '';
    // Two closing braces inside a literal like {"a": {"b": 1}} belong to it.
    if (depth === 0 && source.startsWith(closing, at + sign.length)) {
      const start = at + sign.length;
      const type = isExpression ? 'CloseExpression' : 'CloseStatement';
      tokens.push({ type, value: closing, start, end: start + 2 });
      return { end: start + 2, isTrimming: sign === '-' };
    }
    const token = readToken(source, at, tokens.at(-1));
    if (token.type === 'OpenCurlyBracket') depth += 1;
    if (token.type === 'CloseCurlyBracket') depth -= 1;
    tokens.push(token);
    at = token.end;
  }
}

const operators: readonly (readonly [string, TokenType])[] = [
  ['**', 'ExponentiationBinaryOperator'],
  ['//', 'MultiplicativeBinaryOperator'],
  ['==', 'ComparisonBinaryOperator'],
  ['!=', 'ComparisonBinaryOperator'],
  ['<=', 'ComparisonBinaryOperator'],
  ['>=', 'ComparisonBinaryOperator'],
  ['<', 'ComparisonBinaryOperator'],
  ['>', 'ComparisonBinaryOperator'],
  ['+', 'AdditiveBinaryOperator'],
  ['-', 'AdditiveBinaryOperator'],
  ['~', 'AdditiveBinaryOperator'],
  ['*', 'MultiplicativeBinaryOperator'],
  ['/', 'MultiplicativeBinaryOperator'],
  ['%', 'MultiplicativeBinaryOperator'],
  ['=', 'Equals'],
  ['(', 'OpenParen'],
  [')', 'CloseParen'],
  ['[', 'OpenSquareBracket'],
  [']', 'CloseSquareBracket'],
  ['{', 'OpenCurlyBracket'],
  ['}', 'CloseCurlyBracket'],
  [',', 'Comma'],
  ['.', 'Dot'],
  [':', 'Colon'],
  ['|', 'Pipe'],
];

function readToken(source: string, start: number, previous: Token | undefined): Token {
  const character = source[start] ?? '';
  if (character === '"' || character === "'") return readString(source, start);
  const rest = source.slice(start, start + 200);
  // In `rows.0.name` the number behind a dot is an index, never the start of a fraction.
  const numberPattern = previous?.type === 'Dot' ? /^\d+/ : /^\d+(\.\d+)?/;
  const number = numberPattern.exec(rest)?.[0];
  if (number !== undefined) return { type: 'NumericLiteral', value: number, start, end: start + number.length };
  const word = /^[\p{L}_][\p{L}\p{N}_]*/u.exec(rest)?.[0];
  if (word !== undefined) return { type: 'Identifier', value: word, start, end: start + word.length };
  const operator = operators.find(([text]) => source.startsWith(text, start));
  if (operator === undefined) {
    throw new TemplateSyntaxError({ message: `Unexpected "${character}".`, start, end: start + 1 });
  }
  return { type: operator[1], value: operator[0], start, end: start + operator[0].length };
}

const escapes: Readonly<Record<string, string>> = { n: '\n', t: '\t', r: '\r', b: '\b', f: '\f', v: '\v' };

function readString(source: string, start: number): Token {
  const quote = source[start];
  let value = '';
  for (let at = start + 1; at < source.length; at += 1) {
    const character = source[at] ?? '';
    if (character === quote) return { type: 'StringLiteral', value, start, end: at + 1 };
    if (character !== '\\') {
      value += character;
      continue;
    }
    at += 1;
    const escaped = source[at] ?? '';
    value += escapes[escaped] ?? escaped;
  }
  const message = 'A text in quotes is never closed.';
  throw new TemplateSyntaxError({ message, hint: `Add the closing ${quote}.`, start, end: start + 1 });
}
