import { foldDossier } from '@index766/dossier-life';
import { arbitraryInstant, arbitraryLives, lifeStory, local, officer, type LifeStory } from '@index766/testing-unit';
import { VIETNAM_CALENDAR, calendarFor } from '@index766/working-time';
import fc from 'fast-check';

import { todaysList } from './todays-list';

const calendar = calendarFor(VIETNAM_CALENDAR, []);
const hour = 3_600_000;
const [an, binh] = [officer(1), officer(2)];
const held = (name: string, dueAt: string, by = an, department = 'TP-HT') =>
  lifeStory(name).received('2026-10-05 08:00').due('2026-10-05 08:00', dueAt).step('a', '2026-10-05 08:00', { by, department });
const listAt = (at: string, ...stories: readonly LifeStory[]) => todaysList(stories.map((story) => foldDossier(story.facts())), local(at), () => calendar);
/** Friday morning: the next working day is Monday. */
const FRIDAY = '2026-10-16 09:30';

describe('the list of today', () => {
  it('has what is past, due today and due on the next working day, with the working hours left, the least first', () => {
    const { officers } = listAt(FRIDAY, held('D1', '2026-10-16 24:00'), held('D2', '2026-10-19 24:00'), held('D3', '2026-10-15 24:00'), held('D4', '2026-10-20 24:00'), held('D5', '2026-10-16 10:30'));
    expect(officers).toMatchObject([{ who: an, counts: { past: 1, today: 2, tomorrow: 1 } }]);
    expect(officers[0]?.dossiers.map(({ dossier, due, leftMilliseconds }) => [dossier, due, leftMilliseconds / hour])).toEqual([
      ['D3', 'past', -2], ['D5', 'today', 1], ['D1', 'today', 5.5], ['D2', 'tomorrow', 13],
    ]);
  });

  it('has the step that a dossier is at, under who has it now, and under nobody what nobody has', () => {
    const handedOver = held('D1', '2026-10-16 24:00').step('b', '2026-10-14 08:00', { by: binh, department: 'TP-TC' });
    const left = held('D2', '2026-10-16 24:00').stepDone('a', '2026-10-14 08:00');
    const { officers, desks } = listAt(FRIDAY, handedOver, left);
    expect(officers.map(({ who, dossiers }) => [who, dossiers.map(({ dossier, step }) => [dossier, step?.step ?? null])])).toEqual([
      [null, [['D2', null]]], [binh, [['D1', 'b']]],
    ]);
    expect(desks.map(({ who, counts }) => [who.department, counts.today])).toEqual([[null, 1], ['TP-TC', 1]]);
  });

  it('leaves out what has ended, waits for the citizen in time, or has no due instant', () => {
    const none = lifeStory('D3').received('2026-10-05 08:00');
    expect(listAt(FRIDAY, held('D1', '2026-10-16 24:00').finished('2026-10-16 08:00'), held('D2', '2026-10-16 24:00').supplementAsked('s1', '2026-10-15 08:00'), none))
      .toEqual({ officers: [], desks: [] });
  });

  it('has what is late and waits, whose clock stands still', () => {
    const late = held('D1', '2026-10-14 24:00').supplementAsked('s1', '2026-10-15 09:30');
    expect(listAt(FRIDAY, late).officers[0]?.dossiers).toMatchObject([{ due: 'past', waiting: true, leftMilliseconds: -2 * hour }]);
  });

  it('does not depend on the order of the dossiers, and has each once', () => {
    const shuffled = arbitraryLives(8).chain((lives) => fc.tuple(fc.constant(lives), fc.shuffledSubarray([...lives], { minLength: lives.length })));
    fc.assert(fc.property(shuffled, arbitraryInstant(), ([lives, other], at) => {
      const list = (each: typeof lives) => todaysList(each.map((facts) => foldDossier(facts)), at, () => calendar);
      expect(list(other)).toEqual(list(lives));
      const dossiers = list(lives).officers.flatMap((group) => group.dossiers.map(({ dossier }) => dossier));
      expect(new Set(dossiers).size).toBe(dossiers.length);
      expect(list(lives).desks.flatMap((group) => group.dossiers)).toHaveLength(dossiers.length);
    }), { seed: 766, numRuns: 200 });
  });
});
