import type { Verdict } from '@index766/feedback-life';
import { ok, refused, type Instant, type Result } from '@index766/kernel';
import { isTokenInForce } from '../domain/answer-token';
import type { DossierFeedback, FeedbackChange } from '../domain/dossier-feedback';
import { decidePetition, type PetitionRules } from '../domain/petition-command';
import { giveRating, takeBackRating } from '../domain/rate-dossier';
import type { Clock, Feedbacks, Petitions } from './ports';

/** What a citizen's word led to; `repeated`: it said nothing new. */
export type SpokenOutcome = 'taken' | 'repeated';

const UNKNOWN: Result<never> = refused('RATING.TOKEN_UNKNOWN', 'this token was not issued here, or another one took its place', 'token');

/** A citizen's word, by a token alone: whoever has it may speak, once, and correct it within the time for that. */
export class SpeakByToken {
  constructor(
    private readonly feedbacks: Feedbacks,
    private readonly petitions: Petitions,
    private readonly clock: Clock,
    private readonly rules: PetitionRules,
  ) {}

  /** Gives or changes a dossier's rating. Refuses with RATING.*, FEEDBACK.*, AGGREGATE.CONTENDED, OUTBOX.FULL. */
  rate(hash: string, verdict: Verdict): Promise<Result<SpokenOutcome>> {
    return this.onDossier(hash, (state, rating, now) => giveRating(state, { rating, verdict, at: now }, now, this.rules.changeWithinMs));
  }

  /** Takes a dossier's rating back. */
  withdraw(hash: string): Promise<Result<SpokenOutcome>> {
    return this.onDossier(hash, (state, rating, now) => takeBackRating(state, rating, now, this.rules.changeWithinMs));
  }

  /** Says whether the answer to a petition was satisfying. Refuses with RATING.*, PETITION.*, FEEDBACK.*, AGGREGATE.CONTENDED, OUTBOX.FULL. */
  async rateAnswer(hash: string, satisfied: boolean): Promise<Result<SpokenOutcome>> {
    const petition = await this.petitions.findByToken(hash);
    if (petition === undefined) return UNKNOWN;
    return this.petitions.update(petition, (stored) => {
      if (stored === undefined || !isTokenInForce(stored.state, hash)) return UNKNOWN;
      const decided = decidePetition(stored.state, { command: 'rate-answer', satisfied }, this.clock.now(), this.rules);
      if (!decided.ok) return decided;
      return decided.value.facts.length === 0 ? ok({ answer: 'repeated' }) : ok({ answer: 'taken', change: decided.value });
    });
  }

  private async onDossier(
    hash: string, decide: (state: DossierFeedback, rating: string, now: Instant) => Result<FeedbackChange>,
  ): Promise<Result<SpokenOutcome>> {
    const dossier = await this.feedbacks.findByToken(hash);
    if (dossier === undefined) return UNKNOWN;
    return this.feedbacks.update(dossier, (stored) => {
      const issued = stored?.state.issued.find((each) => each.hash === hash);
      if (stored === undefined || issued === undefined) return UNKNOWN;
      const decided = decide(stored.state, issued.rating, this.clock.now());
      if (!decided.ok) return decided;
      return decided.value.facts.length === 0 ? ok({ answer: 'repeated' }) : ok({ answer: 'taken', change: decided.value });
    });
  }
}
