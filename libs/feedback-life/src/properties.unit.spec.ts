import { instantOf, type Instant, type PetitionId } from '@index766/kernel';
import * as fc from 'fast-check';
import type { FeedbackFact, Verdict } from './facts';
import { foldFeedback } from './fold';
import { findRatingAt, isDissatisfiedAt, nextChangeAfter } from './standing';
import { factsOf, october, type Told } from './test/feedback-facts';

const RUNS = { seed: 766, numRuns: 500 };
const END = october('31 00:00');

const instant: fc.Arbitrary<Instant> = fc.integer({ min: 0, max: 12 }).map((hours) => instantOf(october('05 00:00') + hours * 3_600_000));
const rating = fc.constantFrom('1', '2', '3');
const petition = fc.constantFrom('P-1' as PetitionId, 'P-2' as PetitionId);
const verdict = fc.constantFrom<Verdict>(1, 2, 3, 5, 'like', 'dislike');

const told: fc.Arbitrary<Told> = fc.oneof(
  fc.tuple(fc.constant('dossier-rated' as const), instant, fc.record({ rating, verdict })),
  fc.tuple(fc.constant('rating-withdrawn' as const), instant, fc.record({ rating })),
  fc.tuple(fc.constant('petition-linked' as const), instant, fc.record({ petition })),
  fc.tuple(fc.constant('petition-unlinked' as const), instant, fc.record({ petition })),
);
const allTold = fc.array(told, { maxLength: 14 });
const shuffled = allTold.map((each) => factsOf(...each)).chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all], { minLength: all.length })));

describe('the feedback on a dossier', () => {
  it('folds to the same bytes in any order of its facts', () => {
    fc.assert(fc.property(shuffled, ([all, other]: readonly [readonly FeedbackFact[], readonly FeedbackFact[]]) => {
      expect(JSON.stringify(foldFeedback(other))).toBe(JSON.stringify(foldFeedback(all)));
    }), RUNS);
  });

  it('loses by a withdrawal the rating that held then, from that instant on, and nothing else', () => {
    fc.assert(fc.property(allTold, rating, (each, withdrawn) => {
      const at = october('05 13:00');
      const before = foldFeedback(factsOf(...each));
      const after = foldFeedback(factsOf(...each, ['rating-withdrawn', at, { rating: withdrawn }]));
      expect(after.petitions).toEqual(before.petitions);
      const held = findRatingAt(before, END);
      expect(findRatingAt(after, END)).toEqual(held?.rating === withdrawn ? undefined : held);
      expect(isDissatisfiedAt(after, at)).toBe(isDissatisfiedAt(before, at));
    }), RUNS);
  });

  it('moves nothing about ratings by a link, and nothing about links by a rating', () => {
    fc.assert(fc.property(allTold, instant, petition, verdict, (each, at, linked, given) => {
      const before = foldFeedback(factsOf(...each));
      expect(foldFeedback(factsOf(...each, ['petition-linked', at, { petition: linked }])).ratings).toEqual(before.ratings);
      expect(foldFeedback(factsOf(...each, ['dossier-rated', at, { rating: '9', verdict: given }])).petitions).toEqual(before.petitions);
    }), RUNS);
  });

  it('has one rating at a time', () => {
    fc.assert(fc.property(allTold, (each) => {
      const { ratings } = foldFeedback(factsOf(...each));
      ratings.forEach(({ from, to }, index) => {
        expect(to === null || to > from).toBe(true);
        expect(to !== null || index === ratings.length - 1).toBe(true);
        expect(from).toBeGreaterThanOrEqual(ratings[index - 1]?.to ?? 0);
      });
    }), RUNS);
  });

  it('stands still between two changes', () => {
    fc.assert(fc.property(allTold, instant, (each, at) => {
      const view = foldFeedback(factsOf(...each));
      expect(isDissatisfiedAt(view, nextChangeAfter(view, at) ?? END)).toBe(isDissatisfiedAt(view, instantOf(at + 1)));
    }), RUNS);
  });
});
