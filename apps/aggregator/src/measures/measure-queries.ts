import type { Measures } from '@index766/index-766';
import type { Instant, Period, UnitCode } from '@index766/kernel';

import type { Ledger } from '../ledger';
import type { MeasureKeeper } from './measure-keeper';
import type { MeasuredSubject } from './measured-subject';
import type { MeasureUnit } from './measure-unit';

/** Reads measures and the views behind them on demand, for any period: from memory where this member owns a partition. */
export class MeasureQueries<View> {
  constructor(
    private readonly keeper: Pick<MeasureKeeper<View>, 'viewsOf' | 'ownedPartitions'>,
    private readonly ledger: Pick<Ledger<View>, 'viewsOfUnits'>,
    private readonly subject: Pick<MeasuredSubject<View>, 'unitsOf'>,
    private readonly measureUnit: MeasureUnit<View>,
  ) {}

  /** Views of what each of these units holds or held. A transferred dossier is found under each of its units. */
  async viewsByUnit(units: readonly UnitCode[]): Promise<ReadonlyMap<UnitCode, readonly View[]>> {
    const elsewhere = await this.ledger.viewsOfUnits(units, this.keeper.ownedPartitions());
    const views = new Map(units.map((unit) => [unit, [...this.keeper.viewsOf(unit)]]));
    for (const view of elsewhere) {
      for (const unit of this.subject.unitsOf(view)) views.get(unit)?.push(view);
    }
    return views;
  }

  /** The measures of each of these units itself, without those below it. */
  async ownMeasures(units: readonly UnitCode[], period: Period, evaluatedAt: Instant): Promise<ReadonlyMap<UnitCode, Measures>> {
    const views = await this.viewsByUnit(units);
    return new Map([...views].map(([unit, ofUnit]) => [unit, this.measureUnit(ofUnit, unit, period, evaluatedAt)]));
  }
}
