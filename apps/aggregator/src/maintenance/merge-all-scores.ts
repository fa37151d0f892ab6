import type { Period, UnitCode } from '@index766/kernel';

import { ScoreKeeper, rootOf } from '../scores';
import type { GenerationStores } from './generation-stores';

/** Merges every unit that has partials and all above it, as marks would have it done. */
export async function mergeAllScores(stores: GenerationStores, periods: readonly Period[]): Promise<void> {
  const reference = await stores.readReference();
  const treeOn = reference.treeOn.bind(reference);
  const keeper = new ScoreKeeper({ partials: stores.partials, scores: stores.scores, treeOn, periods: () => periods.map(({ name }) => name) });
  for (const [root, units] of unitsByRoot(await stores.partials.units(), (unit) => periods.map(({ lastDay }) => rootOf(treeOn(lastDay), unit)))) {
    await keeper.merge(root, units);
  }
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
