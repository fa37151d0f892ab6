import { foldFeedback, isDissatisfiedAt, type Verdict } from '@index766/feedback-life';
import { instantOf, type PetitionId } from '@index766/kernel';
import * as fc from 'fast-check';
import { DAY_MS, DOSSIER, LATER, codeOf, october, valueOf } from '../test/spoken';
import { emptyFeedback, takePetitionLink, type DossierFeedback, type PetitionLink } from './dossier-feedback';
import { giveRating, issueRating, reportRating, takeBackRating, withdrawRating, RATING_TABLE, type RatingAct } from './rate-dossier';

const WEEK = 7 * DAY_MS;
const BY = { hashOf: (rating: string) => `hash ${rating}`, by: 'desk' };
const issued = (state: DossierFeedback = emptyFeedback(DOSSIER)) => valueOf(issueRating(state, BY, october('05 08:00'))).state;
const given = (verdict: Verdict = 2, at = october('05 09:00')) => valueOf(giveRating(issued(), { rating: '1', verdict, at }, LATER, WEEK)).state;
const withdrawn = () => valueOf(withdrawRating(given(), { reasonCode: 'R', by: 'reviewer', at: october('06 09:00') }, LATER)).state;

const STATES = { none: () => emptyFeedback(DOSSIER), 'not-given': () => issued(), given: () => given(), withdrawn } as const;
const ACTS: Readonly<Record<RatingAct, (state: DossierFeedback) => ReturnType<typeof codeOf>>> = {
  issue: (state) => codeOf(issueRating(state, BY, LATER)),
  give: (state) => codeOf(giveRating(state, { rating: '1', verdict: 5, at: october('07 09:00') }, LATER, WEEK)),
  withdraw: (state) => codeOf(withdrawRating(state, { reasonCode: 'R', by: 'reviewer', at: october('08 09:00') }, LATER)),
};
const CELLS = (Object.keys(STATES) as (keyof typeof STATES)[]).flatMap((standing) => (Object.keys(ACTS) as RatingAct[]).map((act) => [standing, act] as const));

it.each(CELLS)('the table of ratings: %s: %s is decided as it says', (standing, act) => {
  const verdict = RATING_TABLE[standing][act];
  expect(ACTS[act](STATES[standing]())).toBe(verdict === 'allowed' ? 'done' : verdict);
});

describe('a rating', () => {
  it('may be changed up to the end of the time for it, and taken back by the citizen as long', () => {
    const at = (offset: number) => instantOf(october('05 09:00') + WEEK + offset);
    const change = (offset: number) => codeOf(giveRating(given(), { rating: '1', verdict: 5, at: at(offset) }, LATER, WEEK));
    expect([change(0), change(1)]).toEqual(['done', 'RATING.CHANGE_TOO_LATE']);
    expect([0, 1].map((offset) => codeOf(takeBackRating(given(), '1', at(offset), WEEK)))).toEqual(['done', 'RATING.CHANGE_TOO_LATE']);
  });

  it('leads to no fact where the verdict is the same', () => {
    expect(valueOf(giveRating(given(2), { rating: '1', verdict: 2, at: october('06 09:00') }, LATER, WEEK)).facts).toEqual([]);
  });

  it('is given by the last token alone, and not in the future', () => {
    expect(codeOf(giveRating(issued(issued()), { rating: '1', verdict: 1, at: LATER }, LATER, WEEK))).toBe('RATING.TOKEN_REPLACED');
    expect(codeOf(giveRating(issued(), { rating: '1', verdict: 1, at: instantOf(LATER + 1) }, LATER, WEEK))).toBe('FEEDBACK.IN_FUTURE');
  });

  it('is not taken out before it was given', () => {
    expect(codeOf(withdrawRating(given(), { reasonCode: 'R', by: 'reviewer', at: october('05 08:59') }, LATER))).toBe('RATING.NOT_GIVEN');
  });

  it('of a kiosk is one of the dossier: changed by the next report, new after it was taken out', () => {
    const report = (state: DossierFeedback, verdict: Verdict, at: string) => valueOf(reportRating(state, { verdict, at: october(at), by: 'kiosk' }, LATER, WEEK)).state;
    const twice = report(report(emptyFeedback(DOSSIER), 1, '05 09:00'), 4, '06 09:00');
    expect(twice.issued).toMatchObject([{ rating: '1', hash: null }]);
    expect(report(withdrawn(), 4, '09 09:00').issued.map(({ rating }) => rating)).toEqual(['1', '2']);
  });

  it('is not issued without end', () => {
    let state = emptyFeedback(DOSSIER);
    for (let more = 0; more < 50; more += 1) state = issued(state);
    expect(codeOf(issueRating(state, BY, LATER))).toBe('RATING.TOO_MANY_ISSUED');
  });
});

describe('a petition about the dossier', () => {
  const petition = 'PAKN.1' as PetitionId;
  it('is told once, and counts until it is taken back', () => {
    const link = { petition, linked: true, at: october('06 09:00') };
    const once = valueOf(takePetitionLink(emptyFeedback(DOSSIER), link, LATER)).state;
    expect(valueOf(takePetitionLink(once, link, LATER)).facts).toEqual([]);
    const back = valueOf(takePetitionLink(once, { petition, linked: false, at: october('08 09:00') }, LATER)).state;
    expect([october('07 09:00'), LATER].map((at) => isDissatisfiedAt(foldFeedback(back.facts), at))).toEqual([true, false]);
  });

  it('is known the same in whatever order links are told, some of them twice', () => {
    const link = fc.record({ petition: fc.constantFrom(petition, 'PAKN.2' as PetitionId), linked: fc.boolean(), at: fc.integer({ min: 0, max: 6 }).map((hours) => instantOf(october('06 00:00') + hours * 3_600_000)) });
    const told = fc.uniqueArray(link, { maxLength: 8, selector: (each) => JSON.stringify(each) });
    const stateOf = (links: readonly PetitionLink[]) =>
      links.reduce((state, each) => valueOf(takePetitionLink(state, each, LATER)).state, emptyFeedback(DOSSIER));
    fc.assert(fc.property(told.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray([...all, ...all], { minLength: 2 * all.length }))), ([all, again]) => {
      expect(foldFeedback(stateOf(again).facts)).toEqual(foldFeedback(stateOf(all).facts));
      expect(stateOf(again).facts).toHaveLength(all.length);
    }), { seed: 766, numRuns: 200 });
  });
});

it('facts are numbered from 1 without a gap and never recorded before the one in front', () => {
  const state = valueOf(giveRating(given(), { rating: '1', verdict: 5, at: october('06 09:00') }, october('06 10:00'), WEEK)).state;
  expect(state.facts.map(({ sequence, recordedAt }) => [sequence, recordedAt])).toEqual([[1, LATER], [2, LATER]]);
});
