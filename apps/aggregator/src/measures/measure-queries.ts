import type { DossierView } from '@index766/dossier-life';
import type { Measures } from '@index766/index-766';
import type { Instant, Period, UnitCode } from '@index766/kernel';

import type { Ledger } from '../ledger';
import type { MeasureKeeper } from './measure-keeper';
import type { MeasureUnit } from './measure-unit';

/** Reads measures and the views behind them on demand, for any period: from memory where this member owns a partition. */
export class MeasureQueries {
  constructor(
    private readonly keeper: Pick<MeasureKeeper, 'viewsOf' | 'ownedPartitions'>,
    private readonly ledger: Pick<Ledger, 'viewsOfUnits'>,
    private readonly measureUnit: MeasureUnit,
  ) {}

  /** Views of the dossiers that each of these units holds or held. A transferred dossier is found under each of its units. */
  async viewsByUnit(units: readonly UnitCode[]): Promise<ReadonlyMap<UnitCode, readonly DossierView[]>> {
    const elsewhere = await this.ledger.viewsOfUnits(units, this.keeper.ownedPartitions());
    const views = new Map(units.map((unit) => [unit, [...this.keeper.viewsOf(unit)]]));
    for (const view of elsewhere) {
      for (const unit of new Set(view.holders.map((holder) => holder.unit))) views.get(unit)?.push(view);
    }
    return views;
  }

  /** The measures of each of these units itself, without those below it. */
  async ownMeasures(units: readonly UnitCode[], period: Period, evaluatedAt: Instant): Promise<ReadonlyMap<UnitCode, Measures>> {
    const views = await this.viewsByUnit(units);
    return new Map([...views].map(([unit, ofUnit]) => [unit, this.measureUnit(ofUnit, unit, period, evaluatedAt)]));
  }
}
