import { refused, unitInCode, type DossierId, type Instant, type Result } from '@index766/kernel';
import { emptyFeedback, type DossierFeedback, type FeedbackChange } from '../domain/dossier-feedback';
import { decideOnce, type Decided, type GivenCommand } from './given-command';
import type { Clock, CommandAnswer, Feedbacks } from './ports';

/**
 * Takes a command on the ratings of one dossier, known or not. The unit in the dossier's code is the one whose desk may
 * give it. Refuses with AUTH.UNIT_OUT_OF_SCOPE, RATING.*, FEEDBACK.*, RECORDED_AT.IN_FUTURE, IDEMPOTENCY.KEY_REUSED,
 * AGGREGATE.CONTENDED, OUTBOX.FULL.
 */
export class CommandRating {
  constructor(private readonly feedbacks: Feedbacks, private readonly clock: Clock) {}

  async execute(
    dossier: DossierId, given: GivenCommand, decide: (state: DossierFeedback, recordedAt: Instant) => Result<Decided<FeedbackChange>>,
  ): Promise<Result<CommandAnswer>> {
    const unit = unitInCode(dossier);
    if (unit === undefined) return refused('AUTH.UNIT_OUT_OF_SCOPE', 'the code of this dossier names no unit');
    return this.feedbacks.update(dossier, (stored) => decideOnce(dossier, stored, given, unit, this.clock.now(), (recordedAt) =>
      decide(stored?.state ?? emptyFeedback(dossier), recordedAt)));
  }
}
