import type { JsonValue } from '@mxcp-ts/values';
import { tests } from '../tests.ts';
import { attributeOf, isTruthy, itemsOf, RenderError, textOf, type Value } from '../value.ts';
import { bindArguments, type FilterDefinition } from './filter-definition.ts';

/** The filters that take the name of another filter or test. `filters` are those that `map` may name. */
export function choosingFilters(
  filters: Readonly<Record<string, FilterDefinition>>,
): Readonly<Record<string, FilterDefinition>> {
  return Object.freeze({
    map: {
      parameters: ['*', 'attribute', 'default'],
      summary: 'an attribute of each item, `map(attribute="city")`, or a filter on each, `map("upper")`',
      apply: (value, args) => {
        const attribute = args.get('attribute');
        if (attribute === undefined) return itemsOf(value).map(item => applyNamed(filters, item, args.rest) ?? null);
        return itemsOf(value).map(item => attributeOf(item, attribute) ?? args.get('default') ?? null);
      },
    },
    select: choosing('the items for which a test holds: `select("odd")`', true, (item, rest) => passes(item, rest)),
    reject: choosing('the items for which a test does not hold', false, (item, rest) => passes(item, rest)),
    selectattr: choosing(
      'the items whose attribute passes a test: `selectattr("delay", "gt", 60)`',
      true,
      attributePasses,
    ),
    rejectattr: choosing('the items whose attribute does not pass a test', false, attributePasses),
  } satisfies Record<string, FilterDefinition>);
}

type Choice = (item: JsonValue, rest: readonly Value[]) => boolean;

function choosing(summary: string, isWanted: boolean, choice: Choice): FilterDefinition {
  return {
    parameters: ['*'],
    summary,
    apply: (value, args) => itemsOf(value).filter(item => choice(item, args.rest) === isWanted),
  };
}

function attributePasses(item: JsonValue, [attribute, ...rest]: readonly Value[]): boolean {
  return passes(attributeOf(item, attribute), rest);
}

/** Without the name of a test: whether the value counts as true. */
function passes(value: Value, [name, argument]: readonly Value[]): boolean {
  if (name === undefined) return isTruthy(value);
  const test = findOwn(tests, textOf(name));
  if (test === undefined) throw new RenderError(`There is no test "${textOf(name)}".`);
  return test.holds(value, argument);
}

function applyNamed(
  filters: Readonly<Record<string, FilterDefinition>>,
  value: JsonValue,
  [name, ...positional]: readonly Value[],
): Value {
  const filter = findOwn(filters, textOf(name));
  if (filter === undefined) throw new RenderError(`There is no filter "${textOf(name)}" for "map".`);
  return filter.apply(value, bindArguments(textOf(name), filter, positional, {}));
}

function findOwn<T>(table: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(table, name) ? table[name] : undefined;
}
