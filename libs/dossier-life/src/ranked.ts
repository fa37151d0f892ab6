/** Competition ranking: equal entries share a rank, the next one counts all before it (1, 2, 2, 4). Sorts a copy. */
export function ranked<Entry>(
  entries: readonly Entry[], compare: (a: Entry, b: Entry) => number, breakTie: (a: Entry, b: Entry) => number,
): readonly { readonly rank: number; readonly entry: Entry }[] {
  const sorted = [...entries].sort((a, b) => compare(a, b) || breakTie(a, b));
  let rank = 0;
  return sorted.map((entry, index) => {
    const before = sorted[index - 1];
    if (before === undefined || compare(before, entry) !== 0) rank = index + 1;
    return { rank, entry };
  });
}
