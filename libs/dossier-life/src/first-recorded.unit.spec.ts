import { lifeStory, local, type LifeStory } from '@index766/testing-unit';

import { foldDossier } from './fold';

const received = () => lifeStory().received('2026-10-01 08:00').due('2026-10-01 08:00', '2026-10-10 24:00', { basis: 'term' });
const uncountedOf = (story: LifeStory) => foldDossier(story.facts()).uncounted.map(({ sequence, reason }) => [sequence, reason]);
const endOf = (story: LifeStory) => foldDossier(story.facts()).endedAt;
const duesOf = (story: LifeStory) => foldDossier(story.facts()).dues.map(({ from, dueAt }) => [from, dueAt]);
const first = [local('2026-10-01 08:00'), local('2026-10-10 24:00')];

describe('an end', () => {
  const ended = () => received().finished('2026-10-12 08:00');

  it('corrected to an earlier instant after it was recorded does not count', () => {
    const story = ended().corrected('finished-at', '2026-10-12 08:00', '2026-10-09 08:00', { recordedAt: '2026-10-13 08:00' });
    expect(endOf(story)).toBe(local('2026-10-12 08:00'));
    expect(uncountedOf(story)).toEqual([[4, 'end-moved-earlier']]);
  });

  it('of another kind that is reported later for an earlier instant does not count', () => {
    const story = ended().withdrawn('2026-10-09 08:00', { recordedAt: '2026-10-13 08:00' });
    expect(foldDossier(story.facts())).toMatchObject({ endedAt: local('2026-10-12 08:00'), endStatus: 9 });
    expect(uncountedOf(story)).toEqual([[4, 'end-moved-earlier']]);
  });

  it('corrected to a later instant counts, and back to no earlier than the first recorded one', () => {
    const later = ended().corrected('finished-at', '2026-10-12 08:00', '2026-10-14 08:00', { recordedAt: '2026-10-15 08:00' });
    expect(endOf(later)).toBe(local('2026-10-14 08:00'));
    const back = later.corrected('finished-at', '2026-10-14 08:00', '2026-10-12 08:00', { recordedAt: '2026-10-16 08:00' });
    expect(endOf(back)).toBe(local('2026-10-12 08:00'));
    expect(uncountedOf(back)).toEqual([]);
  });

  it('is what one push says as a whole: finished and returned, recorded together', () => {
    const recordedAt = '2026-10-20 08:00';
    const story = received().returned('2026-10-15 08:00', { recordedAt }).finished('2026-10-12 08:00', { recordedAt });
    expect(endOf(story)).toBe(local('2026-10-12 08:00'));
    expect(uncountedOf(story)).toEqual([]);
    // The first end of the two is what a later statement is compared with.
    expect(uncountedOf(story.withdrawn('2026-10-13 08:00', { recordedAt: '2026-10-21 08:00' }))).toEqual([[5, 'impossible-in-status']]);
  });

  it('recorded late counts at its own instant, for nothing was recorded before it', () => {
    expect(endOf(received().finished('2026-10-09 08:00', { recordedAt: '2026-10-20 08:00' }))).toBe(local('2026-10-09 08:00'));
  });

  it('is judged by what was recorded, not by the order of arrival', () => {
    const facts = ended().withdrawn('2026-10-09 08:00', { recordedAt: '2026-10-13 08:00' }).facts();
    expect(foldDossier([...facts].reverse())).toEqual(foldDossier(facts));
  });
});

