/** A generator of numbers in [0, 1) that a seed determines (mulberry32). */
export function seededNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** The items in an order that the generator determines. */
export function shuffled<T>(items: readonly T[], next: () => number): T[] {
  return items.map((item) => ({ item, place: next() })).sort((a, b) => a.place - b.place).map(({ item }) => item);
}

/** Two lists as one; each keeps its own order. */
export function interleaved<T>(some: readonly T[], others: readonly T[], next: () => number): T[] {
  const from = shuffled([...some.map(() => true), ...others.map(() => false)], next);
  const [one, other] = [some.values(), others.values()];
  return from.flatMap((isOne) => {
    const taken = isOne ? one.next() : other.next();
    return taken.done === true ? [] : [taken.value];
  });
}
