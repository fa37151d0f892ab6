import { lifeStory, local, officer, type LifeStory } from '@index766/testing-unit';
import { VIETNAM_CALENDAR, calendarFor } from '@index766/working-time';

import { foldDossier } from './fold';
import { latenessAt, type OfficerKnowledge } from './own-time';

const calendar = calendarFor(VIETNAM_CALENDAR, []);
const october = { start: local('2026-10-01'), end: local('2026-11-01') };
const hour = 3_600_000;
const [an, binh, chi] = [officer(1), officer(2), officer(3)];

/** Due Friday 9 October 24:00. A working day has 7.5 hours. */
const received = () => lifeStory().received('2026-10-01 08:00').due('2026-10-01 08:00', '2026-10-09 24:00');
const lateness = (story: LifeStory, at = '2026-11-01', knowledge?: OfficerKnowledge) =>
  latenessAt(foldDossier(story.facts()), october, local(at), calendar, knowledge);
const shares = (story: LifeStory, at?: string, knowledge?: OfficerKnowledge) =>
  lateness(story, at, knowledge)?.shares.map((share) => [share.officer ?? share.unassigned, share.lateMilliseconds / hour]);

describe('a dossier that is not late', () => {
  it.each<[string, LifeStory]>([
    ['ended on time', received().finished('2026-10-09 08:00')], ['waits since before it was due', received().supplementAsked('s1', '2026-10-09 08:00')],
    ['ended late before the period', lifeStory().received('2026-09-01 08:00').due('2026-09-01 08:00', '2026-09-09').finished('2026-09-20 08:00')],
    ['is undetermined', lifeStory().received('2026-10-01 08:00').finished('2026-10-20 08:00')],
  ])('has no lateness: it %s', (_, story) => expect(lateness(story)).toBeNull());
});

describe('the lateness of a dossier', () => {
  it('is the working time past its due instant', () => {
    expect(lateness(received().finished('2026-10-12 09:30'))).toMatchObject({ state: 'ended-late', dueAt: local('2026-10-09 24:00'), lateMilliseconds: 2 * hour });
  });

  it('goes on up to T while it is open', () => {
    expect(lateness(received(), '2026-10-12 09:30')).toMatchObject({ state: 'overdue-open', lateMilliseconds: 2 * hour });
    expect(lateness(received(), '2026-10-13 09:30')).toMatchObject({ lateMilliseconds: 9.5 * hour });
  });

  it('leaves out the time waiting for the citizen, which belongs to nobody', () => {
    const story = received().step('a', '2026-10-01 08:00', { by: an }).supplementAsked('s1', '2026-10-12 08:30').supplementGiven('s1', '2026-10-13 08:30').finished('2026-10-13 09:30');
    expect(lateness(story)).toMatchObject({ lateMilliseconds: 2 * hour });
    expect(shares(story)).toEqual([[an, 2]]);
  });

  it('of one that waits since after it was due ends at the request', () => {
    const story = received().step('a', '2026-10-01 08:00', { by: an }).supplementAsked('s1', '2026-10-12 08:30');
    expect(lateness(story)).toMatchObject({ state: 'overdue-open', lateMilliseconds: hour });
  });

  it('is against the due instant in force when it passed', () => {
    const story = received().due('2026-10-12 08:00', '2026-10-30', { cause: 'corrected' }).finished('2026-10-12 09:30');
    expect(lateness(story)).toMatchObject({ dueAt: local('2026-10-09 24:00'), lateMilliseconds: 2 * hour });
  });
});

describe('a late dossier with late steps', () => {
  it('belongs to the officers whose own steps were late, each past the step’s deadline', () => {
    const story = received()
      .step('a', '2026-10-01 08:00', { by: an, deadline: '2026-10-05 08:30' }).stepDone('a', '2026-10-05 10:30')
      .step('b', '2026-10-05 10:30', { by: binh, deadline: '2026-10-20 08:30' }).stepDone('b', '2026-10-07 08:00')
      .step('c', '2026-10-07 08:00', { by: chi, deadline: '2026-10-08 24:00' }).finished('2026-10-12 09:30');
    // c: Friday's 7.5 hours and Monday's two.
    expect(shares(story)).toEqual([[an, 2], [chi, 9.5]]);
  });

  it('judges a step that is still going on at T', () => {
    expect(shares(received().step('a', '2026-10-01 08:00', { by: an, deadline: '2026-10-09 24:00' }), '2026-10-12 08:30')).toEqual([[an, 1]]);
  });

  it('knows an officer without late time if no working time lies in between', () => {
    expect(shares(received().step('a', '2026-10-01 08:00', { by: an, deadline: '2026-10-09 24:00' }).finished('2026-10-10 12:00'))).toEqual([[an, 0]]);
  });

  it('leaves out a step that began after the dossier’s end', () => {
    const story = received().step('a', '2026-10-01 08:00', { by: an }).finished('2026-10-12 09:30').step('b', '2026-10-13 08:00', { by: binh, deadline: '2026-10-13 09:00' }).stepDone('b', '2026-10-15 08:00');
    expect(shares(story)).toEqual([[an, 2]]);
  });
});

