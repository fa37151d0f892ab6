import { lateOfficers, type DossierView, type LateOfficerList, type OfficerKnowledge, type Step } from '@index766/dossier-life';
import { endOfDay, ok, startOfDay, type Instant, type OfficerPseudonym, type Period, type Result, type UnitCode } from '@index766/kernel';

import type { Officer, Reference } from '../reference';
import type { UnitViews } from './unit-views';

export interface LateOfficersOfUnit {
  readonly unit: UnitCode;
  readonly period: Period;
  readonly evaluatedAt: Instant;
  readonly list: LateOfficerList;
  /** What the catalog knows of an officer; to be shown to those only who may see names. */
  readonly officer: (pseudonym: OfficerPseudonym) => Officer | undefined;
}

/** The list of officers whose cases ran late, of a unit or, over more dossiers, of all below it (lifecycle.md §5). */
export class LateOfficerQueries {
  constructor(
    private readonly views: UnitViews,
    private readonly reference: Reference,
  ) {}

  /** `threshold`: fewest late dossiers with which an officer is listed. Refuses UNIT.UNKNOWN. */
  async ofUnit(unit: UnitCode, period: Period, threshold: number): Promise<Result<LateOfficersOfUnit>> {
    const held = await this.views.heldBy(unit, period, 'listed');
    if (!held.ok) return held;
    const { evaluatedAt, views } = held.value;
    const list = lateOfficers(this.withMergedOfficers(views), period, evaluatedAt, {
      ...this.knowledge(),
      threshold,
      calendarOf: (holder) => this.reference.calendarOf(holder ?? unit, period.lastDay),
    });
    return ok({ unit, period, evaluatedAt, list, officer: (pseudonym) => this.reference.officer(pseudonym) });
  }

  private knowledge(): OfficerKnowledge {
    return {
      absencesOf: (officer) => (this.reference.officer(officer)?.absences ?? [])
        .map(({ firstDay, lastDay }) => ({ from: startOfDay(firstDay), to: endOfDay(lastDay) })),
      isAmbiguous: (officer) => this.reference.officer(officer)?.ambiguous ?? false,
    };
  }

  /** One person under two pseudonyms counts once: under the one that stands for both. */
  private *withMergedOfficers(views: readonly DossierView[]): Iterable<DossierView> {
    for (const view of views) {
      const isMerged = view.steps.some((step) => this.standsFor(step) !== step.officer);
      yield isMerged ? { ...view, steps: view.steps.map((step) => ({ ...step, officer: this.standsFor(step) })) } : view;
    }
  }

  private standsFor({ officer }: Step): OfficerPseudonym | null {
    return officer === null ? null : this.reference.officer(officer)?.mergedInto ?? officer;
  }
}