describe('a due instant', () => {
  it('moved before it has passed counts from then on', () => {
    const story = received().due('2026-10-08 08:00', '2026-10-20 24:00', { cause: 'corrected' });
    expect(duesOf(story)).toEqual([first, [local('2026-10-08 08:00'), local('2026-10-20 24:00')]]);
  });

  it('moved at the very due instant counts', () => {
    expect(duesOf(received().due('2026-10-10 24:00', '2026-10-20 24:00', { cause: 'corrected' }))).toHaveLength(2);
  });

  it.each(['corrected', 'procedure-changed', 'calendar-changed'] as const)('moved after it had passed does not count (%s)', (cause) => {
    const story = received().due('2026-10-11 00:00:00.001', '2026-10-20 24:00', { cause });
    expect(duesOf(story)).toEqual([first]);
    expect(uncountedOf(story)).toEqual([[3, 'due-moved-after-passing']]);
  });

  it('moved for an instant before it had passed, but recorded after, does not count', () => {
    const story = received().due('2026-10-02 08:00', '2026-10-20 24:00', { cause: 'corrected', recordedAt: '2026-10-11 08:00' });
    expect(duesOf(story)).toEqual([first]);
  });

  it.each(['2026-10-10 08:00', '2026-10-10 24:00'])('cannot pass while the citizen is waited for (since %s): the completion moves it', (asked) => {
    const story = received().supplementAsked('s1', asked).supplementGiven('s1', '2026-10-15 08:00')
      .due('2026-10-15 08:00', '2026-10-16 24:00', { cause: 'supplement-completed', basis: 'term' });
    expect(duesOf(story)).toEqual([first, [local('2026-10-15 08:00'), local('2026-10-16 24:00')]]);
    expect(uncountedOf(story)).toEqual([]);
  });

  it('is moved by a pause that becomes known late, at the instant of the completion', () => {
    const recordedAt = '2026-10-20 08:00';
    const story = received().supplementAsked('s1', '2026-10-05 08:00', { recordedAt }).supplementGiven('s1', '2026-10-07 08:00', { recordedAt })
      .due('2026-10-07 08:00', '2026-10-12 24:00', { cause: 'supplement-completed', basis: 'term', recordedAt });
    expect(duesOf(story)).toHaveLength(2);
  });

  it('that had passed before the supplement was asked for stays passed', () => {
    const story = received().supplementAsked('s1', '2026-10-12 08:00').supplementGiven('s1', '2026-10-15 08:00')
      .due('2026-10-15 08:00', '2026-10-20 24:00', { cause: 'supplement-completed' });
    expect(duesOf(story)).toEqual([first]);
    expect(uncountedOf(story)).toEqual([[5, 'due-moved-after-passing']]);
  });

  it('that was unknown may be stated at any time: nothing had passed', () => {
    const story = lifeStory().received('2026-10-01 08:00').due('2026-10-01 08:00', '2026-10-10 24:00', { cause: 'procedure-changed', recordedAt: '2026-10-20 08:00' });
    expect(duesOf(story)).toEqual([first]);
  });

  it('stated for an earlier instant holds in place of what was stated before for later ones', () => {
    const story = received().due('2026-10-05 08:00', '2026-10-20 24:00', { cause: 'corrected' }).due('2026-10-01 08:00', '2026-10-12 24:00', { cause: 'corrected' });
    expect(duesOf(story)).toEqual([[local('2026-10-01 08:00'), local('2026-10-12 24:00')]]);
  });
});

describe('an extension', () => {
  const extend = (story: LifeStory, at: string, newDue = '2026-10-20 24:00', options = {}) =>
    story.extended(at, newDue, options).due(at, newDue, { cause: 'extended' });

  it('with a reason and an apology, up to the old due instant, moves it', () => {
    const story = extend(received(), '2026-10-10 24:00');
    expect(duesOf(story)).toEqual([first, [local('2026-10-10 24:00'), local('2026-10-20 24:00')]]);
    expect(uncountedOf(story)).toEqual([]);
  });

  it.each<[string, LifeStory]>([
    ['after the old due instant', extend(received(), '2026-10-11 00:00:00.001')],
    ['after the old due instant, while the citizen is waited for', extend(received().supplementAsked('s1', '2026-10-09 08:00'), '2026-10-12 08:00')],
    ['without a reason', extend(received(), '2026-10-05 08:00', '2026-10-20 24:00', { reason: null })],
    ['without an apology', extend(received(), '2026-10-05 08:00', '2026-10-20 24:00', { apology: false })],
  ])('%s is stored, flagged and does not count', (_, story) => {
    expect(duesOf(story)).toEqual([first]);
    const facts = story.facts();
    expect(uncountedOf(story)).toEqual([[facts.length - 1, 'extension-invalid'], [facts.length, 'extension-invalid']]);
  });

  it('that no stated due instant gives force to is flagged', () => {
    const story = received().extended('2026-10-05 08:00', '2026-10-20 24:00');
    expect(duesOf(story)).toEqual([first]);
    expect(uncountedOf(story)).toEqual([[3, 'extension-invalid']]);
  });
});

describe('a void', () => {
  const voidedOf = (story: LifeStory) => foldDossier(story.facts()).voided;

  it('recorded before the due instant takes the dossier out', () => {
    expect(voidedOf(received().voided('2026-10-10 23:59'))).toBe(true);
  });

  it.each(['2026-10-10 24:00', '2026-10-20 08:00'])('recorded at the due instant or later (%s) only flags', (at) => {
    const story = received().voided(at);
    expect(voidedOf(story)).toBe(false);
    expect(uncountedOf(story)).toEqual([[3, 'voided-after-due']]);
  });

  it('goes by when it was recorded, not by the instant that it gives', () => {
    expect(voidedOf(received().voided('2026-10-05 08:00', { recordedAt: '2026-10-20 08:00' }))).toBe(false);
  });

  it('goes by the due instant in force when it was recorded', () => {
    const extended = received().extended('2026-10-09 08:00', '2026-10-20 24:00').due('2026-10-09 08:00', '2026-10-20 24:00', { cause: 'extended' });
    expect(voidedOf(extended.voided('2026-10-15 08:00'))).toBe(true);
  });

  it('takes out what was never received or never due', () => {
    expect(voidedOf(lifeStory().registered('2026-10-01 08:00').voided('2026-11-01 08:00'))).toBe(true);
    expect(voidedOf(lifeStory().received('2026-10-01 08:00').voided('2026-11-01 08:00'))).toBe(true);
  });
});
