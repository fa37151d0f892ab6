import type { Instant, UnitCode } from '@index766/kernel';
import { ARBITRARY_SPAN, arbitraryLives, lifeStory, local, officer, type LifeStory } from '@index766/testing-unit';
import { VIETNAM_CALENDAR, calendarFor } from '@index766/working-time';
import fc from 'fast-check';

import { foldDossier } from './fold';
import { judgeAt } from './judge';
import { lateDepartments, lateUnits } from './late-groups';

const calendar = calendarFor(VIETNAM_CALENDAR, []);
const october = { start: local('2026-10-01'), end: local('2026-11-01') };
const hour = 3_600_000;
const options = { calendarOf: () => calendar, fewestHandled: 2 };
/** Due Friday 9 October 24:00, in one division. */
const held = (name: string, department: string, unit = 'H44.1') =>
  lifeStory(name).received('2026-10-01 08:00', { unit }).due('2026-10-01 08:00', '2026-10-09 24:00').step('a', '2026-10-01 08:00', { by: officer(1), department });
const views = (stories: readonly LifeStory[]) => stories.map((story) => foldDossier(story.facts()));
const departments = (...stories: readonly LifeStory[]) => lateDepartments(views(stories), october, local('2026-11-01'), options)
  .map(({ rank, who, late, handled, lateMilliseconds }) => [rank, who.department, late, handled, lateMilliseconds / hour]);

describe('divisions by lateness', () => {
  it('are ranked by their late share; those that handled too few are listed without a rank', () => {
    expect(departments(
      held('D1', 'HT').finished('2026-10-12 08:30'), held('D2', 'HT').finished('2026-10-08 08:00'),
      held('D3', 'TC').finished('2026-10-12 09:30'), held('D4', 'TC').finished('2026-10-12 08:30'), held('D5', 'XD').finished('2026-10-20 08:00'),
    )).toEqual([[1, 'TC', 2, 2, 3], [2, 'HT', 1, 2, 1], [null, 'XD', 1, 1, 45.5]]);
  });

  it('have the lateness of their own steps, each dossier once', () => {
    const story = (name: string) => held(name, 'HT').step('b', '2026-10-12 08:00', { department: 'TC' }).step('c', '2026-10-12 09:00', { department: 'TC' }).finished('2026-10-12 10:00');
    expect(departments(story('D1'), story('D2'))).toEqual([[1, 'TC', 2, 2, 4], [2, 'HT', 2, 2, 1]]);
  });

  it('share a rank where nothing tells them apart', () => {
    const late = (name: string, department: string) => held(name, department).finished('2026-10-12 08:30');
    expect(departments(late('D1', 'A'), late('D2', 'A'), late('D3', 'B'), late('D4', 'B'), held('D5', 'C').finished('2026-10-08 08:00'), late('D6', 'C')).map(([rank]) => rank))
      .toEqual([1, 1, 3]);
  });
});

describe('units by lateness', () => {
  const arbitrary = arbitraryLives(8);
  const span = { start: ARBITRARY_SPAN.start, end: (ARBITRARY_SPAN.start + 30 * 86_400_000) as Instant };
  const unitsOf = (all: readonly ReturnType<typeof foldDossier>[], unitOf = (unit: UnitCode) => unit) => lateUnits(all, span, span.end, { ...options, unitOf });

  it('count the dossiers of 2.1 and those of them that are late', () => {
    fc.assert(fc.property(arbitrary, (lives) => {
      const all = lives.map((facts) => foldDossier(facts));
      const judged = all.map((view) => judgeAt(view, span, span.end)).filter(({ belongs }) => belongs);
      const groups = unitsOf(all);
      expect(groups.reduce((sum, { handled }) => sum + handled, 0)).toBe(judged.length);
      expect(groups.reduce((sum, { late }) => sum + late, 0)).toBe(judged.filter(({ late }) => late).length);
    }), { seed: 766, numRuns: 200 });
  });

  it('do not depend on the order of the dossiers, and add up to the unit above', () => {
    const shuffled = arbitrary.chain((lives) => fc.tuple(fc.constant(lives), fc.shuffledSubarray([...lives], { minLength: lives.length })));
    fc.assert(fc.property(shuffled, ([lives, other]) => {
      const [one, two] = [lives, other].map((each) => each.map((facts) => foldDossier(facts)));
      expect(unitsOf(two ?? [])).toEqual(unitsOf(one ?? []));
      const sum = (groups: ReturnType<typeof unitsOf>) => groups.reduce((total, { lateMilliseconds }) => total + lateMilliseconds, 0);
      expect(sum(unitsOf(one ?? [], () => 'VN' as UnitCode))).toBe(sum(unitsOf(one ?? [])));
    }), { seed: 766, numRuns: 200 });
  });
});
