import type { UnitCode } from '@index766/kernel';
import { NO_COUNTS, type Counts } from './counts-by-unit';
import { NO_DOSSIERS, shareCounts, type DossierCounts } from './dossier-counts';
import { sharePetitions, type PetitionCounts } from './petition-counts';
import { shareProcedures, type UnitProcedures } from './procedure-stocks';
import { cut } from './spread';
import type { UnitPlaces } from './unit-places';

/** What is made for one unit below a top. */
export interface UnitPlan {
  /** Null: a balancing unit. */
  readonly unit: UnitCode | null;
  readonly onTime: number;
  readonly dossiers: number;
  readonly counts: DossierCounts;
  readonly petitions: PetitionCounts;
  readonly procedures: UnitProcedures;
}

export interface PlansUnder {
  /** The units of the file, then the balancing units. */
  readonly plans: readonly UnitPlan[];
  /** Indicators of the top that no units could make up. */
  readonly misfits: readonly string[];
}

/** Dossiers of one balancing unit, at most. */
const BALANCING_SIZE = 2_500;

/**
 * Plans the units below a top from all figures: a unit's plan does not depend on which of them a sample makes. Units
 * without a 2.1 have none; balancing units hold what the top's rows have beyond its units.
 */
export function plansUnder(top: UnitCode, byUnit: ReadonlyMap<UnitCode, Counts>, { parents }: UnitPlaces): PlansUnder {
  const own = [...byUnit].flatMap(([unit, rows]) => {
    const progress = rows.get('2.1');
    return parents.get(unit) !== top || progress === undefined ? []
      : [{ unit, rows, onTime: progress.numerator, dossiers: progress.denominator, isBalancing: false }];
  });
  const whole = byUnit.get(top);
  const left = leftBy(own, whole);
  const stated = left === null ? NO_COUNTS : (whole ?? NO_COUNTS);
  const units = [...own, ...balancingParts(left).map((part) => ({ unit: null, rows: NO_COUNTS, isBalancing: true, ...part }))];
  const shared = shareCounts(units, stated);
  const counted = units.map((unit, index) => ({ ...unit, counts: shared.counts[index] ?? NO_DOSSIERS }));
  const petitions = sharePetitions(counted, stated);
  const procedures = shareProcedures(counted, stated);
  const plans = counted.flatMap(({ unit, onTime, dossiers, counts }, index): UnitPlan[] => {
    const [received, used] = [petitions.counts[index], procedures.procedures[index]];
    if (received === undefined || used === undefined) return [];
    const isEmpty = unit === null && dossiers === 0 && received.received === 0 && used.stock.length === 0 && used.paidBeforeReceipt.length === 0;
    return isEmpty ? [] : [{ unit, onTime, dossiers, counts, petitions: received, procedures: used }];
  });
  return { plans, misfits: [...shared.misfits, ...petitions.misfits, ...procedures.misfits] };
}

/** What the top's 2.1 has beyond its units; null without such a row, or if it is impossible. */
function leftBy(units: readonly { readonly onTime: number; readonly dossiers: number }[], whole: Counts | undefined): { onTime: number; dossiers: number } | null {
  const progress = whole?.get('2.1');
  if (progress === undefined) return null;
  const left = units.reduce((rest, unit) => ({ onTime: rest.onTime - unit.onTime, dossiers: rest.dossiers - unit.dossiers }), {
    onTime: progress.numerator, dossiers: progress.denominator,
  });
  return left.onTime < 0 || left.onTime > left.dossiers ? null : left;
}

/** The last one has no dossiers: it holds the sets of procedures, and whatever else needs a place. */
function balancingParts(left: { onTime: number; dossiers: number } | null): readonly { onTime: number; dossiers: number }[] {
  if (left === null) return [];
  const count = Math.ceil(left.dossiers / BALANCING_SIZE);
  const late = left.dossiers - left.onTime;
  const parts = Array.from({ length: count }, (_, index) => {
    const onTime = cut(left.onTime, index + 1, count) - cut(left.onTime, index, count);
    return { onTime, dossiers: onTime + cut(late, index + 1, count) - cut(late, index, count) };
  });
  return [...parts, { onTime: 0, dossiers: 0 }];
}
