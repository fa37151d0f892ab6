import type { OfficerPseudonym, UnitCode } from '@index766/kernel';
import { lifeStory, local, officer, type LifeStory } from '@index766/testing-unit';
import { VIETNAM_CALENDAR, calendarFor } from '@index766/working-time';

import { foldDossier } from './fold';
import { lateOfficers, type LateOfficerOptions } from './late-officers';

const calendar = calendarFor(VIETNAM_CALENDAR, []);
const october = { start: local('2026-10-01'), end: local('2026-11-01') };
const hour = 3_600_000;
const [an, binh, chi, dung] = [officer(1), officer(2), officer(3), officer(4)];

/** A dossier of one officer, due Friday 9 October 24:00. */
const held = (name: string, by: OfficerPseudonym) =>
  lifeStory(name).received('2026-10-01 08:00').due('2026-10-01 08:00', '2026-10-09 24:00').step('a', '2026-10-01 08:00', { by });
const onTime = (name: string, by: OfficerPseudonym) => held(name, by).finished('2026-10-08 08:00');
const list = (stories: readonly LifeStory[], options: Partial<LateOfficerOptions> = {}, at = '2026-11-01') =>
  lateOfficers(stories.map((story) => foldDossier(story.facts())), october, local(at), { calendarOf: () => calendar, ...options });

