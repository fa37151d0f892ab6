import { holderIn, judgeAt, type DossierView, type Judgement } from '@index766/dossier-life';
import { compareText, ok, type DossierId, type Instant, type Period, type Result, type UnitCode } from '@index766/kernel';

import type { UnitViews } from './unit-views';

export const DOSSIER_OUTCOMES = ['all', 'on-time', 'late', 'undetermined'] as const;
export type DossierOutcome = (typeof DOSSIER_OUTCOMES)[number];

export interface JudgedDossier {
  readonly view: DossierView;
  readonly judgement: Judgement;
  /** Holds it at T. */
  readonly unit: UnitCode | null;
}

export interface DossierPage {
  readonly evaluatedAt: Instant;
  /** All that there are, however long the page is: equals the figure that was opened. */
  readonly count: number;
  readonly dossiers: readonly JudgedDossier[];
  /** Ask again with it for the next page; null on the last. */
  readonly next: DossierId | null;
}

/** The dossiers behind 2.1: its denominator, or the part of it with one outcome. */
export class DossierQueries {
  constructor(private readonly views: UnitViews) {}

  /** Ordered by dossier id, from behind `after`. Refuses UNIT.UNKNOWN. */
  async ofUnit(
    unit: UnitCode, period: Period, outcome: DossierOutcome, page: { readonly after: DossierId | null; readonly limit: number },
  ): Promise<Result<DossierPage>> {
    const held = await this.views.heldBy(unit, period, 'all');
    if (!held.ok) return held;
    const { evaluatedAt, views } = held.value;
    const matching = views
      .map((view): JudgedDossier => ({
        view, judgement: judgeAt(view, period, evaluatedAt), unit: holderIn(view, period, evaluatedAt),
      }))
      .filter(({ judgement }) => judgement.belongs && hasOutcome(judgement, outcome))
      .sort((a, b) => compareText(a.view.dossier, b.view.dossier));
    const rest = matching.filter(({ view }) => page.after === null || view.dossier > page.after);
    const dossiers = rest.slice(0, page.limit);
    const next = rest.length > page.limit ? dossiers.at(-1)?.view.dossier ?? null : null;
    return ok({ evaluatedAt, count: matching.length, dossiers, next });
  }
}

function hasOutcome(judgement: Judgement, outcome: DossierOutcome): boolean {
  switch (outcome) {
    case 'all':
      return true;
    case 'on-time':
      return judgement.onTime;
    case 'late':
      return judgement.late;
    case 'undetermined':
      return judgement.undetermined;
  }
}
