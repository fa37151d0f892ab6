import { integrityChangeReviewedV1, reviewKey, type IntegrityChangeReviewed } from '@index766/contracts-aggregator';
import { ok, type DossierId, type Result, type UnitCode } from '@index766/kernel';
import { checkCovers, type Principal } from '@index766/platform-auth';

import type { Decision, DecisionAnswer, DecisionHistory, TakeDecision } from '../decisions';
import type { IntegrityQueries } from './integrity-queries';
import { checkReviewer, saysTheSame } from './reviews';

export interface StatedReview extends Pick<IntegrityChangeReviewed, 'change' | 'outcome' | 'reason' | 'evidence'> {
  readonly dossier: DossierId;
}

export interface ReviewChangeCommand {
  readonly stated: StatedReview;
  readonly principal: Principal;
  readonly idempotencyKey: string;
  readonly requestHash: string;
}

export interface ReviewChangeOptions {
  readonly takeDecision: TakeDecision;
  readonly changes: Pick<IntegrityQueries, 'changeOf'>;
  /** Where a unit counts today, from itself up. */
  readonly countsIn: (unit: UnitCode) => readonly UnitCode[];
}

/**
 * A reviewer says of a flagged change whether it counts: accepted, it counts from then on. The ledger reads the decision with
 * the facts of the dossier. Refuses INTEGRITY.*, AUTH.UNIT_OUT_OF_SCOPE and as `TakeDecision`.
 */
export class ReviewChange {
  constructor(private readonly options: ReviewChangeOptions) {}

  async execute({ stated, principal, ...given }: ReviewChangeCommand): Promise<Result<DecisionAnswer>> {
    const { takeDecision, changes, countsIn } = this.options;
    const found = await changes.changeOf(stated.dossier, stated.change);
    if (!found.ok) return found;
    const authority = checkCovers(principal, found.value.unit, countsIn, 'dossier');
    if (!authority.ok) return authority;
    return takeDecision.execute({
      ...given,
      key: reviewKey(stated.dossier),
      decide: (history) => decideReview(history, stated, principal.subject),
    });
  }
}

/** The same review again says nothing new; another one of the same change stands in its place. */
export function decideReview(history: DecisionHistory, stated: StatedReview, reviewedBy: string): Result<readonly Decision[]> {
  const reviewer = checkReviewer(reviewedBy);
  if (!reviewer.ok) return reviewer;
  const { change, outcome, reason, evidence } = stated;
  if (saysTheSame(lastReviewOf(history, change), stated)) return ok([]);
  return ok([{ type: integrityChangeReviewedV1.type, data: { change, outcome, reason, evidence: [...evidence], reviewedBy } }]);
}

function lastReviewOf(history: DecisionHistory, change: number): IntegrityChangeReviewed | undefined {
  return history.flatMap((each) => (each.type === integrityChangeReviewedV1.type && each.data.change === change ? [each.data] : [])).at(-1);
}
