/** The parameters of a secret, as the user config has them. Printing it shows no values; `JSON.stringify` gives them. */
export type Secret = Readonly<Record<string, unknown>>;

/** A copy that `console.log` and errors show with its names only, on every level. */
export function secretOf(value: unknown): Secret {
  return isMapping(value) ? asPrinted(value) : {};
}

function asPrinted<T extends object>(value: T): T {
  const entries = Object.entries(value).map(([name, inner]) => [name, isContainer(inner) ? asPrinted(inner) : inner]);
  const copy = Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
  return Object.freeze(Object.defineProperty(copy, inspectSymbol, { value: () => masked(value) }));
}

const inspectSymbol = Symbol.for('nodejs.util.inspect.custom');

function masked(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(masked);
  if (!isContainer(value)) return '****';
  return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, masked(inner)]));
}

function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return isContainer(value) && !Array.isArray(value);
}

function isContainer(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
