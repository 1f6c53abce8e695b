import { isMapping, isTruthy, itemsOf, jsonOf, numberOf, RenderError, textOf, type Value } from '../value.ts';
import type { FilterDefinition } from './filter-definition.ts';
import { formatPrintf } from './format-printf.ts';

/** An author's slip must not print gigabytes. */
const maxWidth = 1000;

export const textFilters: Readonly<Record<string, FilterDefinition>> = Object.freeze({
  capitalize: {
    parameters: [],
    summary: 'first letter large, the others small',
    apply: value => capitalize(textOf(value)),
  },
  center: {
    parameters: ['width'],
    summary: 'spaces on both sides, up to a width (80)',
    apply: (value, args) => center(textOf(value), widthOf(args.get('width'), 80)),
  },
  e: { parameters: [], summary: 'the same as `escape`', apply: value => escapeHtml(textOf(value)) },
  escape: { parameters: [], summary: 'for HTML: `&`, `<`, `>` and quotes', apply: value => escapeHtml(textOf(value)) },
  format: {
    parameters: ['*'],
    summary: 'fills a text: `"%.1f km" \\| format(distance)`; knows `%s %d %i %f %e %x %o %%`',
    apply: (value, args) => formatPrintf(textOf(value), args.rest),
  },
  indent: {
    parameters: ['width', 'first', 'blank'],
    summary: 'spaces (4) before every line but the first and empty ones',
    apply: (value, args) =>
      textOf(value)
        .split('\n')
        .map((line, index) => {
          const isIndented = (index > 0 || isTruthy(args.get('first'))) && (line !== '' || isTruthy(args.get('blank')));
          return isIndented ? ' '.repeat(widthOf(args.get('width'), 4)) + line : line;
        })
        .join('\n'),
  },
  lower: { parameters: [], summary: 'in small letters', apply: value => textOf(value).toLowerCase() },
  replace: {
    parameters: ['old', 'new', 'count'],
    summary: 'every `old` replaced by `new`, or the first `count`',
    apply: (value, args) => replace(textOf(value), textOf(args.get('old')), textOf(args.get('new')), args.get('count')),
  },
  safe: { parameters: [], summary: 'the value itself: nothing is escaped here anyway', apply: value => value },
  string: { parameters: [], summary: 'the text that printing gives', apply: value => textOf(value) },
  striptags: {
    parameters: [],
    summary: 'without HTML tags, white space collapsed',
    apply: value =>
      textOf(value)
        .replace(/<!--[\s\S]*?-->|<[^>]*>/g, '')
        .replace(/\s+/g, ' ')
        .trim(),
  },
  title: {
    parameters: [],
    summary: 'each word with a large first letter',
    apply: value => textOf(value).replace(/[^\s\-({[<]+/g, capitalize),
  },
  tojson: {
    parameters: ['indent'],
    summary: 'JSON, texts in quotes too; on several lines with `indent`',
    apply: (value, args) => {
      const indent = args.get('indent');
      return indent === undefined || indent === null
        ? jsonOf(value)
        : JSON.stringify(value ?? null, null, widthOf(indent, 2));
    },
  },
  trim: {
    parameters: [],
    summary: 'without white space at both ends',
    apply: value => textOf(value).trim(),
  },
  truncate: {
    parameters: ['length', 'killwords', 'end', 'leeway'],
    summary: 'cut to a length (255), between words unless `killwords`, ending in `end` (`...`)',
    apply: (value, args) => {
      const text = textOf(value);
      const length = widthOf(args.get('length'), 255, Number.MAX_SAFE_INTEGER);
      const end = args.get('end') === undefined ? '...' : textOf(args.get('end'));
      const leeway = widthOf(args.get('leeway'), 5);
      if (text.length <= length + leeway) return text;
      const cut = text.slice(0, Math.max(0, length - end.length));
      return (isTruthy(args.get('killwords')) ? cut : cut.replace(/ [^ ]*$/, '')) + end;
    },
  },
  upper: { parameters: [], summary: 'in capitals', apply: value => textOf(value).toUpperCase() },
  urlencode: {
    parameters: [],
    summary: 'for a URL: a text, or the pairs of a mapping as `a=1&b=2`',
    apply: value =>
      isMapping(value)
        ? Object.entries(value)
            .map(pair => pair.map(encodePart).join('='))
            .join('&')
        : encodePath(textOf(value)),
  },
  wordcount: {
    parameters: [],
    summary: 'how many words',
    apply: value => itemsOf(textOf(value).match(/[\p{L}\p{N}_]+/gu) ?? []).length,
  },
} satisfies Record<string, FilterDefinition>);

function capitalize(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1).toLowerCase();
}

function center(text: string, width: number): string {
  const missing = Math.max(0, width - text.length);
  const left = Math.floor(missing / 2);
  return ' '.repeat(left) + text + ' '.repeat(missing - left);
}

function escapeHtml(text: string): string {
  const entities: Readonly<Record<string, string>> = {
    '&': '&amp;',
    '<': '&lt;',
    '>': '&gt;',
    "'": '&#39;',
    '"': '&#34;',
  };
  return text.replace(/[&<>'"]/g, character => entities[character] ?? character);
}

function replace(text: string, old: string, replacement: string, count: Value): string {
  const parts = text.split(old);
  if (count === undefined || count === null) return parts.join(replacement);
  const replaced = Math.min(numberOf(count, '"count"'), parts.length - 1);
  return (
    parts.slice(0, replaced + 1).join(replacement) +
    parts
      .slice(replaced + 1)
      .map(part => old + part)
      .join('')
  );
}

function encodePart(value: Value): string {
  return encodeURIComponent(textOf(value));
}

function encodePath(text: string): string {
  return encodeURIComponent(text).replaceAll('%2F', '/');
}

function widthOf(value: Value, fallback: number, limit: number = maxWidth): number {
  if (value === undefined) return fallback;
  const width = numberOf(value, 'A width');
  if (!Number.isInteger(width) || width < 0 || width > limit)
    throw new RenderError(`A width is a whole number up to ${limit}.`);
  return width;
}
