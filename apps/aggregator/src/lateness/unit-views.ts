import { holderIn, type DossierView } from '@index766/dossier-life';
import { placeOf, type CaseView } from '@index766/index-766';
import { refused, ok, type Instant, type Period, type Result, type UnitCode } from '@index766/kernel';

import { perspectiveOn, type MeasureQueries, type PartialMeasuresStore } from '../measures';
import type { Reference } from '../reference';
import { countsIn, unitIn } from '../scores';

export interface UnitViewsOptions {
  readonly measures: MeasureQueries<CaseView>;
  readonly partials: Pick<PartialMeasuresStore, 'units'>;
  readonly reference: Reference;
  readonly now: () => Instant;
}

/** The dossiers that a unit and all below it hold at T, each once. */
export interface HeldViews {
  readonly evaluatedAt: Instant;
  readonly views: readonly DossierView[];
  /** As it was known at K. */
  readonly reference: Reference;
}

/** Finds the dossiers behind the figures of a unit and period. */
export class UnitViews {
  constructor(private readonly options: UnitViewsOptions) {}

  /**
   * Refuses UNIT.UNKNOWN.
   *
   * @param which `listed`: without those of balancing units, which appear in no list (index-766.md §7); `own`: of the unit alone, without
   * what is below it
   * @param knownBy K; null: as it is known now
   */
  async heldBy(unit: UnitCode, period: Period, which: 'all' | 'listed' | 'own', knownBy: Instant | null = null): Promise<Result<HeldViews>> {
    const { evaluatedAt, reference } = perspectiveOn(period, this.options.now(), this.options.reference, knownBy);
    const tree = reference.treeOn(period.lastDay);
    if (unitIn(tree, unit) === undefined) {
      return refused('UNIT.UNKNOWN', 'the catalog has no such unit on the last day of the period', 'unit');
    }
    const within = (await this.options.partials.units()).filter((code) => (which === 'own'
      ? placeOf(tree, code) === unit
      : countsIn(tree, code).includes(unit) && (which === 'all' || tree.nodes.get(placeOf(tree, code))?.level !== 'BALANCE')));
    const views: DossierView[] = [];
    for await (const [code, ofUnit] of this.options.measures.viewsOf(within, knownBy)) {
      for (const { dossier } of ofUnit) if (holderIn(dossier, period, evaluatedAt) === code) views.push(dossier);
    }
    return ok({ evaluatedAt, views, reference });
  }
}
