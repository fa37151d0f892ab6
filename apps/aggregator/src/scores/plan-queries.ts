import { findPlan, planProgress, type Plan, type TargetProgress } from '@index766/index-766';
import { ok, parsePeriod, refused, type Instant, type Result, type UnitCode } from '@index766/kernel';

import type { Reference } from '../reference';
import type { ScoreQueries, UnitFigures } from './score-queries';

export interface PlanOfUnit {
  readonly plan: Plan;
  /** Of the year, to date while it runs. */
  readonly figures: UnitFigures;
  readonly targets: readonly TargetProgress[];
}

/** How far a unit has come with the targets of its plan (index-766.md §6). */
export class PlanQueries {
  constructor(
    private readonly scores: ScoreQueries,
    private readonly reference: Pick<Reference, 'reportedFor' | 'knownBy'>,
  ) {}

  /** `knownBy`: as known at K. Refuses PLAN.NONE, UNIT.UNKNOWN and DEFINITION.NONE. */
  async ofUnit(unit: UnitCode, year: number, knownBy: Instant | null = null): Promise<Result<PlanOfUnit>> {
    const plan = findPlan(unit, year);
    const period = parsePeriod(String(year));
    if (plan === undefined || !period.ok) return refused('PLAN.NONE', 'there is no plan of this unit and year', 'unit');
    const figures = await this.scores.ofUnit(unit, period.value, knownBy);
    if (!figures.ok) return figures;
    const reference = knownBy === null ? this.reference : this.reference.knownBy(knownBy);
    const reportedIn = (name: string) => reference.reportedFor(name).get(unit) ?? {};
    const targets = planProgress(plan, {
      measures: figures.value.measures, reported: reportedIn(String(year)), reportedBefore: reportedIn(String(year - 1)),
    });
    return ok({ plan, figures: figures.value, targets });
  }
}
