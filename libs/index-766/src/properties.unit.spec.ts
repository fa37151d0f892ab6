import { parsePeriod, type Period, type UnitCode } from '@index766/kernel';
import { calendarFor, VIETNAM_CALENDAR } from '@index766/working-time';
import fc from 'fast-check';
import { caseMeasures } from './case-measures';
import { caseWakeAt, type CaseView } from './case-view';
import { COUNTED_CASE_MEASURES } from './case-indicators';
import { caseCosts, caseRisks } from './costs';
import { sumMeasures, type Measures } from './measures';
import { rollUp } from './roll-up';
import { arbitraryCases } from './test/arbitrary-case';
import { caseStory, foldCase, type CaseFacts } from './test/case-story';
import { treeOf } from './test/measures.builder';

const RUNS = { seed: 766, numRuns: 60 };
const UNIT = 'H44.114' as UnitCode;
const UNITS: readonly UnitCode[] = ['H44.113' as UnitCode, UNIT, 'H44.115' as UnitCode];
const calendar = calendarFor(VIETNAM_CALENDAR, []);
const hasResultDocument = (code: string) => code !== 'B';
const october = ((): Period => {
  const parsed = parsePeriod('2026-10');
  if (!parsed.ok) throw new Error('no period');
  return parsed.value;
})();
const tree = treeOf(['H44', 'PROVINCE', null], ...UNITS.map((unit) => [unit, 'COMMUNE', 'H44'] as const));
const measure = (views: readonly CaseView[], unit: UnitCode, at = october.end) => caseMeasures(views, unit, october, at, { calendar, hasResultDocument });
const provinceOf = (views: readonly CaseView[]) => rollUp(tree, new Map(UNITS.map((unit) => [unit, measure(views, unit)]))).get('H44' as UnitCode);
const shuffled = <Fact>(facts: readonly Fact[], keys: readonly number[]): readonly Fact[] =>
  facts.map((fact, index) => ({ fact, key: keys[index % keys.length] ?? 0 })).sort((a, b) => a.key - b.key).map(({ fact }) => fact);
/** The fees that were assessed, with their amounts now. */
const feesOf = ({ payments }: CaseFacts) => new Map(payments.flatMap((fact) => (fact.kind === 'fee-assessed' ? [[fact.body.fee, fact.body.amount] as const] : [])));
/** The same with its fees corrected to these amounts. */
const withFees = (facts: CaseFacts, amounts: ReadonlyMap<string, number>): CaseFacts => {
  const [first] = facts.dossier;
  if (first === undefined) return facts;
  const added = [...amounts].map(([fee, amount], index) => ({
    dossier: first.dossier, kind: 'fee-assessed' as const, body: { fee, amount }, occurredAt: october.start, recordedAt: october.end,
    sequence: facts.payments.length + index + 1, timeBasis: 'stated' as const,
  }));
  return { ...facts, payments: [...facts.payments, ...added] };
};
/** Names of the pairs, sets and counts that differ. */
const moved = (before: Measures, after: Measures): readonly string[] => (['pairs', 'sets', 'counts'] as const).flatMap((part) => {
  const [old, now]: readonly Readonly<Record<string, unknown>>[] = [before[part], after[part]];
  return Object.keys(now ?? {}).filter((name) => JSON.stringify(old?.[name]) !== JSON.stringify(now?.[name]));
});

