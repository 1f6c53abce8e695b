/**
 * The value a scalar stands for where `types` are allowed: `"8000"` is an integer where one is wanted, `yes` a boolean.
 *
 * @returns the value itself when it fits already, or cannot be made to fit
 */
export function coerceScalar(value: unknown, types: readonly string[]): unknown {
  const wanted = types[0];
  if (typeof value === 'string' && wanted !== 'string') {
    if (types.includes('boolean') && wanted === 'boolean') return booleanOf(value) ?? value;
    if (wanted === 'integer') return integerOf(value) ?? value;
    if (wanted === 'number') return numberOf(value) ?? value;
    return value;
  }
  if (typeof value === 'number' && wanted === 'boolean' && (value === 0 || value === 1)) return value === 1;
  if (typeof value === 'boolean' && (wanted === 'integer' || wanted === 'number')) return Number(value);
  return value;
}

const booleans: ReadonlyMap<string, boolean> = new Map([
  ...['true', 'yes', 'on', 't', 'y', '1'].map(text => [text, true] as const),
  ...['false', 'no', 'off', 'f', 'n', '0'].map(text => [text, false] as const),
]);

function booleanOf(text: string): boolean | undefined {
  return booleans.get(text.toLowerCase());
}

function integerOf(text: string): number | undefined {
  const value = /^\s*[-+]?\d+(?:\.0*)?\s*$/.test(text) ? Number(text) : undefined;
  return value !== undefined && Number.isSafeInteger(value) ? value : undefined;
}

function numberOf(text: string): number | undefined {
  const value = /^\s*[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?\s*$/.test(text) ? Number(text) : undefined;
  return value !== undefined && Number.isFinite(value) ? value : undefined;
}
