import { integrityFlagReviewedV1, type IntegrityFlagReviewed } from '@index766/contracts-aggregator';
import { parseInstant, type DossierId, type Instant, type UnitCode } from '@index766/kernel';

import type { DecisionHistory } from '../decisions';
import { reviewKeyOf, withReviews } from './flag-reviews';
import type { IntegrityFlag } from './integrity-flags';
import { decideFlagReview } from './review-flag';

const at = (text: string) => parseInstant(`${text}+07:00`) as Instant;
const flag = (changes: Partial<IntegrityFlag>): IntegrityFlag => ({
  flag: 'bulk-corrections', unit: 'H44.1' as UnitCode, dossier: null, change: null, recordedAt: at('2026-10-11T21:00:00'), review: null, other: null, bulk: null, ...changes,
});
const BULK = flag({});
const AGAIN = flag({ flag: 're-created', dossier: 'H44.1-2' as DossierId });
const said: Omit<IntegrityFlagReviewed, 'reviewedBy'> = { flag: 'bulk-corrections', unit: 'H44.1', week: '2026-W41', outcome: 'declined', reason: 'evidence-missing', evidence: ['BB-12/2026'] };
const history = (...outcomes: readonly (readonly ['accepted' | 'declined', string])[]): DecisionHistory => outcomes.map(([outcome, recordedAt], index) => ({
  type: integrityFlagReviewedV1.type, data: { ...said, outcome, reviewedBy: 'reviewer' }, sequence: index + 1, recordedAt: at(recordedAt),
}));

describe('a flag that is about no single fact', () => {
  it('is reviewed under its unit and week, or its dossier; one of a fact with the fact', () => {
    expect([BULK, AGAIN, flag({ flag: 'future-end', change: 3 }), flag({ unit: null })].map(reviewKeyOf))
      .toEqual(['integrity-flag@bulk-corrections@H44.1@2026-W41', 'integrity-flag@re-created@H44.1-2', undefined, undefined]);
  });

  it('has what was said last of it, as it was known', () => {
    const histories = new Map([[reviewKeyOf(BULK) ?? '', history(['declined', '2026-10-12T08:00:00'], ['accepted', '2026-10-13T08:00:00'])]]);
    const reviewed = (knownBy: Instant | null) => withReviews([BULK, AGAIN], histories, knownBy).map(({ review }) => review);
    expect([reviewed(at('2026-10-12T07:59:59')), reviewed(at('2026-10-12T08:00:00')), reviewed(null)]).toEqual([[null, null], ['declined', null], ['accepted', null]]);
  });

  it('is not reviewed twice in the same words, and by nobody without a code', () => {
    const before = history(['declined', '2026-10-12T08:00:00']);
    expect(decideFlagReview(before, said, 'reviewer')).toEqual({ ok: true, value: [] });
    expect(decideFlagReview(before, { ...said, outcome: 'accepted' }, 'reviewer')).toMatchObject({ ok: true, value: [{ data: { outcome: 'accepted', reviewedBy: 'reviewer' } }] });
    expect(decideFlagReview(before, said, 'a person')).toMatchObject({ ok: false, error: { code: 'INTEGRITY.NO_REVIEWER' } });
  });
});
