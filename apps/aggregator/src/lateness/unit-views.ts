import { holderIn, type DossierView } from '@index766/dossier-life';
import { placeOf, type CaseView, type UnitTree } from '@index766/index-766';
import { refused, ok, type Instant, type LocalDay, type Period, type Result, type UnitCode } from '@index766/kernel';

import { evaluationInstant, type MeasureQueries, type PartialMeasuresStore } from '../measures';
import { countsIn, unitIn } from '../scores';

export interface UnitViewsOptions {
  readonly measures: MeasureQueries<CaseView>;
  readonly partials: Pick<PartialMeasuresStore, 'units'>;
  readonly treeOn: (day: LocalDay) => UnitTree;
  readonly now: () => Instant;
}

/** The dossiers that a unit and all below it hold at T, each once. */
export interface HeldViews {
  readonly evaluatedAt: Instant;
  readonly views: readonly DossierView[];
}

/** Finds the dossiers behind the figures of a unit and period. */
export class UnitViews {
  constructor(private readonly options: UnitViewsOptions) {}

  /**
   * Refuses UNIT.UNKNOWN.
   *
   * @param which `listed`: without those of balancing units, which appear in no list (index-766.md §7).
   */
  async heldBy(unit: UnitCode, period: Period, which: 'all' | 'listed'): Promise<Result<HeldViews>> {
    const tree = this.options.treeOn(period.lastDay);
    if (unitIn(tree, unit) === undefined) {
      return refused('UNIT.UNKNOWN', 'the catalog has no such unit on the last day of the period', 'unit');
    }
    const evaluatedAt = evaluationInstant(period, this.options.now());
    const within = (await this.options.partials.units()).filter((code) =>
      countsIn(tree, code).includes(unit) && (which === 'all' || tree.nodes.get(placeOf(tree, code))?.level !== 'BALANCE'));
    const byUnit = await this.options.measures.viewsByUnit(within);
    const views = [...byUnit].flatMap(([code, ofUnit]) =>
      ofUnit.map(({ dossier }) => dossier).filter((view) => holderIn(view, period, evaluatedAt) === code));
    return ok({ evaluatedAt, views });
  }
}
