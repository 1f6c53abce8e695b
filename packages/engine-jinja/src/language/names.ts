/** What every template can use without declaring it. */
export const globalNames: readonly string[] = Object.freeze([
  'true',
  'false',
  'none',
  'True',
  'False',
  'None',
  'range',
  'namespace',
]);

/** What can be called on a value: `"a,b".split(",")`, `row.items()`. */
export const methodNames: readonly string[] = Object.freeze([
  'capitalize',
  'endswith',
  'get',
  'items',
  'keys',
  'lower',
  'lstrip',
  'replace',
  'rstrip',
  'split',
  'startswith',
  'strip',
  'title',
  'upper',
  'values',
]);

/** Methods that do what a filter of the same name does. */
export const methodsLikeFilters: readonly string[] = Object.freeze(['capitalize', 'lower', 'title', 'upper']);
