/** How much of a total one of several may take. */
export interface Room {
  readonly least: number;
  readonly most: number;
}

/**
 * Parts of a total, each within its room and in proportion to it; null if the total does not fit. Cuts are made in the
 * running totals, so that the parts add up and none is more than its room.
 */
export function spread(total: number, rooms: readonly Room[]): readonly number[] | null {
  const least = rooms.reduce((sum, room) => sum + room.least, 0);
  const room = rooms.reduce((sum, { least: low, most }) => sum + most - low, 0);
  if (total < least || total - least > room) return null;
  let [before, passed] = [0, 0];
  return rooms.map(({ least: low, most }) => {
    passed += most - low;
    const upTo = cut(total - least, passed, room);
    const part = low + upTo - before;
    before = upTo;
    return part;
  });
}

/** The part of `total` that falls to `part` of `whole`, rounded down. */
export function cut(total: number, part: number, whole: number): number {
  return whole === 0 ? 0 : Math.floor((total * part) / whole);
}

/** A share of what a unit may have, where nothing is published. */
export function usualPart({ least, most }: Room, share: number): number {
  return Math.min(most, Math.max(least, Math.round(most * share)));
}
