import { chainOf, placeOf, type UnitTree } from '@index766/index-766';
import type { UnitCode } from '@index766/kernel';

/**
 * The units in which a dossier of `unit` counts, from the nearest up: where it stands in the tree and all above. An
 * unknown code counts in the reserved unit of its province and above that.
 */
export function countsIn(tree: UnitTree, unit: UnitCode): readonly UnitCode[] {
  const place = placeOf(tree, unit);
  if (tree.nodes.has(place)) return chainOf(tree, place);
  return [place, ...chainOf(tree, provincePart(unit))];
}

/** Names whoever merges the figures of a unit: its province or ministry, else the part of its code that would be one. */
export function rootOf(tree: UnitTree, unit: UnitCode): UnitCode {
  const root = countsIn(tree, unit).find((code) => {
    const level = tree.nodes.get(code)?.level;
    return level === 'PROVINCE' || level === 'MINISTRY';
  });
  return root ?? provincePart(unit);
}

function provincePart(unit: UnitCode): UnitCode {
  return (unit.split('.')[0] ?? unit) as UnitCode;
}