describe('measures', () => {
  it('are the same bytes for every order of facts and of cases', () => {
    fc.assert(fc.property(arbitraryCases, fc.array(fc.nat(), { minLength: 1, maxLength: 20 }), (cases, keys) => {
      const reordered = shuffled(cases, keys).map((facts): CaseFacts => ({
        dossier: shuffled(facts.dossier, keys), payments: shuffled(facts.payments, keys),
        documents: shuffled(facts.documents, keys), feedback: shuffled(facts.feedback, keys),
      }));
      expect(JSON.stringify(provinceOf(reordered.map(foldCase)))).toBe(JSON.stringify(provinceOf(cases.map(foldCase))));
    }), RUNS);
  });

  it('are the same bytes for every grouping of cases into partitions', () => {
    fc.assert(fc.property(arbitraryCases, fc.nat(5), (cases, cut) => {
      const views = cases.map(foldCase);
      for (const unit of UNITS) {
        const parts = [views.slice(0, cut), views.slice(cut)].map((part) => measure(part, unit));
        expect(JSON.stringify(sumMeasures(parts))).toBe(JSON.stringify(measure(views, unit)));
      }
    }), RUNS);
  });

  it('do not change before a case wakes', () => {
    fc.assert(fc.property(arbitraryCases, fc.integer({ min: october.start, max: october.end - 1 }), (cases, instant) => {
      for (const view of cases.map(foldCase)) {
        const at = instant as typeof october.start;
        const wake = caseWakeAt(view, at) ?? october.end;
        const before = Math.min(wake, october.end) - 1 as typeof at;
        for (const unit of UNITS) expect(measure([view], unit, before)).toEqual(measure([view], unit, at));
      }
    }), RUNS);
  });

  it('let the same facts move the same figures and nothing else', () => {
    const base = () => caseStory(1, '2026-10-05', '2026-12-01').fee('2026-10-05 08:00', 8000).paid('2026-10-06 08:00').rated('2026-10-06 08:00', 1);
    const before = measure([base().view()], UNIT);
    const after = (change: (story: ReturnType<typeof base>) => ReturnType<typeof base>) => moved(before, measure([change(base()).view()], UNIT));
    expect(after((story) => story.refunded('2026-10-10 08:00'))).toEqual(['dossiers-paid-online']);
    expect(after((story) => story.ratingWithdrawn('2026-10-10 08:00'))).toEqual(['dossiers-satisfied']);
    expect(after((story) => story.fee('2026-10-10 08:00', 9000))).toEqual([]);
    expect(after((story) => story.fee('2026-10-10 08:00', 0))).toEqual(['fee-carried']);
    expect(after((story) => story.waived('2026-10-10 08:00'))).toEqual([]);
    expect(after((story) => story.paper('population-data-used', '2026-10-10 08:00'))).toEqual(['population-data-used', 'population-data-used']);
    expect(after((story) => story.petition('2026-10-10 08:00'))).toEqual([]);
    expect(after((story) => story.paid('2026-10-07 08:00', 'cash', 'R2'))).toEqual([]);
  });
});

