import { TemplateSyntaxError, type Token } from './token.ts';

/**
 * The parser keeps the text of a name and nothing else. So a name goes in as `kind`, `name` and offset joined by
 * characters that no template can hold in a name, and comes out of the tree with its place.
 */
const separator = '\u0001';

/** Words of the language: the parser compares them as they are. */
const keywords = new Set(['in', 'not', 'and', 'or', 'if', 'else', 'is']);

export interface PlacedName {
  /** `is` and `is not` are filters that give true or false: see `markPlaces`. */
  readonly kind: 'name' | 'is' | 'is not';
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

/**
 * Marks every name with its place, and turns tests into filters: `x is divisibleby(3)` becomes `x | divisibleby(3)`
 * with a mark of its own, because the parser takes no arguments for tests.
 */
export function markPlaces(tokens: readonly Token[]): Token[] {
  const marked: Token[] = [];
  for (let at = 0; at < tokens.length; at += 1) {
    const token = tokens[at];
    if (token === undefined) break;
    const isTag = tokens[at - 1]?.type === 'OpenStatement';
    if (token.type !== 'Identifier' || isTag) {
      marked.push(token);
    } else if (token.value === 'is' && tokens[at - 1]?.type !== 'Dot') {
      const isNegated = tokens[at + 1]?.value === 'not';
      at += isNegated ? 2 : 1;
      marked.push({ ...token, type: 'Pipe', value: '|' }, testOf(tokens[at], token, isNegated));
    } else if (keywords.has(token.value) && tokens[at - 1]?.type !== 'Dot') {
      marked.push(token);
    } else {
      marked.push(mark(token, 'name'));
    }
  }
  return marked;
}

/** The name and place inside a marked identifier of the tree. */
export function placeOf(value: string): PlacedName {
  const [kind, name = '', offset = '0'] = value.split(separator);
  const start = Number(offset);
  return { kind: kind === 'is' || kind === 'is not' ? kind : 'name', name, start, end: start + name.length };
}

function testOf(token: Token | undefined, isToken: Token, isNegated: boolean): Token {
  if (token?.type !== 'Identifier') {
    const { start, end } = token ?? isToken;
    throw new TemplateSyntaxError({ message: 'The name of a test is missing after "is".', start, end });
  }
  return mark(token, isNegated ? 'is not' : 'is');
}

function mark(token: Token, kind: PlacedName['kind']): Token {
  return { ...token, value: [kind, token.value, token.start].join(separator) };
}
