import { setImmediate as breathe } from 'node:timers/promises';
import { holderAt } from '@index766/dossier-life';
import { placeOf, type CaseView, type UnitTree } from '@index766/index-766';
import { periodContaining, type Instant, type UnitCode } from '@index766/kernel';

import type { MeasureKeeper } from '../measures';
import { FLAGGED_FACT_KINDS, type FlaggedFactKind } from './integrity-flags';

export interface ToldFlagsParts {
  readonly cases: Pick<MeasureKeeper<CaseView>, 'ownedViews'>;
  readonly treeToday: () => UnitTree;
  readonly now: () => Instant;
  readonly tell: (labels: { readonly unit: UnitCode; readonly flag: FlaggedFactKind }, count: number) => void;
}

/** Tells how many changes were flagged this week that no reviewer has looked at, by unit: of units that had one since the start. */
export class ToldFlags {
  private toldUnits: ReadonlySet<UnitCode> = new Set();

  constructor(private readonly parts: ToldFlagsParts) {}

  async tell(): Promise<void> {
    const { cases, treeToday, now, tell } = this.parts;
    const at = now();
    const { start } = periodContaining('week', at);
    const tree = treeToday();
    const counts = new Map<UnitCode, Map<FlaggedFactKind, number>>();
    for (const views of cases.ownedViews()) {
      for (const { dossier } of views) {
        const holder = dossier.flags.length === 0 ? null : holderAt(dossier, at);
        if (holder === null) continue;
        for (const { flag, recordedAt, review } of dossier.flags) {
          if (flag === 'correction-at-week-end' || review !== null || recordedAt < start) continue;
          const unit = placeOf(tree, holder);
          const ofUnit = counts.get(unit) ?? new Map<FlaggedFactKind, number>();
          ofUnit.set(flag, (ofUnit.get(flag) ?? 0) + 1);
          counts.set(unit, ofUnit);
        }
      }
      // A partition has some ten thousand views: requests and batches get their turn in between.
      await breathe();
    }
    this.toldUnits = new Set([...this.toldUnits, ...counts.keys()]);
    for (const unit of this.toldUnits) for (const flag of FLAGGED_FACT_KINDS) tell({ unit, flag }, counts.get(unit)?.get(flag) ?? 0);
  }
}
