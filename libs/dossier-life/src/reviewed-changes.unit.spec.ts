import { arbitraryArrival, arbitraryInstant, arbitraryLife, lifeStory, local, type LifeStory } from '@index766/testing-unit';
import fc from 'fast-check';

import type { DossierFact } from './facts';
import { foldDossier } from './fold';
import { judgeAt } from './judge';

const october = { start: local('2026-10-01'), end: local('2026-11-01') };
/** Due Friday 9 October 24:00; its facts have the sequences 1 and 2. */
const received = () => lifeStory().received('2026-10-01 08:00').due('2026-10-01 08:00', '2026-10-09 24:00');
const reviewed = (story: LifeStory, review?: 'accepted' | 'declined') => {
  const last = story.last().sequence;
  return foldDossier(story.facts(), review === undefined ? {} : { reviews: new Map([[last, review]]) });
};
const outcome = (story: LifeStory, review?: 'accepted' | 'declined') => {
  const { belongs, onTime, late } = judgeAt(reviewed(story, review), october, october.end);
  return belongs ? (late ? 'late' : onTime ? 'on time' : 'neither') : 'not counted';
};

/** Each ends late as it stands, and in time, or not at all, by a change that came too late to count. */
const CHANGES: readonly (readonly [string, LifeStory, string])[] = [
  ['end-moved-earlier', received().finished('2026-10-12 08:00').corrected('finished-at', '2026-10-12 08:00', '2026-10-09 24:00', { recordedAt: '2026-10-13 08:00' }), 'on time'],
  ['end-moved-earlier', received().finished('2026-10-12 08:00').withdrawn('2026-10-08 08:00', { recordedAt: '2026-10-13 08:00' }), 'on time'],
  ['due-moved-after-passing', received().due('2026-10-08 08:00', '2026-10-30 24:00', { cause: 'corrected', recordedAt: '2026-10-12 08:00' }), 'late'],
  ['extension-invalid', received().extended('2026-10-08 08:00', '2026-11-10 24:00', { apology: false }), 'on time'],
  ['voided-after-due', received().voided('2026-10-13 08:00'), 'not counted'],
  ['request-moved-earlier', received().supplementAsked('s1', '2026-10-12 08:00').corrected('supplement-requested-at', '2026-10-12 08:00', '2026-10-08 08:00', { recordedAt: '2026-10-13 08:00', part: 's1' }), 'on time'],
];

describe('a change that came too late to count', () => {
  it.each(CHANGES)('%s is flagged, with when it was recorded, and counts for nothing', (flag, story) => {
    const { flags, uncounted } = reviewed(story);
    expect(flags).toEqual([{ flag, sequence: story.last().sequence, recordedAt: story.last().recordedAt, review: null }]);
    expect(uncounted).toEqual([{ sequence: story.last().sequence, reason: flag }]);
    expect(outcome(story)).toBe('late');
  });

  it.each(CHANGES)('%s stays flagged when a reviewer declines it', (flag, story) => {
    expect(reviewed(story, 'declined').flags).toMatchObject([{ flag, review: 'declined' }]);
    expect(outcome(story, 'declined')).toBe('late');
  });

  it.each(CHANGES)('%s counts when a reviewer accepts it, and stays flagged', (flag, story, then) => {
    const { flags, uncounted } = reviewed(story, 'accepted');
    expect(flags).toMatchObject([{ flag, review: 'accepted' }]);
    expect(uncounted.filter(({ sequence }) => sequence === story.last().sequence)).toEqual([]);
    expect(outcome(story, 'accepted')).toBe(then);
  });

  it('moves the due instant when it is accepted', () => {
    const [, , moved] = CHANGES;
    expect(reviewed((moved ?? [])[1] as LifeStory, 'accepted').dues.at(-1)?.dueAt).toBe(local('2026-10-30 24:00'));
  });
});

