import type { UriTemplate } from '../definition.ts';
import type { TemplatePart } from './parse-uri-template.ts';

/**
 * Compiles a parsed template for matching.
 *
 * A variable takes as little as the text behind it allows: where another variable follows in the same segment, its
 * value does not hold the text between the two. Values are percent-decoded; those of a query may be missing.
 */
export function compileUriTemplate(text: string, parts: readonly TemplatePart[]): UriTemplate {
  const captures: Capture[] = [];
  const source = parts.map((part, index) => expressionOf(part, parts.slice(index + 1), captures)).join('');
  const pattern = new RegExp(`^${source}$`, 'u');
  const variables = parts.flatMap(part => (part.kind === 'expression' ? part.variables.map(({ name }) => name) : []));
  return Object.freeze({
    text,
    variables: Object.freeze(variables),
    match(uri: string) {
      const found = pattern.exec(uri);
      if (found === null) return undefined;
      const values: Record<string, string> = Object.create(null);
      const isMatch = captures.every((capture, index) => capture(found[index + 1] ?? '', values));
      return isMatch ? { ...values } : undefined;
    },
  });
}

/** Puts what was captured into `values`; false when it cannot be decoded or is not as the template has it. */
type Capture = (captured: string, values: Record<string, string>) => boolean;

function expressionOf(part: TemplatePart, rest: readonly TemplatePart[], captures: Capture[]): string {
  if (part.kind === 'literal') return literalPattern(part.text);
  const names = part.variables.map(({ name }) => name);
  switch (part.operator) {
    case '?':
    case '&':
      captures.push(queryCapture(names));
      return part.operator === '?' ? '(?:\\?([^#]*))?' : '((?:&[^#]*)?)';
    case ';':
      captures.push(...names.map(namedCapture));
      return names.map(name => `;${escapeText(name)}(=[^/?#;]*)?`).join('');
    case '+':
    case '#':
      captures.push(...names.map(valueCapture));
      return part.operator === '#' ? '#(.*)' : '(.+)';
    case '.':
    case '/':
      captures.push(...names.map(valueCapture));
      return listPattern(names.length, escapeText(part.operator), rest, escapeText(part.operator));
    case '':
      captures.push(...names.map(valueCapture));
      return listPattern(names.length, ',', rest, '');
  }
}

function listPattern(count: number, separator: string, rest: readonly TemplatePart[], prefix: string): string {
  const inner = `((?:(?!${separator})[^/?#])+)`;
  const last = `(${valuePattern(rest)})`;
  return prefix + [...Array.from({ length: count - 1 }, () => inner), last].join(separator);
}

/** One value; it stops before the text that parts it from the next variable of the same segment. */
function valuePattern(rest: readonly TemplatePart[]): string {
  const [next, afterNext] = rest;
  const boundary =
    next?.kind === 'literal' && afterNext?.kind === 'expression' && !/[/?#]/.test(next.text)
      ? literalPattern(next.text)
      : next?.kind === 'expression' && (next.operator === '.' || next.operator === ';')
        ? escapeText(next.operator)
        : undefined;
  return boundary === undefined ? '[^/?#]+' : `(?:(?!${boundary})[^/?#])+`;
}

function valueCapture(name: string): Capture {
  return (captured, values) => {
    const value = decode(captured);
    if (value === undefined) return false;
    values[name] = value;
    return true;
  };
}

function namedCapture(name: string): Capture {
  const put = valueCapture(name);
  return (captured, values) => put(captured.slice(1), values);
}

/** The variables of a query in any order, each at most once and no others. */
function queryCapture(names: readonly string[]): Capture {
  return (captured, values) => {
    for (const pair of captured.split('&').filter(text => text !== '')) {
      const equals = pair.indexOf('=');
      const name = decode(equals === -1 ? pair : pair.slice(0, equals));
      const value = decode(equals === -1 ? '' : pair.slice(equals + 1));
      if (name === undefined || value === undefined || !names.includes(name) || name in values) return false;
      values[name] = value;
    }
    return true;
  };
}

/** Text of a template; what a URI cannot hold as it is may come percent-encoded. */
function literalPattern(text: string): string {
  return Array.from(text, char => {
    if (/[A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/.test(char)) return escapeText(char);
    const encoded = encodeURIComponent(char).replace(/[A-F]/g, digit => `[${digit}${digit.toLowerCase()}]`);
    return `(?:${escapeText(char)}|${encoded})`;
  }).join('');
}

function escapeText(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
}

function decode(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
