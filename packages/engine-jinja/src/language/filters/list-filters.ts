import type { JsonValue } from '@mxcp-ts/values';
import {
  attributeOf,
  compare,
  isEqual,
  isMapping,
  isTruthy,
  itemsOf,
  jsonOf,
  numberOf,
  RenderError,
  textOf,
  type Value,
} from '../value.ts';
import type { FilterArguments, FilterDefinition } from './filter-definition.ts';

export const listFilters: Readonly<Record<string, FilterDefinition>> = Object.freeze({
  batch: {
    parameters: ['linecount', 'fill_with'],
    summary: 'lists of a number of items, the last one filled up',
    apply: (value, args) => batch(itemsOf(value), numberOf(args.get('linecount'), '"batch"'), args.get('fill_with')),
  },
  count: { parameters: [], summary: 'the same as `length`', apply: value => itemsOf(value).length },
  d: { parameters: ['default_value', 'boolean'], summary: 'the same as `default`', apply: defaultTo },
  default: {
    parameters: ['default_value', 'boolean'],
    summary: 'another value where there is none; with `boolean` also for null, false, 0 and empty',
    apply: defaultTo,
  },
  dictsort: {
    parameters: ['case_sensitive', 'by', 'reverse'],
    summary: 'the pairs of a mapping, sorted by `key` or `value`',
    apply: (value, args) => {
      const index = args.get('by') === 'value' ? 1 : 0;
      return sort(pairsOf(value), args, pair => (Array.isArray(pair) ? pair[index] : undefined));
    },
  },
  first: { parameters: [], summary: 'the first item', apply: value => itemsOf(value)[0] },
  groupby: {
    parameters: ['attribute', 'default'],
    summary: 'pairs of a value and the items that have it: `{% for state, rows in airports \\| groupby("state") %}`',
    apply: (value, args) => groupBy(itemsOf(value), args),
  },
  items: { parameters: [], summary: 'the pairs of a mapping', apply: value => pairsOf(value) },
  join: {
    parameters: ['d', 'attribute'],
    summary: 'one text, with `d` between the items',
    apply: (value, args) =>
      itemsOf(value)
        .map(by(args))
        .map(textOf)
        .join(textOf(args.get('d'))),
  },
  last: { parameters: [], summary: 'the last item', apply: value => itemsOf(value).at(-1) },
  length: { parameters: [], summary: 'how many items, keys or characters', apply: value => itemsOf(value).length },
  list: { parameters: [], summary: 'a list of the items, keys or characters', apply: value => itemsOf(value) },
  max: {
    parameters: ['case_sensitive', 'attribute'],
    summary: 'the greatest item',
    apply: (value, args) => sort(itemsOf(value), args, by(args)).at(-1),
  },
  min: {
    parameters: ['case_sensitive', 'attribute'],
    summary: 'the least item',
    apply: (value, args) => sort(itemsOf(value), args, by(args))[0],
  },
  reverse: {
    parameters: [],
    summary: 'backwards',
    apply: value => (typeof value === 'string' ? [...value].reverse().join('') : itemsOf(value).toReversed()),
  },
  sort: {
    parameters: ['reverse', 'case_sensitive', 'attribute'],
    summary: 'sorted; texts without regard to case unless `case_sensitive`',
    apply: (value, args) => sort(itemsOf(value), args, by(args)),
  },
  sum: {
    parameters: ['attribute', 'start'],
    summary: 'the items added up',
    apply: (value, args) =>
      itemsOf(value)
        .map(by(args))
        .reduce<number>((total, item) => total + numberOf(item, '"sum"'), numberOf(args.get('start') ?? 0, '"start"')),
  },
  unique: {
    parameters: ['case_sensitive', 'attribute'],
    summary: 'without repetitions',
    apply: (value, args) => {
      const key = (item: JsonValue) => jsonOf(folded(by(args)(item), args));
      const seen = new Set<string>();
      return itemsOf(value).filter(item => !seen.has(key(item)) && seen.add(key(item)));
    },
  },
} satisfies Record<string, FilterDefinition>);

type KeyOf = (item: JsonValue) => Value;

/** What the argument `attribute` picks from an item; the item itself when there is none. */
function by(args: FilterArguments): KeyOf {
  const attribute = args.get('attribute');
  return attribute === undefined || attribute === null ? item => item : item => attributeOf(item, attribute);
}

function defaultTo(value: Value, args: FilterArguments): Value {
  const isMissing = isTruthy(args.get('boolean')) ? !isTruthy(value) : value === undefined;
  return isMissing ? (args.get('default_value') ?? '') : value;
}

function sort(items: readonly JsonValue[], args: FilterArguments, keyOf: KeyOf): JsonValue[] {
  const direction = isTruthy(args.get('reverse')) ? -1 : 1;
  return items.toSorted((a, b) => direction * compare(folded(keyOf(a), args), folded(keyOf(b), args)));
}

function folded(value: Value, args: FilterArguments): Value {
  return typeof value === 'string' && !isTruthy(args.get('case_sensitive')) ? value.toLowerCase() : value;
}

function pairsOf(value: Value): JsonValue[] {
  if (value === undefined) return [];
  if (!isMapping(value)) throw new RenderError('Only a mapping has pairs.');
  return Object.entries(value);
}

function groupBy(items: readonly JsonValue[], args: FilterArguments): JsonValue[] {
  const groups: { readonly key: JsonValue; readonly items: JsonValue[] }[] = [];
  for (const item of items) {
    const key = by(args)(item) ?? args.get('default') ?? null;
    const group = groups.find(candidate => isEqual(candidate.key, key));
    if (group === undefined) groups.push({ key, items: [item] });
    else group.items.push(item);
  }
  return groups.toSorted((a, b) => compare(a.key, b.key)).map(group => [group.key, group.items]);
}

function batch(items: readonly JsonValue[], size: number, filler: Value): JsonValue[] {
  if (!Number.isInteger(size) || size < 1) throw new RenderError('"batch" needs a whole number of items.');
  const lines: JsonValue[][] = [];
  for (let at = 0; at < items.length; at += size) lines.push(items.slice(at, at + size));
  const last = lines.at(-1);
  while (filler !== undefined && filler !== null && last !== undefined && last.length < size) last.push(filler);
  return lines;
}
