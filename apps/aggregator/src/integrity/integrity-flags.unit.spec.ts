import { foldDossier, type DossierView } from '@index766/dossier-life';
import { parsePeriod, type Period, type UnitCode } from '@index766/kernel';
import { arbitraryLives, lifeStory, type LifeStory } from '@index766/testing-unit';
import fc from 'fast-check';

import { countFlags, integrityFlags } from './integrity-flags';

const periodNamed = (name: string): Period => {
  const period = parsePeriod(name);
  if (!period.ok) throw new Error(name);
  return period.value;
};
/** Monday 5 to Sunday 11 October. */
const WEEK = periodNamed('2026-W41');
const viewOf = (story: LifeStory): DossierView => foldDossier(story.facts());
const received = (name: string, unit = 'H44.1') => lifeStory(name).received('2026-10-01 08:00', { unit }).due('2026-10-01 08:00', '2026-10-20 24:00');
const corrected = (name: string, recordedAt = '2026-10-11 21:00', backfill?: true) =>
  received(name).corrected('channel', 'in-person', 'online', { at: '2026-10-05 08:00', recordedAt, ...(backfill === undefined ? {} : { backfill }) });
const many = (count: number, of: (name: string) => LifeStory, first = 1) => Array.from({ length: count }, (_, index) => of(`D${first + index}`));
const itself = (unit: UnitCode) => unit;
const flagsOf = (views: readonly DossierView[], period = WEEK, placeOf = itself) => integrityFlags(views, period, period.end, placeOf);
const flagsIn = (stories: readonly LifeStory[], period = WEEK, placeOf = itself) => flagsOf(stories.map(viewOf), period, placeOf);
/** Two communes that were closed, and the one that answers for them. */
const merged = (unit: UnitCode) => (unit === 'H44.1' || unit === 'H44.2' ? 'H44.3' as UnitCode : unit);

describe('flags', () => {
  it('are those of what was recorded in the period, in that order', () => {
    const moved = received('D1').finished('2026-10-21 08:00', { recordedAt: '2026-10-06 08:00' })
      .corrected('finished-at', '2026-10-21 08:00', '2026-10-02 08:00', { recordedAt: '2026-10-07 08:00' });
    const later = received('D2').finished('2026-10-06 08:00').withdrawn('2026-10-05 08:00', { recordedAt: '2026-10-12 00:00' });
    expect(flagsIn([later, moved]).map(({ flag, dossier, change, unit }) => [flag, dossier, change, unit])).toEqual([
      ['future-end', 'D1', 3, 'H44.1'], ['end-moved-earlier', 'D1', 4, 'H44.1'],
    ]);
    expect(flagsIn([later], periodNamed('2026-W42'))).toMatchObject([{ flag: 'end-moved-earlier', dossier: 'D2' }]);
  });

  it('are counted by kind, and those that nobody has looked at', () => {
    const story = received('D1').finished('2026-10-08 08:00').withdrawn('2026-10-06 08:00', { recordedAt: '2026-10-09 08:00' });
    const reviewed = foldDossier(story.facts(), { reviews: new Map([[story.last().sequence, 'declined' as const]]) });
    const flags = flagsOf([reviewed, viewOf(received('D2').finished('2026-10-08 08:00').withdrawn('2026-10-06 08:00', { recordedAt: '2026-10-09 08:00' }))]);
    expect(countFlags(flags).filter(({ raised }) => raised > 0)).toEqual([{ flag: 'end-moved-earlier', raised: 2, unreviewed: 1 }]);
  });
});

