import type { UnitCode } from '@index766/kernel';
import { sumMeasures, type Measures } from './measures';
import { publicationOf, withoutPublication } from './procedure-stocks';
import { withReported, type ReportsOfUnits } from './reported-figures';
import { placeOf, type UnitNode, type UnitTree } from './unit-tree';

/**
 * The measures of every unit of the tree: its own and those of all its descendants, summed and united (index-766.md §2).
 * Own measures of a closed unit count in its successor, those of an unknown code in the province's reserved unit, which
 * is in the answer only if there are any. What a unit reported stands instead of what was counted in it and below it.
 * What a province announced and published shows in every unit below it.
 */
export function rollUp(
  tree: UnitTree, own: ReadonlyMap<UnitCode, Measures>, reported: ReportsOfUnits = new Map(),
): ReadonlyMap<UnitCode, Measures> {
  const parts = new Map<UnitCode, Measures[]>([...tree.nodes.keys()].map((code) => [code, []]));
  for (const [unit, measures] of own) addPart(parts, placeOf(tree, unit), measures);
  const sums = new Map<UnitCode, Measures>();
  for (const code of childrenFirst(tree, parts)) {
    const sum = withReported(sumMeasures(parts.get(code) ?? []), code, reported.get(code));
    const measures = withCommune(sum, tree.nodes.get(code));
    sums.set(code, measures);
    const parent = parentOf(tree, code);
    if (parent !== null) addPart(parts, parent, isPublisher(tree, code) ? measures : { ...measures, sets: withoutPublication(measures.sets) });
  }
  return showPublication(tree, sums);
}

/** Reserved units stand below their province without being in the tree; parents come before children in it. */
function childrenFirst(tree: UnitTree, parts: ReadonlyMap<UnitCode, unknown>): readonly UnitCode[] {
  const reserved = [...parts.keys()].filter((code) => !tree.nodes.has(code));
  return [...reserved, ...[...tree.nodes.keys()].reverse()];
}

function addPart(parts: Map<UnitCode, Measures[]>, code: UnitCode, measures: Measures): void {
  const known = parts.get(code);
  if (known === undefined) parts.set(code, [measures]);
  else known.push(measures);
}

/** Every commune counts among those that may offer certified copies, with data or without. */
function withCommune(measures: Measures, node: UnitNode | undefined): Measures {
  return node?.level === 'COMMUNE' ? { ...measures, sets: { ...measures.sets, communes: [node.code] } } : measures;
}

/** Whether the sets of a unit are shown below it, and not those of its parent in it. */
function isPublisher(tree: UnitTree, code: UnitCode): boolean {
  const parent = parentOf(tree, code);
  return parent === null || tree.nodes.get(parent)?.level === 'COUNTRY';
}

function showPublication(tree: UnitTree, sums: ReadonlyMap<UnitCode, Measures>): ReadonlyMap<UnitCode, Measures> {
  const shown = new Map<UnitCode, Measures>();
  const show = (code: UnitCode): Measures | undefined => {
    const known = shown.get(code);
    const sum = sums.get(code);
    if (known !== undefined || sum === undefined) return known;
    const parent = parentOf(tree, code);
    const inherited = parent === null || isPublisher(tree, code) ? undefined : show(parent);
    const measures = inherited === undefined ? sum
      : { ...sum, sets: { ...withoutPublication(sum.sets), ...publicationOf(inherited.sets) } };
    shown.set(code, measures);
    return measures;
  };
  for (const code of sums.keys()) show(code);
  return new Map([...tree.nodes.keys(), ...sums.keys()].flatMap((code) => {
    const measures = shown.get(code);
    return measures === undefined ? [] : [[code, measures] as const];
  }));
}

function parentOf(tree: UnitTree, unit: UnitCode): UnitCode | null {
  const node = tree.nodes.get(unit);
  if (node !== undefined) return node.parent;
  const province = unit.split('.')[0] as UnitCode;
  return province !== unit && tree.nodes.has(province) ? province : null;
}
