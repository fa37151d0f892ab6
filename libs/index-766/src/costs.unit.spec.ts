import { parsePeriod, type Instant, type PetitionId, type Period, type UnitCode } from '@index766/kernel';
import { UNKNOWN_PETITION, type PetitionView } from '@index766/petition-life';
import { lifeStory, local } from '@index766/testing-unit';
import { calendarFor, VIETNAM_CALENDAR } from '@index766/working-time';
import { COUNTED_CASE_MEASURES, type CountedCaseMeasure } from './case-indicators';
import { caseCosts, caseRisks, codeCosts, codeRisks, findPetitionCost, findPetitionRisk, type CodeSetsInTime } from './costs';
import { DISTINCT_MEASURES, type DistinctMeasureName, type MeasureName } from './counted-measures';
import { indicatorsOf } from './definition';
import { getDefinition } from './definitions';
import { NO_SETS, type CodeSets, type PetitionMeasureName } from './measures';
import { procedureStocks, stockMeasures, type ProcedureRecord } from './procedure-stocks';
import { CaseStory, caseStory } from './test/case-story';

const UNIT = 'H44.114' as UnitCode;
const october = ((): Period => {
  const parsed = parsePeriod('2026-10');
  if (!parsed.ok) throw new Error('no period');
  return parsed.value;
})();
const NOW = local('2026-10-20 12:00');
const definition = getDefinition('qd766-2026');
const measureOf = (indicator: string): MeasureName => {
  const found = indicatorsOf(definition).find(({ id, kind }) => id === indicator && kind === 'scored');
  if (found === undefined) throw new Error(`no indicator ${indicator}`);
  return found.measure;
};

/** Received on the 5th and due long after the period, unless a story says otherwise. */
const open = () => caseStory(1, '2026-10-05', '2026-11-20');
const ended = () => {
  const story = open();
  story.life.finished('2026-10-15 08:00');
  return story;
};
const scope = (at: Instant) => ({ period: october, at, isWithin: () => true, hasResultDocument: () => true });
type Saved = 'can be saved' | 'cannot be saved' | 'will be lost' | 'costs nothing';

function caseOf(indicator: string, story: CaseStory, at = NOW): readonly Saved[] {
  const [measure, view] = [measureOf(indicator) as CountedCaseMeasure, story.view()];
  const costs = caseCosts(measure, view, scope(at)).map(({ recoverable }): Saved => (recoverable ? 'can be saved' : 'cannot be saved'));
  return orNothing([...costs, ...caseRisks(measure, view, scope(at)).map((): Saved => 'will be lost')]);
}

/** Indicators that the tables below have rows of. */
const COVERED = new Set<string>();
function covering<Row extends readonly [indicator: string, ...unknown[]]>(rows: readonly Row[]): readonly Row[] {
  for (const [indicator] of rows) COVERED.add(indicator);
  return rows;
}

function orNothing(found: readonly Saved[]): readonly Saved[] {
  return found.length === 0 ? ['costs nothing'] : found;
}

