import { foldDossier } from '@index766/dossier-life';
import { parsePeriod, type Period, type UnitCode } from '@index766/kernel';
import { lifeStory, local, type LifeStory } from '@index766/testing-unit';
import { calendarFor, VIETNAM_CALENDAR } from '@index766/working-time';
import fc from 'fast-check';
import { caseMeasures } from './case-measures';
import { dossierAlone } from './case-view';
import { addMeasures, NO_MEASURES, OUTCOME_COUNTS, undeterminedOf } from './measures';

const UNIT = 'H44.114' as UnitCode;
const OTHER = 'H44.113' as UnitCode;
const calendar = calendarFor(VIETNAM_CALENDAR, []);
const october = ((): Period => {
  const parsed = parsePeriod('2026-10');
  if (!parsed.ok) throw new Error('no period');
  return parsed.value;
})();
const measure = (stories: readonly LifeStory[], unit = UNIT, at = october.end) =>
  caseMeasures(stories.map((story) => dossierAlone(foldDossier(story.facts()))), unit, october, at, { calendar, hasResultDocument: () => true });
/** A dossier of its own, received at 08:00 of that day of the month, with a due instant. */
const received = (number: number, day: string, due: string, procedure?: string) =>
  lifeStory(`H44.114-${number}`).received(`${day} 08:00`, procedure === undefined ? {} : { procedure }).due(`${day} 08:00`, due);

describe('2.1 of a unit', () => {
  const stories = [
    received(1, '2026-10-05', '2026-10-07 24:00').finished('2026-10-06 10:00'),
    received(2, '2026-10-05', '2026-10-07 24:00').finished('2026-10-08 10:00'),
    received(3, '2026-10-29', '2026-11-03 24:00'),
    received(4, '2026-09-20', '2026-09-30 24:00'),
    received(5, '2026-10-05', '2026-10-07 24:00').supplementAsked('a', '2026-10-06 09:00'),
    received(6, '2026-10-05', '2026-10-07 24:00').supplementAsked('a', '2026-10-08 09:00'),
    lifeStory('H44.114-7').received('2026-10-05 08:00'),
    lifeStory('H44.114-8').received('2026-10-05 08:00').finished('2026-10-06 08:00'),
    received(9, '2026-09-20', '2026-09-30 24:00').finished('2026-09-25 10:00'),
    received(10, '2026-11-01', '2026-11-03 24:00'),
    lifeStory('H44.114-11').registered('2026-10-05 08:00').refused('2026-10-06 08:00'),
  ];

  it('counts what ended on time, what is open within its term, and all that was in hand or received', () => {
    const { pairs, counts } = measure(stories);
    expect(pairs['on-time']).toEqual({ numerator: 4, denominator: 8 });
    expect(counts).toMatchObject({
      'ended-on-time': 1, 'ended-late': 1, 'open-within-term': 1, 'open-overdue': 1, 'waiting-on-time': 1, 'waiting-late': 1,
      'undetermined-open': 1, 'undetermined-ended': 1,
    });
  });

  it('has outcomes that make up its denominator and flows that add up', () => {
    const measures = measure(stories);
    const { counts } = measures;
    expect(OUTCOME_COUNTS.reduce((sum, name) => sum + counts[name], 0)).toBe(measures.pairs['on-time'].denominator);
    expect(undeterminedOf(measures)).toBe(2);
    expect(counts['in-hand-at-start'] + counts.received + counts['transferred-in'])
      .toBe(counts.ended + counts['transferred-out'] + counts['in-hand-at-end']);
    expect(counts['received-online'] + counts['received-in-person'] + counts['received-postal']).toBe(counts.received);
  });

  it('counts a dossier for the unit that holds it at T, its receipt for the one that received it', () => {
    const moved = received(12, '2026-10-05', '2026-10-20 24:00').transferred(OTHER, '2026-10-12 09:00');
    expect(measure([moved]).pairs['on-time'].denominator).toBe(0);
    expect(measure([moved]).counts).toMatchObject({ received: 1, 'transferred-out': 1, 'in-hand-at-end': 0 });
    expect(measure([moved], OTHER).pairs['on-time']).toEqual({ numerator: 0, denominator: 1 });
    expect(measure([moved], OTHER).counts).toMatchObject({ received: 0, 'transferred-in': 1, 'in-hand-at-end': 1 });
    expect(measure([moved], UNIT, local('2026-10-12 08:00')).pairs['on-time']).toEqual({ numerator: 1, denominator: 1 });
  });

  it('says 0 of 0, not nothing, for a unit without dossiers', () => {
    expect(measure([]).pairs).toEqual(NO_MEASURES.pairs);
  });
});

describe('2.2 of a unit', () => {
  it('sums office seconds without pauses of what was done, in all and by procedure', () => {
    const { pairs, processingTimeByProcedure } = measure([
      received(1, '2026-10-05', '2026-10-09 24:00', 'A').finished('2026-10-05 10:00'),
      received(2, '2026-10-05', '2026-10-09 24:00', 'A').supplementAsked('s', '2026-10-05 09:00').supplementGiven('s', '2026-10-06 09:00').finished('2026-10-06 10:30'),
      received(3, '2026-10-05', '2026-10-09 24:00', 'B').returned('2026-10-06 08:00'),
      received(4, '2026-10-05', '2026-10-09 24:00', 'B').withdrawn('2026-10-05 09:00'),
      received(5, '2026-10-05', '2026-10-09 24:00', 'B'),
    ]);
    expect(processingTimeByProcedure).toEqual({
      A: { numerator: 2 * 3600 + 2.5 * 3600, denominator: 2 }, B: { numerator: 7.5 * 3600, denominator: 1 },
    });
    expect(pairs['processing-time']).toEqual({ numerator: 12 * 3600, denominator: 3 });
  });
});

describe('over any dossiers', () => {
  const days = fc.record({ received: fc.integer({ min: 1, max: 28 }), term: fc.integer({ min: 0, max: 20 }), ended: fc.option(fc.integer({ min: 0, max: 25 })) });
  const storyOf = ({ received: day, term, ended }: { received: number; term: number; ended: number | null }, number: number) => {
    const onDay = (offset: number) => new Date(Date.UTC(2026, 9, day + offset)).toISOString().slice(0, 10);
    const story = received(number, onDay(0), `${onDay(term)} 24:00`);
    return ended === null ? story : story.finished(`${onDay(ended)} 16:00`);
  };

  it('one more dossier that is on time never lowers 2.1', () => {
    fc.assert(fc.property(fc.array(days, { maxLength: 12 }), (all) => {
      const stories = all.map(storyOf);
      const before = measure(stories).pairs['on-time'];
      const after = measure([...stories, received(99, '2026-10-12', '2026-10-14 24:00').finished('2026-10-13 09:00')]).pairs['on-time'];
      expect(after.numerator * before.denominator).toBeGreaterThanOrEqual(before.numerator * after.denominator);
    }), { seed: 766, numRuns: 100 });
  });

  it('measures of parts add up to the measures of the whole', () => {
    fc.assert(fc.property(fc.array(days, { maxLength: 12 }), fc.nat(12), (all, cut) => {
      const stories = all.map(storyOf);
      expect(addMeasures(measure(stories.slice(0, cut)), measure(stories.slice(cut)))).toEqual(measure(stories));
    }), { seed: 766, numRuns: 100 });
  });
});