describe('a fee that is corrected', () => {
  const FEE_MEASURES = ['dossiers-paid-online', 'fee-carried'];
  /** Names with what they were and what they are. */
  const change = (before: CaseFacts, after: CaseFacts) => {
    const [old, now] = [measure([foldCase(before)], UNIT), measure([foldCase(after)], UNIT)];
    return moved(old, now).map((name) => (name === 'dossiers-paid-online' ? [name, old.pairs[name], now.pairs[name]] : [name, old.sets['fee-carried'], now.sets['fee-carried']]));
  };
  const owed = (amount: number) => caseStory(1, '2026-10-05', '2026-12-01').fee('2026-10-05 08:00', amount);
  const of = (numerator: number, denominator: number) => ({ numerator, denominator });

  it.each<[string, CaseFacts, CaseFacts, readonly unknown[]]>([
    ['to nothing leaves the denominator of 3.6', owed(8000).facts(), owed(8000).fee('2026-10-10 08:00', 0).facts(),
      [['dossiers-paid-online', of(0, 1), of(0, 0)], ['fee-carried', ['2.000815'], []]]],
    ['from nothing to something enters it', owed(0).facts(), owed(0).fee('2026-10-10 08:00', 8000).facts(),
      [['dossiers-paid-online', of(0, 0), of(0, 1)], ['fee-carried', [], ['2.000815']]]],
    ['to another amount moves nothing', owed(8000).facts(), owed(8000).fee('2026-10-10 08:00', 9000).facts(), []],
    ['to nothing beside another fee moves nothing', owed(8000).fee('2026-10-05 08:00', 500, 'F2').facts(),
      owed(8000).fee('2026-10-05 08:00', 500, 'F2').fee('2026-10-10 08:00', 0).facts(), []],
    ['to nothing after it was waived stops carrying it', owed(8000).waived('2026-10-06 08:00').facts(), owed(8000).waived('2026-10-06 08:00').fee('2026-10-10 08:00', 0).facts(),
      [['fee-carried', ['2.000815'], []]]],
    ['to nothing after it was paid leaves the obligation', owed(8000).paid('2026-10-06 08:00').facts(), owed(8000).paid('2026-10-06 08:00').fee('2026-10-10 08:00', 0).facts(),
      [['fee-carried', ['2.000815'], []]]],
  ])('%s', (_, before, after, expected) => expect(change(before, after)).toEqual(expected));

  it('moves 3.6 and 3.5b and nothing else, whatever else is known of the cases, and back again', () => {
    let [lost, gained] = [0, 0];
    fc.assert(fc.property(arbitraryCases, fc.nat(), fc.constantFrom(0, 8000), (cases, which, amount) => {
      const views = cases.map(foldCase);
      const index = which % Math.max(1, cases.length);
      const correctedTo = (from: readonly CaseFacts[], amountOf: (fee: string) => number) => from.map((facts, place): CaseFacts => {
        if (place !== index) return facts;
        const fees = feesOf(facts);
        return withFees(facts, new Map((fees.size === 0 ? ['F1'] : [...fees.keys()]).map((fee) => [fee, amountOf(fee)])));
      });
      const corrected = correctedTo(cases, () => amount);
      const [before, after] = [provinceOf(views), provinceOf(corrected.map(foldCase))];
      // A fee that was not assessed was none.
      const back = correctedTo(corrected, (fee) => feesOf(cases[index] as CaseFacts).get(fee) ?? 0);
      expect(provinceOf(back.map(foldCase))).toEqual(before);
      if (before === undefined || after === undefined) return;
      expect(moved(before, after).filter((name) => !FEE_MEASURES.includes(name))).toEqual([]);
      const by = after.pairs['dossiers-paid-online'].denominator - before.pairs['dossiers-paid-online'].denominator;
      expect([-1, 0, 1]).toContain(by);
      if (by < 0) lost += 1;
      if (by > 0) gained += 1;
      expect(after.pairs['dossiers-paid-online'].numerator).toBe(before.pairs['dossiers-paid-online'].numerator);
    }), { seed: 766, numRuns: 400 });
    expect(Math.min(lost, gained)).toBeGreaterThan(3);
  });
});

describe('the lists behind the numbers', () => {
  const scope = { period: october, at: october.end, hasResultDocument, isWithin: (unit: UnitCode) => unit.startsWith('H44') };

  it('are as long as the numbers say, in a unit and above it', () => {
    fc.assert(fc.property(arbitraryCases, (cases) => {
      const views = cases.map(foldCase);
      for (const name of COUNTED_CASE_MEASURES) {
        const province = provinceOf(views)?.pairs[name] ?? { numerator: 0, denominator: 1 };
        expect(views.flatMap((view) => caseCosts(name, view, scope))).toHaveLength(province.denominator - province.numerator);
        for (const unit of UNITS) {
          const { numerator, denominator } = measure(views, unit).pairs[name];
          const costs = views.flatMap((view) => caseCosts(name, view, { ...scope, isWithin: (other) => other === unit }));
          expect(costs).toHaveLength(denominator - numerator);
          expect(costs.every((cost) => cost.unit === unit && !cost.recoverable)).toBe(true);
        }
      }
    }), RUNS);
  });

  it('and what can still be saved make up what will be lost at the end', () => {
    fc.assert(fc.property(arbitraryCases, fc.integer({ min: october.start, max: october.end - 1 }), (cases, instant) => {
      const now = { ...scope, at: instant as typeof october.start };
      for (const view of cases.map(foldCase)) {
        const lost = new Set(caseCosts('on-time', view, now).map(({ flaw }) => flaw));
        const atEnd = caseCosts('on-time', view, scope).map(({ flaw }) => flaw);
        expect(caseRisks('on-time', view, now).map(({ flaw }) => flaw)).toEqual(atEnd.filter((flaw) => !lost.has(flaw)));
      }
    }), RUNS);
  });
});
