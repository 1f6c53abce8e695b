/** A JSDoc comment of a text, line by line; nothing for an empty one. */
export function comment(text: string | undefined, indent: string): readonly string[] {
  const lines = (text ?? '').trim().replaceAll('*/', '*\\/').split(/\s*\n/);
  if (lines.length === 1) return lines[0] === '' ? [] : [`${indent}/** ${lines[0]} */`];
  return [`${indent}/**`, ...lines.map(line => `${indent} * ${line}`.trimEnd()), `${indent} */`];
}