describe('a request for a supplement that is moved', () => {
  const moved = (before: string, after: string, recordedAt: string) => {
    const story = received().supplementAsked('s1', before).corrected('supplement-requested-at', before, after, { recordedAt, part: 's1' });
    return { flags: foldDossier(story.facts()).flags.map(({ flag }) => flag), outcome: outcome(story) };
  };

  it.each([
    ['that stays behind the due instant', '2026-10-12 08:00', '2026-10-10 08:00', '2026-10-13 08:00', 'late'],
    ['that stays before it', '2026-10-08 08:00', '2026-10-07 08:00', '2026-10-13 08:00', 'on time'],
    ['to a later instant', '2026-10-08 08:00', '2026-10-12 08:00', '2026-10-13 08:00', 'late'],
  ])('%s counts and is not flagged', (_, before, after, recordedAt, expected) => {
    expect(moved(before, after, recordedAt)).toEqual({ flags: [], outcome: expected });
  });
});

describe('what is flagged though it counts', () => {
  it('is an end before the start, which counts as ended at the receipt', () => {
    const story = lifeStory().finished('2026-09-30 08:00').received('2026-10-01 08:00');
    expect(foldDossier(story.facts())).toMatchObject({ endedAt: local('2026-10-01 08:00'), flags: [{ flag: 'end-before-start', sequence: 1 }] });
  });

  it('is an end that lay ahead when it was recorded; the dossier is open until then', () => {
    const story = received().finished('2026-10-20 08:00', { recordedAt: '2026-10-08 08:00' });
    const view = foldDossier(story.facts());
    expect(view.flags).toMatchObject([{ flag: 'future-end', sequence: 3 }]);
    expect(judgeAt(view, october, local('2026-10-08 12:00')).state).toBe('open');
  });

  it('is a correction in the last four hours of a week, unless it is a bulk load', () => {
    const corrected = (recordedAt: string, backfill?: true) => foldDossier(received().corrected('channel', 'in-person', 'online', {
      at: '2026-10-05 08:00', recordedAt, ...(backfill === undefined ? {} : { backfill }),
    }).facts()).flags.map(({ flag }) => flag);
    // Week 41 ends on Sunday 11 October 24:00.
    expect(corrected('2026-10-11 19:59')).toEqual([]);
    expect(corrected('2026-10-11 20:00')).toEqual(['correction-at-week-end']);
    expect(corrected('2026-10-11 23:59')).toEqual(['correction-at-week-end']);
    expect(corrected('2026-10-12 00:00')).toEqual([]);
    expect(corrected('2026-10-11 21:00', true)).toEqual([]);
  });
});

describe('reviews', () => {
  const reviewsOf = (facts: readonly DossierFact[]) => fc.array(fc.tuple(fc.nat(facts.length + 1), fc.constantFrom('accepted' as const, 'declined' as const)), { maxLength: 4 })
    .map((each) => new Map(each));
  const RUNS = { seed: 766, numRuns: 300 };

  it('give one view for every order and repetition of the facts', () => {
    fc.assert(fc.property(arbitraryLife().chain((facts) => fc.tuple(fc.constant(facts), arbitraryArrival<DossierFact>(facts), reviewsOf(facts))), ([facts, arrived, reviews]) => {
      expect(foldDossier(arrived, { reviews })).toEqual(foldDossier(facts, { reviews }));
    }), RUNS);
  });

  it('that decline change nothing but what they say', () => {
    fc.assert(fc.property(arbitraryLife(), (facts) => {
      const declined = new Map(facts.map(({ sequence }) => [sequence, 'declined' as const]));
      const { flags, ...reviewedView } = foldDossier(facts, { reviews: declined });
      const { flags: before, ...view } = foldDossier(facts);
      expect(reviewedView).toEqual(view);
      expect(flags).toEqual(before.map((flag) => ({ ...flag, review: 'declined' })));
    }), RUNS);
  });

  it('of what no rule flags change nothing', () => {
    fc.assert(fc.property(arbitraryLife(), arbitraryInstant(), (facts, at) => {
      const view = foldDossier(facts);
      const unflagged = new Map(facts.filter(({ sequence }) => !view.flags.some((flag) => flag.sequence === sequence)).map(({ sequence }) => [sequence, 'accepted' as const]));
      const reviewedView = foldDossier(facts, { reviews: unflagged });
      expect(judgeAt(reviewedView, october, at)).toEqual(judgeAt(view, october, at));
      expect(reviewedView).toEqual(view);
    }), RUNS);
  });
});
