/** The one JSON document of a command: strict, indented by two. */
export function printJson(document: unknown): void {
  process.stdout.write(`${JSON.stringify(document, null, 2)}\n`);
}

/** A result for a person. */
export function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

/** Everything else that is meant for a person: never on stdout. */
export function note(text: string): void {
  process.stderr.write(`${text}\n`);
}

/** Tells somebody at a terminal what takes so long, after about a second. The function it gives takes that back. */
export function noteIfSlow(text: string): () => void {
  if (process.stderr.isTTY !== true) return () => {};
  const timer = setTimeout(() => note(text), 1_000);
  return () => clearTimeout(timer);
}

/** Whether a stream wants colour: a terminal, and no NO_COLOR. */
export function wantsColor(stream: NodeJS.WriteStream): boolean {
  return stream.isTTY === true && (process.env['NO_COLOR'] ?? '') === '';
}

/** `1 tool`, `2,000 tools`. */
export function count(number: number, noun: string): string {
  // `toLocaleString` would load all of ICU first, 15 ms for the first number.
  const grouped = String(number).replace(/\B(?=(?:\d{3})+$)/g, ',');
  return `${grouped} ${noun}${number === 1 ? '' : 's'}`;
}