describe('many corrections at the end of a week', () => {
  const bulk = (stories: readonly LifeStory[]) => flagsIn(stories).filter(({ flag }) => flag === 'bulk-corrections');

  it('are flagged from twenty on', () => {
    expect(bulk(many(19, corrected))).toEqual([]);
    expect(bulk(many(20, corrected))).toMatchObject([{ unit: 'H44.1', dossier: null, bulk: { corrections: 20, corrected: 20, dossiers: 20 } }]);
  });

  it('are flagged from a tenth of the dossiers of 2.1 on', () => {
    expect(bulk([...many(20, corrected), ...many(181, received, 100)])).toEqual([]);
    expect(bulk([...many(20, corrected), ...many(180, received, 100)])).toHaveLength(1);
  });

  it('are those of the last four hours, in one unit, and no bulk load', () => {
    expect(bulk(many(20, (name) => corrected(name, '2026-10-11 19:59')))).toEqual([]);
    expect(bulk(many(20, (name) => corrected(name, '2026-10-11 21:00', true)))).toEqual([]);
    const elsewhere = (name: string) => received(name, 'H44.2').corrected('channel', 'in-person', 'online', { at: '2026-10-05 08:00', recordedAt: '2026-10-11 21:00' });
    expect(bulk([...many(10, corrected), ...many(10, elsewhere, 50)])).toEqual([]);
    // Of units that have become one they are of one unit.
    expect(flagsIn([...many(10, corrected), ...many(10, elsewhere, 50)], WEEK, merged)).toMatchObject([{ flag: 'bulk-corrections', unit: 'H44.3' }]);
  });

  it('are found for each week of a longer period', () => {
    const next = (name: string) => corrected(name, '2026-10-18 23:00');
    expect(flagsIn([...many(20, corrected), ...many(20, next, 50)], periodNamed('2026-10')).map(({ flag }) => flag)).toEqual(['bulk-corrections', 'bulk-corrections']);
  });
});

describe('a dossier that was made again', () => {
  const first = (voidedAt: string) => lifeStory('D1').registered('2026-09-01 08:00', { unit: 'H44.1' }).received('2026-09-01 09:00', { unit: 'H44.1' }).voided(voidedAt);
  const again = (registeredAt: string, unit = 'H44.1') => lifeStory('D2').registered(registeredAt, { unit, recordedAt: '2026-10-06 08:00' });

  it.each([
    ['of the same second, within thirty days', '2026-09-06 08:00', again('2026-09-01 08:00'), [['re-created', 'D2', 'D1']]],
    ['more than thirty days later', '2026-09-06 07:59', again('2026-09-01 08:00'), []],
    ['before the other was voided', '2026-10-06 08:01', again('2026-09-01 08:00'), []],
    ['of another second', '2026-09-20 08:00', again('2026-09-01 08:01'), []],
    ['of another unit', '2026-09-20 08:00', again('2026-09-01 08:00', 'H44.2'), []],
  ])('%s', (_, voidedAt, story, flags) => {
    const found = flagsIn([first(voidedAt), story]).filter(({ flag }) => flag === 're-created');
    expect(found.map(({ flag, dossier, other }) => [flag, dossier, other])).toEqual(flags);
  });

  it('at the unit that took over from the one where it was voided', () => {
    const found = flagsIn([first('2026-09-20 08:00'), again('2026-09-01 08:00', 'H44.3')], WEEK, merged);
    expect(found).toMatchObject([{ flag: 're-created', dossier: 'D2', other: 'D1', unit: 'H44.3' }]);
  });
});

describe('flags of arbitrary dossiers', () => {
  it('do not depend on their order, and are the sum of the weeks where no week is cut', () => {
    const shuffled = arbitraryLives(8).chain((lives) => fc.tuple(fc.constant(lives), fc.shuffledSubarray([...lives], { minLength: lives.length })));
    const weeks = ['2026-W41', '2026-W42', '2026-W43'].map(periodNamed);
    const days = periodNamed('2026-10-05..2026-10-25');
    fc.assert(fc.property(shuffled, ([lives, other]) => {
      const [views, reordered] = [lives, other].map((each) => each.map((facts) => foldDossier(facts)));
      expect(flagsOf(reordered ?? [], days)).toEqual(flagsOf(views ?? [], days));
      const raised = weeks.flatMap((week) => flagsOf(views ?? [], week));
      expect(raised.map(({ flag, dossier, change }) => [flag, dossier, change])).toEqual(flagsOf(views ?? [], days).map(({ flag, dossier, change }) => [flag, dossier, change]));
    }), { seed: 766, numRuns: 200 });
  });
});
