/** The alternatives of exactly these values out of YAML; `Any` for values that Python's `Literal` cannot name. */
export function pythonLiterals(values: readonly unknown[]): readonly string[] {
  const texts = values.filter(value => value !== null).map(literalText);
  if (texts.includes(undefined)) return ['Any'];
  return [
    ...(texts.length > 0 ? [`Literal[${texts.join(', ')}]`] : []),
    ...(texts.length < values.length ? ['None'] : []),
  ];
}

/** A text as Python writes it. */
export function quoted(text: string): string {
  // JSON's escapes mean the same in Python, apart from halves of a pair, which Python has no use for.
  return JSON.stringify(text);
}

function literalText(value: unknown): string | undefined {
  if (typeof value === 'string') return quoted(value);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined;
}
