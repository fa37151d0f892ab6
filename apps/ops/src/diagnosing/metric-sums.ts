const LINE = /^([a-z_][a-z0-9_]*)(?:\{[^}]*\})? (\S+)$/gm;

/** Every series of one exposition text by its name, summed over labels. */
export function sumsOf(exposition: string): ReadonlyMap<string, number> {
  const sums = new Map<string, number>();
  for (const [, name = '', value] of exposition.matchAll(LINE)) sums.set(name, (sums.get(name) ?? 0) + Number(value));
  return sums;
}