describe('what can still be saved of a dossier while the period runs', () => {
  const undated = () => new CaseStory(lifeStory('H44.114-9').received('2026-10-05 08:00', { procedure: '2.000815' }));
  const overdue = () => caseStory(2, '2026-10-05', '2026-10-09');
  const dueSoon = () => caseStory(3, '2026-10-05', '2026-10-23');
  const endedUndated = () => {
    const story = undated();
    story.life.finished('2026-10-15 08:00');
    return story;
  };

  it.each<[indicator: string, what: string, story: () => CaseStory, saved: readonly Saved[]]>(covering([
    ['1.4', 'registered here and not pushed', () => new CaseStory(lifeStory('H44.114-8').received('2026-10-05 08:00', { pushed: false })), ['cannot be saved']],
    ['2.1', 'open, due before the period ends', dueSoon, ['will be lost']],
    ['2.1', 'open, due after the period', open, ['costs nothing']],
    ['2.1', 'open and late', overdue, ['cannot be saved']],
    ['2.1', 'open without any term', undated, ['costs nothing']],
    ['2.1', 'ended without any term', endedUndated, ['cannot be saved']],
    ['3.3', 'handed in at the counter', () => new CaseStory(lifeStory('H44.114-7').received('2026-10-05 08:00', { channel: 'in-person' })), ['cannot be saved']],
    ['3.6', 'a fee that nobody paid', () => open().fee('2026-10-05 08:00', 8_000), ['can be saved']],
    ['3.6', 'a fee that nobody paid, of one that ended', () => ended().fee('2026-10-05 08:00', 8_000), ['can be saved']],
    ['3.6', 'paid at the counter', () => open().fee('2026-10-05 08:00', 1_000).paid('2026-10-06 08:00', 'cash'), ['cannot be saved']],
    ['3.6', 'a part of it paid at the counter', () => open().fee('2026-10-05 08:00', 8_000).paid('2026-10-06 08:00', 'cash'), ['can be saved']],
    ['3.6', 'paid online and given back', () => open().fee('2026-10-05 08:00', 1_000).paid('2026-10-06 08:00').refunded('2026-10-07 08:00'), ['can be saved']],
    ['3.6', 'paid online, waived, and given back', () => open().fee('2026-10-05 08:00', 1_000).paid('2026-10-06 08:00').waived('2026-10-07 08:00').refunded('2026-10-07 08:00'), ['cannot be saved']],
    ['3.6', 'paid online', () => open().fee('2026-10-05 08:00', 1_000).paid('2026-10-06 08:00'), ['costs nothing']],
    ['5.4', 'rated as dissatisfied', () => open().rated('2026-10-06 08:00', 1), ['can be saved']],
    ['5.4', 'a petition about it', () => open().petition('2026-10-06 08:00'), ['cannot be saved']],
    ['5.4', 'rated as dissatisfied, and a petition about it', () => open().rated('2026-10-06 08:00', 1).petition('2026-10-06 08:00'), ['cannot be saved']],
    ['5.4', 'rated as dissatisfied, and late', () => overdue().rated('2026-10-06 08:00', 1), ['cannot be saved', 'can be saved']],
    ['5.4', 'rated as dissatisfied, and due soon', () => dueSoon().rated('2026-10-06 08:00', 1), ['can be saved', 'will be lost']],
    ['4.1', 'no electronic result yet', open, ['can be saved']],
    ['4.1', 'ended without an electronic result', ended, ['can be saved']],
    ['4.2', 'ended, papers not digitised', ended, ['can be saved']],
    ['4.2', 'digitised, without an electronic result', () => open().paper('component-digitised', '2026-10-06 08:00'), ['can be saved']],
    ['4.3', 'nothing reused yet', open, ['can be saved']],
    ['4.3', 'ended without anything reused', ended, ['cannot be saved']],
    ['4.4', 'ended, and nothing of it in the personal store', ended, ['can be saved']],
    ['4.5b', 'population data not used yet', open, ['can be saved']],
    ['4.5b', 'ended without population data', ended, ['cannot be saved']],
  ]))('%s: %s', (indicator, _, story, saved) => {
    expect([...caseOf(indicator, story())].sort()).toEqual([...saved].sort());
  });

  it('of plan target II.8, papers of a resolved dossier', () => {
    expect(caseCosts('resolved-in-full', ended().view(), scope(NOW))).toMatchObject([{ flaw: 'not-signed-and-archived', recoverable: true }]);
  });

  it('is nothing of any indicator once the period has ended', () => {
    for (const story of [open(), ended(), overdue(), dueSoon().fee('2026-10-05 08:00', 8_000).rated('2026-10-06 08:00', 1)]) {
      for (const measure of COUNTED_CASE_MEASURES) {
        expect(caseCosts(measure, story.view(), scope(october.end)).filter(({ recoverable }) => recoverable)).toEqual([]);
        expect(caseRisks(measure, story.view(), scope(october.end))).toEqual([]);
      }
    }
  });
});

describe('what can still be saved of a petition while the period runs', () => {
  const calendar = calendarFor(VIETNAM_CALENDAR, []);
  const received = (at: string, more: Partial<PetitionView> = {}): PetitionView => ({
    ...UNKNOWN_PETITION, class: 'rules', receivedAt: local(at), holders: [{ unit: UNIT, from: local(at) }], ...more,
  });
  const answered = { answeredAt: local('2026-10-08 08:00') };
  const unsatisfied = { answerRatings: [{ from: local('2026-10-09 08:00'), satisfied: false }] };
  const repeated = { repetitions: [{ by: 'PAKN.2' as PetitionId, from: local('2026-10-09 08:00'), to: null }] };

  function petitionOf(indicator: string, view: PetitionView, at = NOW): readonly Saved[] {
    const measure = measureOf(indicator) as PetitionMeasureName;
    const [cost, risk] = [findPetitionCost(measure, view, scope(at), () => calendar), findPetitionRisk(measure, view, scope(at), () => calendar)];
    return orNothing([
      ...(cost === undefined ? [] : [cost.recoverable ? 'can be saved' as const : 'cannot be saved' as const]), ...(risk === undefined ? [] : ['will be lost' as const]),
    ]);
  }

  it.each<[indicator: string, what: string, view: PetitionView, saved: Saved]>(covering([
    ['5.2', 'not handled, its term ends before the period', received('2026-10-02 08:00'), 'will be lost'],
    ['5.2', 'not handled, its term ends after the period', received('2026-10-19 08:00'), 'costs nothing'],
    ['5.3', 'answered, and the answer rated as unsatisfying', received('2026-10-05 08:00', { ...answered, ...unsatisfied }), 'can be saved'],
    ['5.3', 'answered, and told again', received('2026-10-05 08:00', { ...answered, ...repeated }), 'cannot be saved'],
    ['5.3', 'answered, rated as unsatisfying, and told again', received('2026-10-05 08:00', { ...answered, ...unsatisfied, ...repeated }), 'cannot be saved'],
    ['5.3', 'not handled, its term ends before the period', received('2026-10-02 08:00'), 'will be lost'],
  ]))('%s: %s', (indicator, _, view, saved) => {
    expect(petitionOf(indicator, view)).toEqual([saved]);
  });

  it('is nothing once its term has passed', () => {
    const late = received('2026-10-01 08:00');
    expect(['5.2', '5.3'].map((indicator) => petitionOf(indicator, late, local('2026-10-28 08:00')))).toEqual([['cannot be saved'], ['cannot be saved']]);
  });
});

