import { paymentTopic } from '@index766/contracts-payments';
import { lateOfficers } from '@index766/dossier-life';
import type { CaseView } from '@index766/index-766';
import { MILLISECONDS_PER_DAY, instantOf, parsePeriod, type Instant, type Period, type UnitCode } from '@index766/kernel';
import { ARBITRARY_UNITS, arbitraryInstant, arbitraryLives, lifeStory, type StoryFact } from '@index766/testing-unit';
import fc from 'fast-check';

import { integrityFlags } from '../integrity';
import { CASES } from '../ledger';
import { measureCasesBy } from '../measures';
import { referenceWith } from '../test/edition-world';
import { caseReaches } from './reaching';

const periodNamed = (name: string): Period => {
  const period = parsePeriod(name);
  if (!period.ok) throw new Error(name);
  return period.value;
};
/** It begins on a Thursday: its first week begins before it. */
const OCTOBER = periodNamed('2026-10');
const PERIODS = ['2026-W40', '2026-W42', '2026-10', '2026-Q4', '2026-10-14..2026-10-15'].map(periodNamed);
const REFERENCE = referenceWith(undefined);
const measureCases = measureCasesBy(REFERENCE);
const withCalendar = { calendarOf: (unit: UnitCode | null) => REFERENCE.calendarOf(unit ?? ('H44' as UnitCode), OCTOBER.lastDay) };

function caseOf(facts: readonly StoryFact[], paidAt?: Instant): CaseView {
  const payment = paidAt === undefined ? [] : [{
    topic: paymentTopic.name, sequence: 1, kind: 'payment-succeeded', occurredAt: paidAt, recordedAt: paidAt, timeBasis: 'stated' as const,
    body: { provider: 'bank-a', reference: 'r', channel: 'national-portal', amount: 8_000 },
  }];
  return CASES.fold(facts[0]?.dossier ?? '', [...facts, ...payment]);
}

/** All that an edition says of cases. */
function saidOf(cases: readonly CaseView[], period: Period) {
  const dossiers = cases.map(({ dossier }) => dossier);
  return {
    measures: ARBITRARY_UNITS.map((unit) => measureCases(cases, unit as UnitCode, period, period.end)),
    late: lateOfficers(dossiers, period, period.end, withCalendar),
    flags: integrityFlags(dossiers, period, period.end, (unit) => unit),
  };
}

describe('the cases that reach a period', () => {
  const paid = fc.option(arbitraryInstant(), { nil: undefined });
  const cases = arbitraryLives(8).chain((lives) => fc.tuple(...lives.map((facts) => paid.map((at) => caseOf(facts, at)))));

  it('say by themselves all that is said of all cases', () => {
    fc.assert(fc.property(cases, fc.constantFrom(...PERIODS), (all, period) => {
      expect(saidOf(all.filter((each) => caseReaches(each, period)), period)).toEqual(saidOf(all, period));
    }), { seed: 766, numRuns: 300 });
  });

  it('are not those that ended before, were never received, or come later', () => {
    const received = () => lifeStory('D1').received('2026-08-03 08:00', { unit: 'H44.1' });
    const others = [
      received().due('2026-08-03 08:00', '2026-08-10 24:00').finished('2026-09-25 08:00'),
      received().withdrawn('2026-08-10 08:00'), received().voided('2026-08-10 08:00'),
      lifeStory('D1').registered('2026-08-03 08:00', { unit: 'H44.1' }), lifeStory('D1').received('2026-11-02 08:00', { unit: 'H44.1' }),
    ];
    expect(others.map((story) => caseReaches(caseOf(story.facts()), OCTOBER))).toEqual(others.map(() => false));
  });

  it('are those of the whole first week, which many corrections are compared with', () => {
    const corrected = (name: string) => lifeStory(name).received('2026-09-21 08:00', { unit: 'H44.1' })
      .corrected('channel', 'in-person', 'online', { at: '2026-09-30 08:00', recordedAt: '2026-10-04 21:00' });
    const endedBefore = (name: string) => lifeStory(name).received('2026-09-21 08:00', { unit: 'H44.1' }).finished('2026-09-29 08:00');
    const many = (count: number, storyOf: typeof corrected, first: number) =>
      Array.from({ length: count }, (_, index) => caseOf(storyOf(`D${first + index}`).facts()));
    const bulk = (all: readonly CaseView[]) => saidOf(all, OCTOBER).flags.filter(({ flag }) => flag === 'bulk-corrections').length;
    const reaching = (all: readonly CaseView[]) => all.filter((each) => caseReaches(each, OCTOBER));
    const [few, enough] = [[...many(20, corrected, 1), ...many(181, endedBefore, 100)], [...many(20, corrected, 1), ...many(180, endedBefore, 100)]];
    expect([bulk(few), bulk(reaching(few)), bulk(enough), bulk(reaching(enough))]).toEqual([0, 0, 1, 1]);
  });

  it('are those that were voided shortly before another one was made', () => {
    const voided = (daysBefore: number) => caseOf(lifeStory('D1').registered('2026-08-20 08:00', { unit: 'H44.1' })
      .voided(instantOf(OCTOBER.start - daysBefore * MILLISECONDS_PER_DAY)).facts());
    expect([voided(30), voided(31)].map((each) => caseReaches(each, OCTOBER))).toEqual([true, false]);
  });

  it('are those that were paid for after they had ended', () => {
    const ended = lifeStory('D1').received('2026-08-03 08:00', { unit: 'H44.1' }).finished('2026-08-05 08:00').facts();
    const paidAt = (day: number) => caseOf(ended, instantOf(OCTOBER.start + day * MILLISECONDS_PER_DAY));
    expect([paidAt(-1), paidAt(0), paidAt(31)].map((each) => caseReaches(each, OCTOBER))).toEqual([false, true, false]);
  });
});
