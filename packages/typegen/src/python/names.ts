/** Gives out names that no other has; a name that is taken gets a number. */
export class NameGiver {
  readonly #taken: Set<string>;

  constructor(reserved: Iterable<string>) {
    this.#taken = new Set(reserved);
  }

  /** @param suffixes - the name must be free with each of them; `''` is the name itself */
  give(wanted: string, suffixes: readonly string[] = ['']): string {
    let name = wanted;
    for (let number = 2; suffixes.some(suffix => this.#taken.has(name + suffix)); number += 1) name = wanted + number;
    for (const suffix of suffixes) this.#taken.add(name + suffix);
    return name;
  }
}

/** `day_report` as a class is called: `DayReport`; `flights://airports/{code}`: `FlightsAirportsCode`. */
export function className(name: string): string {
  const words = name.split(/[^A-Za-z0-9]+/).filter(word => word !== '');
  const joined = words.map(word => word.charAt(0).toUpperCase() + word.slice(1)).join('');
  return /^[A-Za-z]/.test(joined) ? joined : `X${joined}`;
}

const keywords: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from global ' +
    'if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

/** Whether a name can be a parameter. */
export function isPythonName(name: string): boolean {
  return /^[A-Za-z_]\w*$/.test(name) && !keywords.has(name);
}

const usedInAnnotations: ReadonlySet<string> = new Set(['str', 'int', 'float', 'bool', 'list', 'dict', '_dt']);

/**
 * Whether a name can be a field in the body of a class: two leading underscores would be mangled there, and after a field
 * `list` type checkers take `list` for the field.
 */
export function isFieldName(name: string): boolean {
  return isPythonName(name) && !name.startsWith('__') && !usedInAnnotations.has(name);
}
