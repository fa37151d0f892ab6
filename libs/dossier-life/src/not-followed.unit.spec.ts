import { lifeStory, local, type LifeStory } from '@index766/testing-unit';
import fc from 'fast-check';

import type { DossierFact } from './facts';
import { foldDossier } from './fold';
import { judgeAt } from './judge';
import { NOT_FOLLOWED_KEPT, NOT_FOLLOWED_OF_OTHERS_KEPT, notFollowedFacts, type NotFollowedStatement } from './not-followed';

const OCTOBER = { start: local('2026-10-01'), end: local('2026-11-01') };
const DUE = '2026-10-09 24:00';
const ENDED = '2026-10-12 08:00';
const HEARD = { recordedAt: '2026-10-13 08:00' };
/** Due Friday 9 October 24:00, ended on Monday after it. */
const endedLate = () => lifeStory().received('2026-10-01 08:00').due('2026-10-01 08:00', DUE).finished(ENDED);

const context = { dossier: endedLate().last().dossier, topic: endedLate().last().topic, recordedAt: local('2026-10-13 08:00') };
const trick: NotFollowedStatement = { field: 'finished-at', stated: local(DUE), standing: local(ENDED), source: 'one-stop', cause: 'outranked' };
const toldOf = (story: LifeStory, ...statements: readonly NotFollowedStatement[]) => notFollowedFacts(story.facts(), [], statements, context);

describe('a statement that is not followed', () => {
  it('is told as a fact of the dossier, with what it says and what stands, when it is heard', () => {
    expect(toldOf(endedLate(), trick)).toEqual([{
      kind: 'statement-not-followed', dossier: context.dossier, topic: context.topic, sequence: 4, timeBasis: 'inferred',
      occurredAt: context.recordedAt, recordedAt: context.recordedAt, body: trick,
    }]);
  });

  it('is told once, however often it comes again', () => {
    const told = toldOf(endedLate(), trick, trick);
    expect(told).toHaveLength(1);
    const later = { ...trick, latestAt: local('2026-10-10 08:00') };
    expect(notFollowedFacts([...endedLate().facts(), ...told], [], [trick, later], { ...context, recordedAt: local('2026-10-14 08:00') })).toEqual([]);
  });

  it('is another one from another source, with another value, and of another part', () => {
    const others = [
      { ...trick, source: 'ministry' }, { ...trick, stated: local('2026-10-08 08:00') },
      { ...trick, field: 'step-ended-at' as const, part: 's1' }, { ...trick, field: 'step-ended-at' as const, part: 's2' },
    ];
    expect(toldOf(endedLate(), trick, ...others).map(({ sequence }) => sequence)).toEqual([4, 5, 6, 7, 8]);
  });

  it('is none where it is a late copy of what was followed at its time', () => {
    const corrected = endedLate().corrected('finished-at', ENDED, '2026-10-12 10:00', HEARD);
    const copy = { ...trick, stated: local(ENDED), standing: local('2026-10-12 10:00') };
    expect(toldOf(corrected, copy)).toEqual([]);
    expect(toldOf(corrected, { ...copy, source: 'ministry', cause: 'other-source' })).toHaveLength(1);
    // What the same element adds stood nowhere before.
    const added = endedLate().corrected('finished-at', ENDED, DUE, HEARD).last();
    expect(notFollowedFacts(endedLate().facts(), [added], [trick], context)).toMatchObject([{ sequence: 5 }]);
  });

  const manyOf = (source: string, cause: NotFollowedStatement['cause'] = 'other-source') =>
    Array.from({ length: NOT_FOLLOWED_KEPT + 5 }, (_, index) => ({ ...trick, source, cause, stated: trick.stated as number - index }));

  it('hides no other source behind one that contradicts without end', () => {
    const told = toldOf(endedLate(), ...manyOf('ministry'), trick);
    expect(told).toHaveLength(NOT_FOLLOWED_KEPT + 1);
    expect(told.at(-1)).toMatchObject({ body: { source: 'one-stop', cause: 'outranked' } });
  });

  it('fills up no dossier by many sources, and hides the owner behind none', () => {
    const told = toldOf(endedLate(), ...['a', 'b', 'c', 'd', 'e'].flatMap((source) => manyOf(source)), trick);
    expect(told).toHaveLength(NOT_FOLLOWED_OF_OTHERS_KEPT + 1);
    expect(told.at(-1)).toMatchObject({ body: { source: 'one-stop' } });
  });

  it('fills up no dossier', () => {
    const many = manyOf('one-stop', 'outranked');
    const told = toldOf(endedLate(), ...many);
    expect(told).toHaveLength(NOT_FOLLOWED_KEPT);
    expect(notFollowedFacts([...endedLate().facts(), ...told], [], [{ ...trick, stated: local('2026-10-02 08:00') }], context)).toEqual([]);
  });
});