describe('the deadline of a step', () => {
  const step = (deadline: string) => received().step('a', '2026-10-01 08:00', { by: an, deadline });

  it('at an end of day moves by the term days of a pause inside the step', () => {
    const story = step('2026-10-07 24:00').supplementAsked('s1', '2026-10-05 08:00').supplementGiven('s1', '2026-10-06 08:00').finished('2026-10-12 09:30');
    expect(shares(story)).toEqual([[an, 9.5]]);
  });

  it('inside a day moves by the paused working time', () => {
    const story = step('2026-10-12 08:30').supplementAsked('s1', '2026-10-05 08:00').supplementGiven('s1', '2026-10-05 08:30').finished('2026-10-12 09:30');
    expect(shares(story)).toEqual([[an, 0.5]]);
  });

  it('moves only by the part of a pause that is inside the step', () => {
    const story = received().supplementAsked('s1', '2026-10-01 08:30').step('a', '2026-10-05 08:00', { by: an, deadline: '2026-10-12 08:30' })
      .supplementGiven('s1', '2026-10-05 08:30').finished('2026-10-12 09:30');
    expect(shares(story)).toEqual([[an, 0.5]]);
  });

  it('does not move once it has passed', () => {
    const story = step('2026-10-05 08:00').supplementAsked('s1', '2026-10-05 08:30').supplementGiven('s1', '2026-10-12 08:30').finished('2026-10-12 09:30');
    expect(shares(story)).toEqual([[an, 1.5]]);
  });

  it('is kept by a step that ends while the citizen is waited for', () => {
    const story = step('2026-10-06 08:00').supplementAsked('s1', '2026-10-05 08:00').stepDone('a', '2026-10-07 08:00').step('b', '2026-10-07 08:00', { by: binh })
      .supplementGiven('s1', '2026-10-08 08:00').finished('2026-10-12 09:30');
    expect(shares(story)).toEqual([[binh, 2]]);
  });

  it('is kept by a step that ends with the waiting', () => {
    const story = step('2026-10-09 24:00').supplementAsked('s1', '2026-10-09 16:00').supplementGiven('s1', '2026-10-10 10:00').stepDone('a', '2026-10-10 10:00')
      .step('b', '2026-10-10 10:00', { by: binh }).finished('2026-10-12 09:30');
    expect(shares(story)).toEqual([[binh, 2]]);
  });

  it('of the last step moves with an extension of the dossier, as far as the due instant', () => {
    const extended = (story: LifeStory) => story.extended('2026-10-08 08:00', '2026-10-13 24:00').due('2026-10-08 08:00', '2026-10-13 24:00', { cause: 'extended' }).finished('2026-10-15 08:30');
    // Two term days further: from Thursday the 8th to Monday the 12th, from the due instant itself to the new one.
    expect(shares(extended(step('2026-10-08 24:00')))).toEqual([[an, 16]]);
    expect(shares(extended(step('2026-10-09 24:00')))).toEqual([[an, 8.5]]);
  });

  it('moves by working time with an extension to a time of day', () => {
    const story = step('2026-10-09 08:30').extended('2026-10-08 08:00', '2026-10-12 08:30').due('2026-10-08 08:00', '2026-10-12 08:30', { cause: 'extended' }).finished('2026-10-12 10:30');
    expect(shares(story)).toEqual([[an, 8.5]]);
  });

  it('of a step that was not the last one when the dossier was extended stays', () => {
    const story = step('2026-10-09 24:00').step('b', '2026-10-06 08:00', { by: binh }).stepDone('a', '2026-10-14 08:30')
      .extended('2026-10-08 08:00', '2026-10-13 24:00').due('2026-10-08 08:00', '2026-10-13 24:00', { cause: 'extended' }).finished('2026-10-15 08:30');
    expect(shares(story)).toEqual([[an, 16]]);
  });
});

describe('a late dossier without a late step', () => {
  it('belongs to the one who held it when the due instant passed, later holders from their start', () => {
    const story = received().step('a', '2026-10-01 08:00', { by: an }).stepDone('a', '2026-10-12 08:30').step('b', '2026-10-12 10:30', { by: binh }).finished('2026-10-13 08:30');
    expect(shares(story)).toEqual([[an, 1], [binh, 5.5]]);
  });

  it('is not of those who had handed it on by then', () => {
    const story = received().step('a', '2026-10-01 08:00', { by: an }).step('b', '2026-10-09 24:00', { by: binh }).finished('2026-10-12 08:30');
    expect(shares(story)).toEqual([[binh, 1]]);
  });

  it('is unassigned if nobody held it, until somebody did', () => {
    expect(shares(received().finished('2026-10-12 08:30'))).toEqual([['nobody', 1]]);
    const later = received().step('a', '2026-10-12 08:30', { by: an }).finished('2026-10-12 10:30');
    expect(shares(later)).toEqual([['nobody', 1], [an, 2]]);
  });

  it('belongs to each of those who held it beside each other', () => {
    const story = received().step('a', '2026-10-01 08:00', { by: an }).step('b', '2026-10-01 08:00', { by: binh }).finished('2026-10-12 08:30');
    expect(shares(story)).toEqual([[an, 1], [binh, 1]]);
  });
});

