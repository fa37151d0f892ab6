import { flagReviewKey, integrityFlagReviewedV1, type IntegrityFlagReviewed } from '@index766/contracts-aggregator';
import { ok, refused, type Period, type Result, type UnitCode } from '@index766/kernel';
import { checkCovers, type Principal } from '@index766/platform-auth';

import type { Decision, DecisionAnswer, DecisionHistory, TakeDecision } from '../decisions';
import { lastReviewIn, reviewKeyOf } from './flag-reviews';
import type { IntegrityQueries } from './integrity-queries';
import { checkReviewer, saysTheSame } from './reviews';

export interface StatedFlagReview extends Pick<IntegrityFlagReviewed, 'flag' | 'dossier' | 'outcome' | 'reason' | 'evidence'> {
  readonly unit: UnitCode;
  /** The week in which what is flagged was recorded. */
  readonly week: Period;
}

export interface ReviewFlagCommand {
  readonly stated: StatedFlagReview;
  readonly principal: Principal;
  readonly idempotencyKey: string;
  readonly requestHash: string;
}

export interface ReviewFlagOptions {
  readonly takeDecision: TakeDecision;
  readonly flags: Pick<IntegrityQueries, 'ofUnit'>;
  /** Where a unit counts today, from itself up. */
  readonly countsIn: (unit: UnitCode) => readonly UnitCode[];
}

/**
 * A reviewer says of many corrections at the end of a week, or of a dossier that was made again, that somebody looked at it. What is
 * flagged so counts as it did. Refuses INTEGRITY.*, REQUEST.INVALID, UNIT.UNKNOWN, AUTH.UNIT_OUT_OF_SCOPE and as `TakeDecision`.
 */
export class ReviewFlag {
  constructor(private readonly options: ReviewFlagOptions) {}

  async execute({ stated, principal, ...given }: ReviewFlagCommand): Promise<Result<DecisionAnswer>> {
    const { takeDecision, flags, countsIn } = this.options;
    const { unit, week, ...said } = stated;
    const authority = checkCovers(principal, unit, countsIn, 'unit');
    if (!authority.ok) return authority;
    if (week.kind !== 'week') return refused('REQUEST.INVALID', 'flags are reviewed week by week: 2026-W41', 'period');
    const found = await flags.ofUnit(unit, week);
    if (!found.ok) return found;
    const key = flagReviewKey({ ...said, unit, week: week.name });
    if (!found.value.flags.some((flag) => reviewKeyOf(flag) === key)) {
      return refused('INTEGRITY.NO_SUCH_FLAG', 'the unit has no such flag of what was recorded in the week', 'flag');
    }
    return takeDecision.execute({ ...given, key, decide: (history) => decideFlagReview(history, { ...said, unit, week: week.name }, principal.subject) });
  }
}

/** The same review again says nothing new; another one of the same flag stands in its place. */
export function decideFlagReview(
  history: DecisionHistory, stated: Omit<IntegrityFlagReviewed, 'reviewedBy'>, reviewedBy: string,
): Result<readonly Decision[]> {
  const reviewer = checkReviewer(reviewedBy);
  if (!reviewer.ok) return reviewer;
  if (saysTheSame(lastReviewIn(history, null), stated)) return ok([]);
  return ok([{ type: integrityFlagReviewedV1.type, data: { ...stated, evidence: [...stated.evidence], reviewedBy } }]);
}
