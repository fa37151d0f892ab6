import { parsePeriod, type Period, type UnitCode } from '@index766/kernel';
import type { PetitionClass, PetitionView } from '@index766/petition-life';
import { UNKNOWN_PETITION } from '@index766/petition-life';
import { local } from '@index766/testing-unit';
import { calendarFor, VIETNAM_CALENDAR } from '@index766/working-time';
import { findPetitionCost, findPetitionRisk } from './costs';
import { PETITION_MEASURES } from './measures';
import { petitionMeasures } from './petition-measures';

const UNIT = 'H44.114' as UnitCode;
const calendar = calendarFor(VIETNAM_CALENDAR, []);
const october = ((): Period => {
  const parsed = parsePeriod('2026-10');
  if (!parsed.ok) throw new Error('no period');
  return parsed.value;
})();
/** Received on Thursday 1 October at 08:00 by H44.114: an answer is due at the end of 22 October. */
const petition = (rest: Partial<PetitionView> = {}, receivedAt = '2026-10-01 08:00', petitionClass: PetitionClass = 'rules'): PetitionView => ({
  ...UNKNOWN_PETITION, receivedAt: local(receivedAt), class: petitionClass, holders: [{ unit: UNIT, from: local(receivedAt) }], ...rest,
});
const answered = (at: string, rest: Partial<PetitionView> = {}) => petition({ answeredAt: local(at), ...rest });
const rated = (satisfied: boolean, at = '2026-10-10 08:00') => ({ answerRatings: [{ satisfied, from: local(at) }] });
const repeated = { repetitions: [{ by: 'P2' as PetitionView['repetitions'][number]['by'], from: local('2026-10-12 08:00'), to: null }] };
const measure = (views: readonly PetitionView[], at = october.end, unit = UNIT) => petitionMeasures(views, unit, october, at, () => calendar);
const pair = (name: (typeof PETITION_MEASURES)[number], views: readonly PetitionView[], at = october.end) => {
  const { numerator, denominator } = measure(views, at).pairs[name];
  return `${numerator}/${denominator}`;
};

describe('5.2', () => {
  it.each<[string, PetitionView, string]>([
    ['answered on its last day', answered('2026-10-22 23:00'), '1/1'], ['answered a day late', answered('2026-10-23 08:00'), '0/1'],
    ['open past its term', petition(), '0/1'], ['open within its term', petition({}, '2026-10-20 08:00'), '1/1'],
    ['refused within two days', petition({ refusedAt: local('2026-10-05 08:00') }), '1/1'],
    ['refused later', petition({ refusedAt: local('2026-10-07 08:00') }), '0/1'],
    ['received in another period', petition({}, '2026-09-30 08:00'), '0/0'],
  ])('of a petition %s', (_, view, expected) => {
    expect(pair('petitions-on-time', [view])).toBe(expected);
  });
});

describe('5.3', () => {
  it.each<[string, PetitionView, string]>([
    ['answered and not rated', answered('2026-10-09 08:00'), '1/1'], ['rated satisfied', answered('2026-10-09 08:00', rated(true)), '1/1'],
    ['rated unsatisfied', answered('2026-10-09 08:00', rated(false)), '0/1'], ['repeated', answered('2026-10-09 08:00', repeated), '0/1'],
    ['late', answered('2026-10-23 08:00'), '0/1'],
    ['late, rated unsatisfied and repeated: once', answered('2026-10-23 08:00', { ...rated(false), ...repeated }), '0/1'],
  ])('of a petition %s', (_, view, expected) => {
    expect(pair('petitions-satisfied', [view])).toBe(expected);
  });
});

describe('5.1', () => {
  it('is the classes of what was received in the period', () => {
    const views = [petition(), petition({}, '2026-10-02 08:00', 'conduct'), petition({}, '2026-10-02 08:00', 'other'), petition({}, '2026-10-02 08:00', 'conduct')];
    expect([pair('petitions-about-rules', views), pair('petitions-about-officers', views)]).toEqual(['1/4', '2/4']);
  });
});

describe('a petition', () => {
  it('counts for the unit that has it at T', () => {
    const other = 'H44.113' as UnitCode;
    const moved = petition({ holders: [{ unit: UNIT, from: local('2026-10-01 08:00') }, { unit: other, from: local('2026-10-02 08:00') }] });
    expect(measure([moved]).pairs['petitions-on-time']).toEqual({ numerator: 0, denominator: 0 });
    expect(measure([moved], october.end, other).pairs['petitions-on-time']).toEqual({ numerator: 0, denominator: 1 });
  });

  it('is in the list behind a number exactly if it is not in the numerator', () => {
    const views = [
      petition(), answered('2026-10-09 08:00'), answered('2026-10-09 08:00', rated(false)), answered('2026-10-23 08:00', repeated), petition({}, '2026-10-20 08:00', 'other'),
    ];
    const scope = { period: october, at: october.end, isWithin: (unit: UnitCode) => unit === UNIT };
    for (const name of PETITION_MEASURES) {
      const { numerator, denominator } = measure(views).pairs[name];
      expect(views.flatMap((view) => findPetitionCost(name, view, scope, () => calendar) ?? [])).toHaveLength(denominator - numerator);
    }
  });

  it('that nobody handles can be saved as long as its term runs, and no longer', () => {
    const scope = (at: string) => ({ period: october, at: local(at), isWithin: () => true });
    expect(findPetitionRisk('petitions-on-time', petition(), scope('2026-10-22 12:00'), () => calendar)).toEqual({ unit: UNIT, flaw: 'late', recoverable: true });
    expect(findPetitionRisk('petitions-on-time', petition(), scope('2026-10-23 12:00'), () => calendar)).toBeUndefined();
    expect(findPetitionCost('petitions-on-time', petition(), scope('2026-10-23 12:00'), () => calendar)).toEqual({ unit: UNIT, flaw: 'late', recoverable: false });
    expect(findPetitionRisk('petitions-on-time', petition({}, '2026-10-20 08:00'), scope('2026-10-23 12:00'), () => calendar)).toBeUndefined();
  });
});