describe('the list of late officers', () => {
  it('has every officer with a dossier that ended late or is overdue and open, in distinct dossiers', () => {
    const twoSteps = held('D3', an).step('b', '2026-10-12 08:00', { by: an }).finished('2026-10-12 08:30');
    const { officers } = list([held('D1', an).finished('2026-10-12 08:30'), held('D2', an), twoSteps, onTime('D4', an), onTime('D5', binh)], {}, '2026-10-12 09:30');
    expect(officers).toMatchObject([{ officer: an, rank: 1, endedLate: 2, overdueOpen: 1, handled: 4, lateShare: 0.75 }]);
    expect(officers).toHaveLength(1);
  });

  it('shows their own late working time, the sum and the worst, and each dossier, the worst first', () => {
    const { officers } = list([held('D1', an).finished('2026-10-12 08:30'), held('D2', an).extended('2026-10-12 08:00', '2026-10-20').finished('2026-10-13 08:30')]);
    expect(officers).toMatchObject([{ lateMilliseconds: 9.5 * hour, worstMilliseconds: 8.5 * hour }]);
    expect(officers[0]?.dossiers).toEqual([
      {
        dossier: 'D2', procedure: '2.000815', unit: 'H44.114', dueAt: local('2026-10-09 24:00'), endedAt: local('2026-10-13 08:30'), state: 'ended-late',
        bySecondSupplement: false, ownLateMilliseconds: 8.5 * hour, lateMilliseconds: 8.5 * hour, daysLate: 8.5 / 7.5, apologyGiven: true,
      },
      {
        dossier: 'D1', procedure: '2.000815', unit: 'H44.114', dueAt: local('2026-10-09 24:00'), endedAt: local('2026-10-12 08:30'), state: 'ended-late',
        bySecondSupplement: false, ownLateMilliseconds: hour, lateMilliseconds: hour, daysLate: 1 / 7.5, apologyGiven: false,
      },
    ]);
  });

  it('does not know yet of an apology that comes after T', () => {
    const story = held('D1', an).extended('2026-10-13 08:00', '2026-10-20');
    expect(list([story], {}, '2026-10-12 08:00').officers[0]?.dossiers[0]?.apologyGiven).toBe(false);
  });

  it('counts days late by the hours of the unit that holds the dossier', () => {
    const shortDays = calendarFor(
      { ...VIETNAM_CALENDAR, overrides: [{ unit: 'H44.2', officeHours: Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, [{ from: 450, to: 690 }]])) }] },
      ['H44.2' as UnitCode],
    );
    const story = held('D1', an).transferred('H44.2', '2026-10-02 08:00').finished('2026-10-13 11:30');
    const { officers } = list([story], { calendarOf: (unit) => (unit === 'H44.2' ? shortDays : calendar) });
    expect(officers[0]?.dossiers[0]).toMatchObject({ unit: 'H44.2', lateMilliseconds: 8 * hour, daysLate: 2 });
  });

  it('counts days late by the hours of the day that the due instant ends', () => {
    const longer = calendarFor(
      { ...VIETNAM_CALENDAR, overrides: [{ unit: 'H44.2', validFrom: '2026-10-10', officeHours: Object.fromEntries([1, 2, 3, 4, 5].map((day) => [day, [{ from: 480, to: 1_080 }]])) }] },
      ['H44.2' as UnitCode],
    );
    const story = held('D1', an).finished('2026-10-12 15:30');
    expect(list([story], { calendarOf: () => longer }).officers[0]?.dossiers[0]).toMatchObject({ lateMilliseconds: 7.5 * hour, daysLate: 1 });
  });

  it('counts a dossier once for each officer that it belongs to', () => {
    const shared = held('D1', an).step('b', '2026-10-12 08:00', { by: binh }).finished('2026-10-12 09:00');
    expect(list([shared]).officers.map((row) => [row.officer, row.endedLate, row.lateMilliseconds / hour])).toEqual([[binh, 1, 1], [an, 1, 0.5]]);
  });

  it('is ordered by late dossiers, then late time, then pseudonym; equal ones share a rank', () => {
    const late = (name: string, by: OfficerPseudonym, end: string) => held(name, by).finished(end);
    const { officers } = list([
      late('D1', dung, '2026-10-12 08:30'), late('D2', chi, '2026-10-12 08:30'), late('D3', binh, '2026-10-12 09:30'),
      late('D4', an, '2026-10-12 07:45'), late('D5', an, '2026-10-12 07:45'), late('D6', officer(5), '2026-10-12 08:00'),
    ]);
    expect(officers.map((row) => [row.rank, row.officer])).toEqual([[1, an], [2, binh], [3, chi], [3, dung], [5, officer(5)]]);
  });

  it('leaves out who is below the threshold', () => {
    const stories = [held('D1', an), held('D2', an), held('D3', binh)];
    expect(list(stories, { threshold: 2 }).officers.map((row) => row.officer)).toEqual([an]);
  });

  it('has a second order by late share for those who handled enough', () => {
    const handled = (by: OfficerPseudonym, late: number, count: number) =>
      Array.from({ length: count }, (_, index) => (index < late ? held(`${by}-${index}`, by) : onTime(`${by}-${index}`, by)));
    const { byShare } = list([...handled(an, 3, 12), ...handled(binh, 3, 10), ...handled(chi, 1, 9), ...handled(dung, 5, 20)]);
    expect(byShare).toEqual([
      { rank: 1, officer: binh, late: 3, handled: 10 }, { rank: 2, officer: an, late: 3, handled: 12 }, { rank: 2, officer: dung, late: 5, handled: 20 },
    ]);
  });

  it('counts as handled what had a step of theirs in the period', () => {
    const before = lifeStory('D1').received('2026-09-01 08:00').due('2026-09-01 08:00', '2026-09-20').step('a', '2026-09-01 08:00', { by: an, deadline: '2026-09-10' }).stepDone('a', '2026-09-30 08:00');
    expect(list([before]).officers).toMatchObject([{ officer: an, overdueOpen: 1, handled: 0, lateShare: null }]);
    const upTo = lifeStory('D1').received('2026-09-01 08:00').due('2026-09-01 08:00', '2026-09-20').step('a', '2026-09-01 08:00', { by: an }).stepDone('a', '2026-10-01');
    expect(list([upTo]).officers).toMatchObject([{ handled: 0 }]);
    const into = lifeStory('D1').received('2026-09-01 08:00').due('2026-09-01 08:00', '2026-09-20').step('a', '2026-09-01 08:00', { by: an }).stepDone('a', '2026-10-01 08:00');
    expect(list([into]).officers).toMatchObject([{ officer: an, handled: 1 }]);
  });

  it('shows late steps on dossiers that were on time in a column of their own', () => {
    const lateStep = lifeStory('D1').received('2026-10-01 08:00').due('2026-10-01 08:00', '2026-10-09 24:00')
      .step('a', '2026-10-01 08:00', { by: an, deadline: '2026-10-02 17:00' }).stepDone('a', '2026-10-05 08:00').finished('2026-10-06 08:00');
    expect(list([lateStep]).officers).toEqual([]);
    expect(list([lateStep, held('D2', an)]).officers).toMatchObject([{ officer: an, overdueOpen: 1, endedLate: 0, handled: 2, lateStepsOnTime: 1 }]);
  });

  it('lists what belongs to no officer, with the reason, and drops nothing', () => {
    const nobody = lifeStory('D1').received('2026-10-01 08:00').due('2026-10-01 08:00', '2026-10-09 24:00');
    const { officers, unassigned } = list([nobody, held('D2', an), held('D3', binh)], { isAmbiguous: (each) => each === an });
    expect(officers.map((row) => row.officer)).toEqual([binh]);
    expect(unassigned.map(({ why, dossiers }) => [why, dossiers.map(({ dossier }) => dossier)])).toEqual([['ambiguous-name', ['D2']], ['nobody', ['D1']]]);
  });

  it('has the second supplement with its officer, without time', () => {
    const story = held('D1', an).supplementAsked('s1', '2026-10-02 08:00').supplementGiven('s1', '2026-10-02 09:00').supplementAsked('s2', '2026-10-05 08:00');
    expect(list([story]).officers).toMatchObject([{ officer: an, overdueOpen: 1, lateMilliseconds: 0, dossiers: [{ bySecondSupplement: true, daysLate: 0 }] }]);
  });

  it('does not see dossiers that were voided, not received, or ended before the period', () => {
    const voided = held('D1', an).voided('2026-10-05 08:00');
    const past = lifeStory('D2').received('2026-09-01 08:00').due('2026-09-01 08:00', '2026-09-09').step('a', '2026-09-01 08:00', { by: an }).finished('2026-09-20 08:00');
    expect(list([voided, past, lifeStory('D3').step('a', '2026-10-01 08:00', { by: an })])).toEqual({ officers: [], byShare: [], unassigned: [] });
  });
});
