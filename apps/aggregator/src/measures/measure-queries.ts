import type { Measures } from '@index766/index-766';
import type { UnitCode } from '@index766/kernel';

import type { Ledger } from '../ledger';
import type { Reference } from '../reference';
import type { MeasureKeeper } from './measure-keeper';
import type { MeasuredSubject } from './measured-subject';
import type { MeasureUnit } from './measure-unit';
import type { Perspective } from './perspective';

export interface MeasureQueriesOptions<View> {
  readonly keeper: Pick<MeasureKeeper<View>, 'viewsOf' | 'ownedPartitions'>;
  readonly ledger: Pick<Ledger<View>, 'viewsOfUnits' | 'viewsKnownBy'>;
  readonly subject: Pick<MeasuredSubject<View>, 'unitsOf'>;
  readonly measureUnitBy: (reference: Reference) => MeasureUnit<View>;
}

/**
 * Reads measures of one source and the views behind them on demand, for any period: from memory where this member owns a
 * partition, and for what was known at K from the facts.
 */
export class MeasureQueries<View> {
  constructor(private readonly options: MeasureQueriesOptions<View>) {}

  /** Views of what each of these units holds or held. A transferred dossier is found under each of its units. */
  async viewsByUnit(units: readonly UnitCode[]): Promise<ReadonlyMap<UnitCode, readonly View[]>> {
    const { keeper, ledger, subject } = this.options;
    const elsewhere = await ledger.viewsOfUnits(units, keeper.ownedPartitions());
    const views = new Map(units.map((unit) => [unit, [...keeper.viewsOf(unit)]]));
    for (const view of elsewhere) {
      for (const unit of subject.unitsOf(view)) views.get(unit)?.push(view);
    }
    return views;
  }

  /** As `viewsByUnit`, as it is known now or was known at K; at K one unit after another, so that one is in memory. */
  async *viewsOf(units: readonly UnitCode[], knownBy: Perspective['knownBy']): AsyncIterable<readonly [UnitCode, readonly View[]]> {
    if (knownBy === null) {
      yield* await this.viewsByUnit(units);
      return;
    }
    for (const unit of units) yield [unit, await this.options.ledger.viewsKnownBy(unit, knownBy)];
  }

  /** The measures of each of these units itself, without those below it. */
  async ownMeasures(
    units: readonly UnitCode[], { period, evaluatedAt, knownBy, reference }: Perspective,
  ): Promise<ReadonlyMap<UnitCode, Measures>> {
    const measureUnit = this.options.measureUnitBy(reference);
    const own = new Map<UnitCode, Measures>();
    for await (const [unit, views] of this.viewsOf(units, knownBy)) own.set(unit, measureUnit(views, unit, period, evaluatedAt));
    return own;
  }
}
