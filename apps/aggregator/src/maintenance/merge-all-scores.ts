import type { Period, UnitCode } from '@index766/kernel';

import type { PartialMeasuresStore } from '../measures';
import type { Reference } from '../reference';
import { ScoreKeeper, TELLS_NOBODY, rootOf } from '../scores';
import type { GenerationStores } from './generation-stores';

/** Merges every unit, as marks would have it done. */
export async function mergeAllScores(stores: GenerationStores, periods: readonly Period[]): Promise<void> {
  const reference = await stores.readReference();
  const keeper = new ScoreKeeper({
    partials: stores.partials, scores: stores.scores, catalog: reference, periods: () => periods.map(({ name }) => name),
    now: () => stores.database.now(), latest: TELLS_NOBODY,
  });
  const units = await unitsToMerge(stores.partials, reference, periods);
  for (const [root, ofRoot] of unitsByRoot(units, (unit) => periods.map(({ lastDay }) => rootOf(reference.treeOn(lastDay), unit)))) {
    await keeper.merge(root, ofRoot);
  }
}

/** Units that have partials, and all of the tree: they have figures though they have no dossier. */
export async function unitsToMerge(
  partials: Pick<PartialMeasuresStore, 'units'>, reference: Reference, periods: readonly Period[],
): Promise<readonly UnitCode[]> {
  const units = new Set(await partials.units());
  for (const { lastDay } of periods) for (const unit of reference.treeOn(lastDay).nodes.keys()) units.add(unit);
  return [...units];
}

/** A unit that belonged to different roots over the periods is merged under each. */
export function unitsByRoot(
  units: readonly UnitCode[], rootsOf: (unit: UnitCode) => readonly UnitCode[],
): ReadonlyMap<UnitCode, readonly UnitCode[]> {
  const byRoot = new Map<UnitCode, UnitCode[]>();
  for (const unit of units) {
    for (const root of new Set(rootsOf(unit))) byRoot.set(root, [...(byRoot.get(root) ?? []), unit]);
  }
  return byRoot;
}
