import type { UnitCode } from '@index766/kernel';
import { sumMeasures, type Measures } from './measures';
import { placeOf, type UnitTree } from './unit-tree';

/**
 * The measures of every unit of the tree: its own and those of all its descendants, summed (index-766.md §2). Own
 * measures of a closed unit count in its successor, those of an unknown code in the province's reserved unit, which is
 * in the answer only if there are any.
 */
export function rollUp(tree: UnitTree, own: ReadonlyMap<UnitCode, Measures>): ReadonlyMap<UnitCode, Measures> {
  const parts = new Map<UnitCode, Measures[]>([...tree.nodes.keys()].map((code) => [code, []]));
  for (const [unit, measures] of own) {
    for (const code of ancestryOf(tree, placeOf(tree, unit))) {
      const known = parts.get(code);
      if (known === undefined) parts.set(code, [measures]);
      else known.push(measures);
    }
  }
  return new Map([...parts].map(([code, measures]) => [code, sumMeasures(measures)]));
}

/** The unit and all above it. The reserved unit stands below its province without being in the tree. */
function ancestryOf(tree: UnitTree, unit: UnitCode): readonly UnitCode[] {
  const ancestry: UnitCode[] = [unit];
  let above = parentOf(tree, unit);
  while (above !== null) {
    ancestry.push(above);
    above = parentOf(tree, above);
  }
  return ancestry;
}

function parentOf(tree: UnitTree, unit: UnitCode): UnitCode | null {
  const node = tree.nodes.get(unit);
  if (node !== undefined) return node.parent;
  const province = unit.split('.')[0] as UnitCode;
  return province !== unit && tree.nodes.has(province) ? province : null;
}
