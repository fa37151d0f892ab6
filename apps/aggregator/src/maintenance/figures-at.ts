import { sumMeasures, type Measures } from '@index766/index-766';
import type { Instant, Period, UnitCode } from '@index766/kernel';

import type { LedgerSubject } from '../ledger';
import { evaluationInstant, type EvaluatedMeasures, type PartialMeasures } from '../measures';
import type { Reference } from '../reference';
import { rolledUpWith, stocksIn } from '../scores';
import type { SourceStores } from './source-stores';

/** The figures of all units at one common instant, made of views that come source by source and partition by partition. */
export class FiguresAt {
  private readonly own = new Map<string, Map<UnitCode, Measures[]>>();

  /** @param now where periods that still run are evaluated */
  constructor(
    private readonly reference: Reference,
    private readonly periods: readonly Period[],
    private readonly now: Instant,
  ) {}

  /** Whole partials of the units that hold or held any of these. Changes nothing here. */
  measure<View>({ source, subject, measureUnitBy }: SourceStores<View>, partition: number, views: readonly View[]): readonly PartialMeasures[] {
    const measureUnit = measureUnitBy(this.reference);
    return [...viewsByUnit(subject, views)].map(([unit, ofUnit]) => {
      const periods = this.periods.map((period): readonly [string, EvaluatedMeasures] => {
        const evaluatedAt = evaluationInstant(period, this.now);
        return [period.name, { evaluatedAt, measures: measureUnit(ofUnit, unit, period, evaluatedAt) }];
      });
      return { unit, source, partition, periods: Object.fromEntries(periods) };
    });
  }

  add(partials: readonly PartialMeasures[]): void {
    for (const { unit, periods } of partials) {
      for (const [period, { measures }] of Object.entries(periods)) {
        const ofPeriod = this.own.get(period) ?? new Map<UnitCode, Measures[]>();
        ofPeriod.set(unit, [...(ofPeriod.get(unit) ?? []), measures]);
        this.own.set(period, ofPeriod);
      }
    }
  }

  /** Rolled up, by `unit|period`. */
  scores(): ReadonlyMap<string, Measures> {
    return new Map(this.periods.flatMap((period) => {
      const own = new Map([...(this.own.get(period.name) ?? [])].map(([unit, parts]) => [unit, sumMeasures(parts)] as const));
      const tree = this.reference.treeOn(period.lastDay);
      const stocks = stocksIn(tree, this.reference, period, evaluationInstant(period, this.now));
      const rolledUp = rolledUpWith(tree, own, stocks, this.reference.reportedFor(period.name));
      return [...rolledUp].map(([unit, measures]) => [`${unit}|${period.name}`, measures] as const);
    }));
  }
}

export function viewsByUnit<View>(
  { unitsOf }: Pick<LedgerSubject<View>, 'unitsOf'>, views: readonly View[],
): ReadonlyMap<UnitCode, readonly View[]> {
  const byUnit = new Map<UnitCode, View[]>();
  for (const view of views) {
    for (const unit of unitsOf(view)) {
      const ofUnit = byUnit.get(unit);
      if (ofUnit === undefined) byUnit.set(unit, [view]);
      else ofUnit.push(view);
    }
  }
  return byUnit;
}
