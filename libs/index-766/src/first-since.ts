/** Where in instants, given in their order, those begin that are not before `instant`. */
export function firstSince(instants: Float64Array, instant: number): number {
  // Its end tells of a list of long ago.
  if ((instants.at(-1) ?? Number.NEGATIVE_INFINITY) < instant) return instants.length;
  let [low, high] = [0, instants.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((instants[middle] ?? Number.POSITIVE_INFINITY) < instant) low = middle + 1;
    else high = middle;
  }
  return low;
}
