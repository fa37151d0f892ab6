import { REVIEWED_FLAGS, flagReviewKey, integrityFlagReviewedV1, type IntegrityFlagReviewed } from '@index766/contracts-aggregator';
import { periodContaining, type Instant } from '@index766/kernel';

import type { DecisionHistory } from '../decisions';
import type { IntegrityFlag } from './integrity-flags';

/** The key under which a flag is reviewed; undefined: it is of one fact, whose review is a fact of the dossier (ADR 0188), or of nobody's unit. */
export function reviewKeyOf({ flag, unit, dossier, recordedAt }: IntegrityFlag): string | undefined {
  const reviewed = REVIEWED_FLAGS.find((each) => each === flag);
  return reviewed === undefined || unit === null
    ? undefined
    : flagReviewKey({ flag: reviewed, unit, week: periodContaining('week', recordedAt).name, ...(dossier === null ? {} : { dossier }) });
}

/**
 * The flags with what reviewers said last of those that are about no single fact.
 *
 * @param histories by `reviewKeyOf`
 * @param knownBy K; null: everything that is known now
 */
export function withReviews(
  flags: readonly IntegrityFlag[], histories: ReadonlyMap<string, DecisionHistory>, knownBy: Instant | null,
): readonly IntegrityFlag[] {
  return flags.map((flag) => {
    const key = reviewKeyOf(flag);
    const last = key === undefined ? undefined : lastReviewIn(histories.get(key) ?? [], knownBy);
    return last === undefined ? flag : { ...flag, review: last.outcome };
  });
}

export function lastReviewIn(history: DecisionHistory, knownBy: Instant | null): IntegrityFlagReviewed | undefined {
  return history.flatMap((each) => (each.type === integrityFlagReviewedV1.type && (knownBy === null || each.recordedAt <= knownBy) ? [each.data] : [])).at(-1);
}
