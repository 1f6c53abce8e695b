import { type Node, parseTokens } from './ast.narrow.ts';
import { checkTags } from './check-tags.ts';
import { markPlaces } from './places.ts';
import { type TemplateFault, TemplateSyntaxError, type Token } from './token.ts';
import { tokenize } from './tokenize.ts';

export type ParsedTemplate =
  | { readonly ok: true; readonly tree: Node }
  | { readonly ok: false; readonly fault: TemplateFault };

/** The syntax tree of a template, every name in it marked with its place (see `placeOf`), or the first thing wrong with it. */
export function parseTemplate(template: string): ParsedTemplate {
  try {
    const tokens = tokenize(template);
    checkTags(tokens);
    return parseMarked(template, tokens);
  } catch (error) {
    if (error instanceof TemplateSyntaxError) return { ok: false, fault: error.fault };
    throw error;
  }
}

function parseMarked(template: string, tokens: readonly Token[]): ParsedTemplate {
  const watched = watchReading(markPlaces(tokens));
  try {
    return { ok: true, tree: parseTokens(watched.tokens) };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { ok: false, fault: faultAt(watched.furthest(), template) };
  }
}

interface WatchedTokens {
  readonly tokens: Token[];
  /** The last token that was looked at; undefined when reading ran past the end. */
  furthest(): Token | undefined;
}

/** The parser's errors name no place; but it stops at the token it cannot use, which is the furthest one it looked at. */
function watchReading(tokens: readonly Token[]): WatchedTokens {
  let furthest = -1;
  const watched = tokens.map((token, index) => ({
    ...token,
    get type() {
      furthest = Math.max(furthest, index);
      return token.type;
    },
  }));
  return { tokens: watched, furthest: () => tokens[furthest] };
}

function faultAt(token: Token | undefined, template: string): TemplateFault {
  if (token === undefined) return { message: 'The template ends too early.', start: 0, end: template.length };
  const text = template.slice(token.start, token.end);
  const { start, end } = token;
  if (token.type === 'CloseExpression' || token.type === 'CloseStatement') {
    return { message: `Something is missing before "${text}".`, start, end };
  }
  return { message: `Unexpected "${text}".`, start, end };
}
