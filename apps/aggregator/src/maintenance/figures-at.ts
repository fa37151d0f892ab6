import { rollUp, sumMeasures, type Measures } from '@index766/index-766';
import type { DossierView } from '@index766/dossier-life';
import type { Instant, Period, UnitCode } from '@index766/kernel';

import { evaluationInstant, measureUnitBy, unitsOf, type EvaluatedMeasures, type PartialMeasures } from '../measures';
import type { Reference } from '../reference';

/** The figures of all units at one common instant, made of views that come partition by partition. */
export class FiguresAt {
  private readonly own = new Map<string, Map<UnitCode, Measures[]>>();

  /** @param now where periods that still run are evaluated */
  constructor(
    private readonly reference: Reference,
    private readonly periods: readonly Period[],
    private readonly now: Instant,
  ) {}

  /** Whole partials of the units that hold or held any of these dossiers. Changes nothing here. */
  measure(partition: number, views: readonly DossierView[]): readonly PartialMeasures[] {
    const measureUnit = measureUnitBy((unit, day) => this.reference.calendarOf(unit, day));
    return [...viewsByUnit(views)].map(([unit, ofUnit]) => {
      const periods = this.periods.map((period): readonly [string, EvaluatedMeasures] => {
        const evaluatedAt = evaluationInstant(period, this.now);
        return [period.name, { evaluatedAt, measures: measureUnit(ofUnit, unit, period, evaluatedAt) }];
      });
      return { unit, partition, periods: Object.fromEntries(periods) };
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
      const own = [...(this.own.get(period.name) ?? [])].map(([unit, parts]) => [unit, sumMeasures(parts)] as const);
      const rolledUp = rollUp(this.reference.treeOn(period.lastDay), new Map(own));
      return [...rolledUp].map(([unit, measures]) => [`${unit}|${period.name}`, measures] as const);
    }));
  }
}

export function viewsByUnit(views: readonly DossierView[]): ReadonlyMap<UnitCode, readonly DossierView[]> {
  const byUnit = new Map<UnitCode, DossierView[]>();
  for (const view of views) {
    for (const unit of unitsOf(view)) {
      const ofUnit = byUnit.get(unit);
      if (ofUnit === undefined) byUnit.set(unit, [view]);
      else ofUnit.push(view);
    }
  }
  return byUnit;
}
