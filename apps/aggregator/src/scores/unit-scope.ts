import { chainOf, placeOf, unknownUnitOf, type UnitNode, type UnitTree } from '@index766/index-766';
import { compareText, type UnitCode } from '@index766/kernel';

import { codeRootOf } from '../ledger';

/**
 * The units in which a dossier of `unit` counts, from the nearest up: where it stands in the tree and all above. An
 * unknown code counts in the reserved unit of its province and above that.
 */
export function countsIn(tree: UnitTree, unit: UnitCode): readonly UnitCode[] {
  const place = placeOf(tree, unit);
  if (tree.nodes.has(place)) return chainOf(tree, place);
  return [place, ...chainOf(tree, provincePart(unit))];
}

/** A unit of the tree, or the reserved unit of a province in it (index-766.md §2), which stands in no tree. */
export function unitIn(tree: UnitTree, unit: UnitCode): UnitNode | undefined {
  const province = provincePart(unit);
  const isReserved = unit === unknownUnitOf(province) && tree.nodes.has(province);
  const reserved: UnitNode = { code: unit, name: 'Đơn vị chưa xác định / Unknown units', level: 'UNKNOWN', parent: province };
  return tree.nodes.get(unit) ?? (isReserved ? reserved : undefined);
}

/** Names whoever merges the figures of a unit: its province or ministry, else the part of its code that would be one. */
export function rootOf(tree: UnitTree, unit: UnitCode): UnitCode {
  const root = countsIn(tree, unit).find((code) => {
    const level = tree.nodes.get(code)?.level;
    return level === 'PROVINCE' || level === 'MINISTRY';
  });
  return root ?? provincePart(unit);
}

/** Everybody who merges figures of a unit: over the periods it may have belonged to different roots. */
export function rootsIn(trees: Iterable<UnitTree>, unit: UnitCode): readonly UnitCode[] {
  return [...new Set([...trees].map((tree) => rootOf(tree, unit)))];
}

/**
 * Roots of the codes of all that counts in a province: a unit that moved there has a code of the province that it came from, and so
 * may have a closed one whose dossiers a unit of this one took over.
 */
export function codeRootsWithin(tree: UnitTree, province: UnitCode): readonly string[] {
  const units = [...tree.nodes.keys(), ...tree.successors.keys()].filter((unit) => countsIn(tree, unit).includes(province));
  return [...new Set([codeRootOf(province), ...units.map(codeRootOf)])].sort(compareText);
}

function provincePart(unit: UnitCode): UnitCode {
  return codeRootOf(unit) as UnitCode;
}
