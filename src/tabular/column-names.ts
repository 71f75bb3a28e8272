/** Given names in order, return them with ` (2)`, ` (3)`, … added to those that came before. */
export function toUniqueNames(names: readonly string[]): string[] {
  const taken = new Set<string>();
  const copies = new Map<string, number>();
  return names.map((name) => {
    let unique = name;
    while (taken.has(unique)) {
      const copy = (copies.get(name) ?? 1) + 1;
      copies.set(name, copy);
      unique = `${name} (${copy})`;
    }
    taken.add(unique);
    return unique;
  });
}

/** Given the keys of a breakdown, return the names of their columns: the key, or `dimension.` + key where a fixed column has that name. */
export function toDimensionNames(keys: readonly string[], fixedNames: ReadonlySet<string>): string[] {
  return toUniqueNames(keys.map((key) => (fixedNames.has(key) ? `dimension.${key}` : key)));
}
