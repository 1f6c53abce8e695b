/** Deeper than people nest; below it lies a cycle or something that deserves the careful way. */
const maxDepth = 100;

/** Whether `JSON.stringify` alone gives what the author means: no bigint, Map, Date, class with `toJSON`, function, cycle. */
export function isPlain(value: unknown, depth = 0): boolean {
  switch (typeof value) {
    case 'string':
    case 'number':
    case 'boolean':
    case 'undefined':
      return true;
    case 'object':
      return value === null || (depth < maxDepth && isPlainObject(value, depth + 1));
    default:
      return false;
  }
}

function isPlainObject(value: object, depth: number): boolean {
  if (Array.isArray(value)) {
    for (const item of value) if (!isPlain(item, depth)) return false;
    return !('toJSON' in value);
  }
  const prototype = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) return false;
  // Own and inherited alike: an enumerable `toJSON` is a function, and functions are not plain.
  for (const key in value) if (!isPlain((value as Record<string, unknown>)[key], depth)) return false;
  return !('toJSON' in value);
}
