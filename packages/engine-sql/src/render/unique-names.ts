/** Column names with every repetition made unique: `a, a, b` gives `a, a_1, b`. */
export function uniqueNames(names: readonly string[]): string[] {
  const taken = new Set(names);
  const seen = new Set<string>();
  return names.map(name => {
    if (!seen.has(name)) {
      seen.add(name);
      return name;
    }
    let suffix = 1;
    while (taken.has(`${name}_${suffix}`)) suffix += 1;
    const unique = `${name}_${suffix}`;
    taken.add(unique);
    return unique;
  });
}
