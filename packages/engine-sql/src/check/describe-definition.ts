import type { SqlStatement } from '../sql/split-statements.ts';

export interface Definition {
  /** Lower-case name of what is made, without schema; undefined when it cannot be told. */
  readonly name: string | undefined;
  /** The statement to run instead: it makes the same thing without data. Undefined when it cannot be run here. */
  readonly withoutData: string | undefined;
}

const definable: ReadonlySet<string> = new Set([
  'FUNCTION',
  'INDEX',
  'MACRO',
  'SCHEMA',
  'SEQUENCE',
  'TABLE',
  'TYPE',
  'VIEW',
]);
const beforeKind: ReadonlySet<string> = new Set([
  'OR',
  'REPLACE',
  'TEMP',
  'TEMPORARY',
  'UNIQUE',
  'RECURSIVE',
  'LOCAL',
  'GLOBAL',
]);

/** What a CREATE, ALTER or DROP statement defines; undefined for every other statement. */
export function describeDefinition(statement: SqlStatement): Definition | undefined {
  const { keyword, text } = statement;
  if (keyword === 'ALTER' || keyword === 'DROP') return { name: undefined, withoutData: text };
  if (keyword !== 'CREATE') return undefined;
  const words = topLevelWords(statement);
  const kindAt = words.findIndex((word, index) => index > 0 && !beforeKind.has(word.text.toUpperCase()));
  const kind = words[kindAt]?.text.toUpperCase() ?? '';
  if (!definable.has(kind)) return { name: undefined, withoutData: undefined };
  const name = nameAfter(words, kindAt + 1);
  return { name, withoutData: withoutData(statement, kind, words) };
}

interface Word {
  readonly text: string;
  readonly start: number;
  readonly isQuoted: boolean;
}

/** Words and quoted names outside of parentheses, with offsets into the statement's text. */
function topLevelWords({ text, start, tokens }: SqlStatement): Word[] {
  const words: Word[] = [];
  let depth = 0;
  for (const token of tokens) {
    const piece = text.slice(token.start - start, token.end - start);
    if (piece === '(') depth += 1;
    else if (piece === ')') depth -= 1;
    else if (depth === 0 && (token.kind === 'word' || token.kind === 'quoted')) {
      words.push({ text: piece, start: token.start - start, isQuoted: token.kind === 'quoted' });
    }
  }
  return words;
}

function nameAfter(words: readonly Word[], from: number): string | undefined {
  let at = from;
  if (words[at]?.text.toUpperCase() === 'IF') at += 3;
  const word = words[at];
  if (word === undefined) return undefined;
  return (word.isQuoted ? word.text.slice(1, -1).replaceAll('""', '"') : word.text).toLowerCase();
}

function withoutData({ text }: SqlStatement, kind: string, words: readonly Word[]): string | undefined {
  const hasQuery = words.some(word => !word.isQuoted && word.text.toUpperCase() === 'AS');
  // CREATE TYPE … AS ENUM (SELECT …) runs its query.
  if (kind === 'TYPE') return /\b(?:select|from)\b/i.test(text) ? undefined : text;
  if (kind !== 'TABLE' || !hasQuery) return text;
  return `${text.replace(/\s+with\s+(?:no\s+)?data\s*$/i, '')}\nWITH NO DATA`;
}