describe('what can still be saved of procedures and communes while the period runs', () => {
  const PROCEDURE = { code: '2.000815', validFrom: october.firstDay - 100, validTo: null };
  const stocksAt = (record: object, at: Instant): CodeSets =>
    stockMeasures(UNIT, 'COMMUNE', procedureStocks([{ ...PROCEDURE, ...record } as unknown as ProcedureRecord], october, at)).sets;
  const COMMUNES: Partial<CodeSets> = { communes: [UNIT] };
  const day = (number: number) => october.firstDay + number - 1;
  const inTime = (record: object, others: Partial<CodeSets> = {}, at = NOW): CodeSetsInTime => {
    const sets = (instant: Instant) => ({ ...stocksAt(record, instant), ...others });
    return { now: sets(at), dayBefore: sets(local('2026-10-19 23:59')), atEnd: sets(october.end) };
  };

  function codesOf(indicator: string, sets: CodeSetsInTime, at = NOW): readonly Saved[] {
    const measure = measureOf(indicator) as DistinctMeasureName;
    const costs = codeCosts(measure, sets, { period: october, at }).map(({ recoverable }): Saved => (recoverable ? 'can be saved' : 'cannot be saved'));
    return orNothing([...costs, ...codeRisks(measure, sets).map((): Saved => 'will be lost')]);
  }

  it.each<[indicator: string, what: string, sets: CodeSetsInTime, saved: Saved]>(covering([
    ['1.1', 'due before today and not announced', inTime({ announcement: { dueOn: day(19) } }), 'cannot be saved'],
    ['1.1', 'due today and not announced yet', inTime({ announcement: { dueOn: day(20) } }), 'can be saved'],
    ['1.1', 'due later in the period and not announced yet', inTime({ announcement: { dueOn: day(28) } }), 'will be lost'],
    ['1.1', 'announced, due later in the period', inTime({ announcement: { dueOn: day(28), on: day(12) } }), 'costs nothing'],
    ['1.1', 'due after the period', inTime({ announcement: { dueOn: day(40) } }), 'costs nothing'],
    ['1.2', 'due before today and not public', inTime({ publication: { dueOn: day(19) } }), 'cannot be saved'],
    ['1.2', 'made public after its day', inTime({ publication: { dueOn: day(18), on: day(20) } }), 'cannot be saved'],
    ['1.2', 'due today and not public yet', inTime({ publication: { dueOn: day(20) } }), 'can be saved'],
    ['1.2', 'due later in the period and not public yet', inTime({ publication: { dueOn: day(28) } }), 'will be lost'],
    ['1.3', 'public with six parts', inTime({ publication: { dueOn: day(1), on: day(1) }, parts: ['a', 'b', 'c', 'd', 'e', 'f'] }), 'can be saved'],
    ['3.1', 'announced and not online', inTime({ announcement: { dueOn: day(1), on: day(1) }, onlineLevel: 'none' }), 'can be saved'],
    ['3.2', 'offered online and not used yet', inTime({ onlineLevel: 'full' }), 'can be saved'],
    ['3.5a', 'a fee that nobody paid online yet', inTime({ fee: true }), 'can be saved'],
    ['3.5b', 'a fee that no dossier carries yet', inTime({ fee: true }), 'can be saved'],
    ['4.5a', 'no dossier with population data yet', inTime({ citizen: true }), 'can be saved'],
    ['4.6', 'a commune that does not offer certified copies', inTime({ certifiedCopies: false }, COMMUNES), 'can be saved'],
    ['4.6', 'a commune that offers them', inTime({ certifiedCopies: true }, COMMUNES), 'costs nothing'],
  ]))('%s: %s', (indicator, _, sets, saved) => {
    expect(codesOf(indicator, sets)).toEqual([saved]);
  });

  it('is nothing of any of them once the period has ended', () => {
    const record = { announcement: { dueOn: day(31) }, publication: { dueOn: day(31) }, onlineLevel: 'full', fee: true, citizen: true, certifiedCopies: false };
    const last = stocksAt(record, october.end);
    for (const measure of DISTINCT_MEASURES) {
      const costs = codeCosts(measure, { now: last, dayBefore: NO_SETS }, { period: october, at: october.end });
      expect(costs.filter(({ recoverable }) => recoverable)).toEqual([]);
      expect(codeRisks(measure, { now: last, atEnd: last })).toEqual([]);
    }
  });
});

it('every indicator that gives points is among those above', () => {
  expect([...COVERED].sort()).toEqual(indicatorsOf(definition).filter(({ kind }) => kind === 'scored').map(({ id }) => id).sort());
});