const reviewed = (story: LifeStory, review?: 'accepted' | 'declined') =>
  foldDossier(story.facts(), review === undefined ? {} : { reviews: new Map([[story.last().sequence, review]]) });
const isLate = (story: LifeStory, review?: 'accepted' | 'declined') => judgeAt(reviewed(story, review), OCTOBER, OCTOBER.end).late;

const MOVED = endedLate().notFollowed('stated-due-at', DUE, '2026-10-30 24:00', HEARD);
const CONTRADICTED = endedLate().notFollowed('finished-at', ENDED, DUE, { ...HEARD, from: 'ministry' });
const OTHER_CHANNEL = endedLate().notFollowed('channel', 'in-person', 'online', { ...HEARD, from: 'ministry' });
/** Of one source: what would be flagged if it had been followed; of another one: all. */
const FLAGGED: readonly (readonly [string, LifeStory])[] = [
  ['end-moved-earlier', endedLate().notFollowed('finished-at', ENDED, DUE, HEARD)], ['due-moved-after-passing', MOVED],
  ['conflicting-sources', CONTRADICTED], ['conflicting-sources', OTHER_CHANNEL],
];

describe('what integrity rules ask about', () => {
  it.each(FLAGGED)('%s is flagged though it was not followed, and the dossier stays late', (flag, story) => {
    const { sequence, recordedAt } = story.last();
    expect(reviewed(story)).toMatchObject({
      flags: [{ flag, sequence, recordedAt, review: null }], uncounted: [{ sequence, reason: flag }], endedAt: local(ENDED), channel: 'in-person',
    });
    expect(isLate(story)).toBe(true);
    expect(isLate(story, 'declined')).toBe(true);
  });

  it.each<[string, LifeStory]>([
    ['an end that is not before the one recorded first', endedLate().notFollowed('finished-at', ENDED, '2026-10-12 10:00', HEARD)],
    ['an earlier due instant', endedLate().notFollowed('stated-due-at', DUE, '2026-10-08 24:00', HEARD)],
    ['a later due instant before the one in force passed', lifeStory().received('2026-10-01 08:00').due('2026-10-01 08:00', DUE)
      .notFollowed('stated-due-at', DUE, '2026-10-30 24:00', { recordedAt: '2026-10-08 08:00' })],
    ['what no rule is about', endedLate().notFollowed('received-at', '2026-10-01 08:00', '2026-10-02 08:00', HEARD)],
  ])('is not %s', (_, story) => {
    expect(reviewed(story)).toMatchObject({ flags: [], uncounted: [] });
  });

  it('counts when a reviewer accepts it, as a correction would, and stays flagged', () => {
    for (const [, story] of FLAGGED) expect(reviewed(story, 'accepted')).toMatchObject({ flags: [{ review: 'accepted' }], uncounted: [] });
    expect([isLate(CONTRADICTED, 'accepted'), reviewed(CONTRADICTED, 'accepted').endedAt]).toEqual([false, local(DUE)]);
    expect(reviewed(MOVED, 'accepted').dues.at(-1)).toMatchObject({ dueAt: local('2026-10-30 24:00'), cause: 'corrected' });
    expect(reviewed(OTHER_CHANNEL, 'accepted').channel).toBe('online');
  });

  it('is the same in every order of the facts and for every repetition', () => {
    const facts = endedLate().notFollowed('finished-at', ENDED, DUE, HEARD).notFollowed('channel', 'in-person', 'online', { ...HEARD, from: 'ministry' })
      .corrected('finished-at', ENDED, '2026-10-13 07:00', { recordedAt: '2026-10-14 08:00' }).facts() as readonly DossierFact[];
    const reviews = new Map([[4, 'accepted' as const], [5, 'declined' as const]]);
    fc.assert(
      fc.property(fc.shuffledSubarray([...facts, ...facts], { minLength: 2 * facts.length }), (shuffled) => {
        expect(foldDossier(shuffled, { reviews })).toEqual(foldDossier(facts, { reviews }));
      }),
      { seed: 766, numRuns: 200 },
    );
  });
});
