import { didYouMean } from '@mxcp-ts/diagnostics';
import { TemplateSyntaxError, type Token } from './token.ts';

/** Every tag of Jinja that works here, with the tag that closes it. `set` closes only in its long form. */
export const closingTags: Readonly<Record<string, string | undefined>> = {
  if: 'endif',
  for: 'endfor',
  set: 'endset',
  macro: 'endmacro',
  call: 'endcall',
  break: undefined,
  continue: undefined,
};

/** Tags of Jinja that a prompt cannot use, with what to do instead. */
const unavailable: Readonly<Record<string, string>> = {
  include: 'A prompt cannot read other templates; write the text here.',
  import: 'A prompt cannot read other templates; define the macro here.',
  from: 'A prompt cannot read other templates; define the macro here.',
  extends: 'A prompt cannot read other templates; write the text here.',
  block: 'A prompt cannot read other templates, so there is nothing to override.',
  filter: 'Apply the filter to an expression: {{ value | filter }}.',
  with: 'Use {% set name = value %}.',
  do: 'Use {% set name = value %}.',
  autoescape: 'Nothing is escaped here; remove the tag.',
  trans: 'Translations are not part of prompts; remove the tag.',
};

interface OpenTag {
  readonly name: string;
  readonly token: Token;
}

/**
 * Makes sure that every tag is known and that blocks open and close in pairs.
 *
 * @throws TemplateSyntaxError at the tag; the library's parser would stop without saying where
 */
export function checkTags(tokens: readonly Token[]): void {
  const open: OpenTag[] = [];
  tokens.forEach((token, index) => {
    if (token.type !== 'OpenStatement') return;
    const keyword = tokens[index + 1];
    if (keyword === undefined || keyword.type !== 'Identifier') {
      const place = keyword ?? token;
      throw fault('A tag begins with a word, as in {% if … %}.', place);
    }
    checkTag(keyword, open, isShortSet(tokens, index));
  });
  const last = open.at(-1);
  if (last !== undefined)
    throw fault(`"${last.name}" is never closed.`, last.token, `Add {% ${closingTags[last.name]} %}.`);
}

function checkTag(keyword: Token, open: OpenTag[], isShort: boolean): void {
  const name = keyword.value;
  const innermost = open.at(-1);
  if (Object.hasOwn(closingTags, name)) {
    if (closingTags[name] !== undefined && !(name === 'set' && isShort)) open.push({ name, token: keyword });
    if ((name === 'break' || name === 'continue') && !open.some(tag => tag.name === 'for')) {
      throw fault(`"${name}" stands outside of a loop.`, keyword);
    }
    return;
  }
  if (name === 'else' || name === 'elif') {
    const isFitting = innermost?.name === 'if' || (innermost?.name === 'for' && name === 'else');
    if (!isFitting) throw fault(`"${name}" stands outside of an "if".`, keyword);
    return;
  }
  if (Object.values(closingTags).includes(name)) {
    if (innermost !== undefined && closingTags[innermost.name] === name) open.pop();
    else if (innermost === undefined) throw fault(`"${name}" closes nothing.`, keyword);
    else
      throw fault(
        `"${name}" does not close "${innermost.name}".`,
        keyword,
        `Use {% ${closingTags[innermost.name]} %}.`,
      );
    return;
  }
  throw unknownTag(keyword);
}

function unknownTag(keyword: Token): TemplateSyntaxError {
  const reason = Object.hasOwn(unavailable, keyword.value) ? unavailable[keyword.value] : undefined;
  if (reason !== undefined) return fault(`The tag "${keyword.value}" is not available in prompts.`, keyword, reason);
  const known = [...Object.keys(closingTags), 'elif', 'else', 'raw', ...Object.values(closingTags).filter(isText)];
  return fault(`The tag "${keyword.value}" does not exist.`, keyword, didYouMean(keyword.value, known));
}

/** `{% set a = 1 %}`, in contrast to `{% set a %}…{% endset %}`. */
function isShortSet(tokens: readonly Token[], start: number): boolean {
  for (let at = start; at < tokens.length; at += 1) {
    if (tokens[at]?.type === 'Equals') return true;
    if (tokens[at]?.type === 'CloseStatement') return false;
  }
  return false;
}

function isText(value: string | undefined): value is string {
  return value !== undefined;
}

function fault(message: string, { start, end }: Token, hint?: string): TemplateSyntaxError {
  return new TemplateSyntaxError({ message, start, end, ...(hint !== undefined && { hint }) });
}
