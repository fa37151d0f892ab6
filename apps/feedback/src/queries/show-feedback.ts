import { foldFeedback, isDissatisfiedAt, type FeedbackView } from '@index766/feedback-life';
import { instantOf, ok, refused, unitInCode, type DossierId, type Result, type UnitCode } from '@index766/kernel';
import type { Clock, Feedbacks } from '../application/ports';
import { emptyFeedback, type DossierFeedback } from '../domain/dossier-feedback';

/** The feedback on one dossier as its facts tell it now. */
export interface FeedbackDetails {
  readonly state: DossierFeedback;
  readonly view: FeedbackView;
  readonly isDissatisfied: boolean;
}

export class ShowFeedback {
  constructor(private readonly feedbacks: Pick<Feedbacks, 'find'>, private readonly clock: Clock) {}

  /** Refuses with AUTH.UNIT_OUT_OF_SCOPE. A dossier on which nobody said a word is shown as such. */
  async execute(dossier: DossierId, covers: (unit: UnitCode) => boolean): Promise<Result<FeedbackDetails>> {
    const unit = unitInCode(dossier);
    if (unit === undefined || !covers(unit)) return refused('AUTH.UNIT_OUT_OF_SCOPE', 'the token does not cover the unit of this dossier');
    const state = (await this.feedbacks.find(dossier))?.state ?? emptyFeedback(dossier);
    const view = foldFeedback(state.facts);
    // Facts of this very millisecond count.
    return ok({ state, view, isDissatisfied: isDissatisfiedAt(view, instantOf(this.clock.now() + 1)) });
  }
}