describe('late time that belongs to no officer', () => {
  const story = () => received().step('a', '2026-10-01 08:00', { by: an }).finished('2026-10-12 08:30');
  const away = (from: string, to: string): OfficerKnowledge => ({ absencesOf: () => [{ from: local(from), to: local(to) }] });

  it('is said to be of nobody if the step names none', () => {
    expect(shares(received().step('a', '2026-10-01 08:00').finished('2026-10-12 08:30'))).toEqual([['nobody', 1]]);
  });

  it('is said to be of an ambiguous name', () => {
    expect(shares(story(), undefined, { isAmbiguous: (each) => each === an })).toEqual([['ambiguous-name', 1]]);
  });

  it.each([
    ['longer than a day, in the step', '2026-10-05', '2026-10-07', 'absence'], ['of a day', '2026-10-05', '2026-10-06', an],
    ['before the step', '2026-09-20', '2026-10-01', an], ['after the step', '2026-10-13', '2026-10-20', an],
  ])('is said to be of an absence: %s', (_, from, to, owner) => {
    expect(shares(story(), undefined, away(from, to))).toEqual([[owner, 1]]);
  });
});

describe('a second supplement', () => {
  const twice = (story: LifeStory) => story.supplementAsked('s1', '2026-10-02 08:00').supplementGiven('s1', '2026-10-02 09:00').supplementAsked('s2', '2026-10-06 08:00');

  it('belongs, without late time, to the officer whose step was current at that request', () => {
    const story = twice(received().step('a', '2026-10-01 08:00', { by: an, deadline: '2026-10-05' }).step('b', '2026-10-05 08:00', { by: binh }).step('c', '2026-10-07 08:00', { by: chi }));
    expect(lateness(story, '2026-10-08 08:00')).toMatchObject({ state: 'overdue-open', bySecondSupplement: true, lateMilliseconds: 0 });
    expect(shares(story, '2026-10-08 08:00')).toEqual([[binh, 0]]);
  });

  it('belongs to the one who asks, if the next step begins at that instant', () => {
    const story = twice(received().step('a', '2026-10-01 08:00', { by: an }).stepDone('a', '2026-10-06 08:00').step('b', '2026-10-06 08:00', { by: binh }));
    expect(shares(story)).toEqual([[an, 0]]);
  });

  it('belongs to the one whose step begins with it, if nobody worked on it before', () => {
    expect(shares(twice(received().step('b', '2026-10-06 08:00', { by: binh })))).toEqual([[binh, 0]]);
  });

  it('is unassigned if no step was current', () => {
    expect(shares(twice(received().step('a', '2026-10-07 08:00', { by: an })))).toEqual([['nobody', 0]]);
  });

  it('comes before what the due instant says', () => {
    const story = received().supplementAsked('s1', '2026-10-02 08:00').supplementGiven('s1', '2026-10-02 09:00').step('a', '2026-10-01 08:00', { by: an })
      .step('b', '2026-10-14 08:00', { by: binh }).supplementAsked('s2', '2026-10-15 08:00').finished('2026-10-20 08:00');
    expect(lateness(story)).toMatchObject({ bySecondSupplement: true, lateMilliseconds: 0 });
    expect(shares(story)).toEqual([[binh, 0]]);
  });
});

describe('a lifted objection', () => {
  const story = received().step('a', '2026-10-01 08:00', { by: an, deadline: '2026-10-05 08:00' }).stepDone('a', '2026-10-06 08:00')
    .step('b', '2026-10-06 08:00', { by: binh, deadline: '2026-10-07 08:00' }).finished('2026-10-20 08:00');
  const ownersAt = (isLifted: NonNullable<OfficerKnowledge['isLifted']>) => shares(story, undefined, { isLifted })?.map(([owner]) => owner);

  it('leaves the share of the others, and the lateness itself, as they are', () => {
    expect(ownersAt((owner) => owner === an)).toEqual(['objection-lifted', binh]);
  });

  it('is asked for up to the end of the dossier', () => {
    expect(ownersAt((_, __, bound) => bound <= local('2026-10-20 08:00'))).toEqual(['objection-lifted', 'objection-lifted']);
    expect(ownersAt((_, __, bound) => bound < local('2026-10-20 08:00'))).toEqual([an, binh]);
  });
});
