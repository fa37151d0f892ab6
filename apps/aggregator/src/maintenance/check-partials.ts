import { parsePeriod, type Instant, type Period, type UnitCode } from '@index766/kernel';

import { evaluationInstant, partialId, type EvaluatedMeasures, type FencedPartial, type PartialMeasures } from '../measures';
import type { Reference } from '../reference';
import type { Suspect, Suspects } from './difference';
import { viewsByUnit } from './figures-at';
import { firstDifference } from './first-difference';
import type { SourceStores } from './source-stores';

export interface PartialCheck<View> {
  readonly stores: SourceStores<View>;
  readonly partition: number;
  readonly reference: Reference;
  readonly views: readonly View[];
  readonly stored: readonly FencedPartial[];
  /** For units that have something and no partial. */
  readonly periods: readonly Period[];
  readonly now: Instant;
  /** This unit or this period alone. */
  readonly unit?: UnitCode | undefined;
  readonly period?: string | undefined;
}

export interface CheckedPartials {
  readonly suspects: Suspects;
  /** What should be stored, by `unit|source|partition`, of the suspects. */
  readonly fresh: ReadonlyMap<string, FencedPartial>;
}

/**
 * Measures every unit of a partition anew, each period at the instant at which what is stored was evaluated: a figure is a
 * function of views, reference and that instant, so that nothing but an error makes a difference.
 */
export function checkPartials<View>(
  { stores: { source, subject, measureUnitBy }, partition, reference, views, stored, periods, now, unit, period }: PartialCheck<View>,
): CheckedPartials {
  const byUnit = viewsByUnit(subject, views);
  const measureUnit = measureUnitBy(reference);
  const storedByUnit = new Map(stored.map((each) => [each.partial.unit, each]));
  const units = unit === undefined ? new Set([...byUnit.keys(), ...storedByUnit.keys()]) : new Set([unit]);
  const suspects = new Map<string, Suspect>();
  const fresh = new Map<string, FencedPartial>();
  for (const of of units) {
    const known = storedByUnit.get(of);
    const ofUnit = byUnit.get(of) ?? [];
    if (known === undefined && ofUnit.length === 0) continue;
    const evaluated = known === undefined ? newlyEvaluated(periods, now) : evaluatedAsStored(known.partial);
    const measured = Object.fromEntries(evaluated.map(([each, evaluatedAt]): [string, EvaluatedMeasures] =>
      [each.name, { evaluatedAt, measures: measureUnit(ofUnit, of, each, evaluatedAt) }]));
    const field = known === undefined ? 'document' : firstDifferingPeriod(known.partial, measured, period);
    if (field === undefined) continue;
    const partial: PartialMeasures = { unit: of, source, partition, periods: measured };
    const id = partialId(partial);
    fresh.set(id, { rev: known?.rev ?? 0, partial });
    suspects.set(id, { stamp: String(known?.rev ?? 0), difference: { subject: 'partial', id, field } });
  }
  return { suspects, fresh };
}

function newlyEvaluated(periods: readonly Period[], now: Instant): readonly (readonly [Period, Instant])[] {
  return periods.map((period) => [period, evaluationInstant(period, now)]);
}

function evaluatedAsStored({ periods }: PartialMeasures): readonly (readonly [Period, Instant])[] {
  return Object.entries(periods).flatMap(([name, { evaluatedAt }]) => {
    const period = parsePeriod(name);
    return period.ok ? [[period.value, evaluatedAt] as const] : [];
  });
}

function firstDifferingPeriod(
  { periods }: PartialMeasures, measured: Readonly<Record<string, EvaluatedMeasures>>, only: string | undefined,
): string | undefined {
  for (const name of Object.keys(periods)) {
    if (only !== undefined && name !== only) continue;
    const field = firstDifference(periods[name], measured[name]);
    if (field !== undefined) return `${name}: ${field}`;
  }
  return undefined;
}
