import { parsePeriod, type Period, type UnitCode } from '@index766/kernel';
import { local } from '@index766/testing-unit';
import { codeCosts } from './costs';
import { countMeasures } from './counted-measures';
import { getDefinition } from './definitions';
import { explainScore } from './explain-score';
import { add, fractionOf, subtract, toDecimalText, ZERO } from './fraction';
import { codeSets, NO_MEASURES, type CodeSets, type Measures } from './measures';
import { withReported } from './reported-figures';
import { scoreOf } from './score';

const definition = getDefinition('qd766-2026');
const october = ((): Period => {
  const parsed = parsePeriod('2026-10');
  if (!parsed.ok) throw new Error('no period');
  return parsed.value;
})();
const explain = (measures: Measures) => {
  const counted = countMeasures(measures);
  const score = scoreOf(definition, counted, 'COMMUNE');
  return { score, lost: explainScore(definition, counted, score) };
};
const ofIndicator = (measures: Measures, id: string) => explain(measures).lost.find(({ indicator }) => indicator === id);
const withPairs = (pairs: Partial<Measures['pairs']>, sets: Partial<CodeSets> = {}): Measures =>
  ({ ...NO_MEASURES, pairs: { ...NO_MEASURES.pairs, ...pairs }, sets: codeSets(sets) });

describe('an explained score', () => {
  it('loses exactly what it lacks of the attainable maximum', () => {
    const { score, lost } = explain(withPairs({
      'on-time': { numerator: 589, denominator: 680 }, 'dossiers-satisfied': { numerator: 580, denominator: 680 }, 'received-online': { numerator: 100, denominator: 300 },
      'petitions-on-time': { numerator: 1, denominator: 3 }, 'electronic-results': { numerator: 7, denominator: 680 },
    }, { 'fee-procedures': ['A', 'B', 'C'], 'paid-online': ['A'] }));
    const sum = lost.reduce((total, each) => add(total, each.lost ?? ZERO), ZERO);
    expect(sum).toEqual(subtract(fractionOf(score.total.attainable), score.total.points ?? ZERO));
  });

  it('shows one late dossier in two groups, each with the whole list behind it', () => {
    const measures = withPairs({ 'on-time': { numerator: 9, denominator: 10 }, 'dossiers-satisfied': { numerator: 9, denominator: 10 } });
    expect(ofIndicator(measures, '2.1')).toMatchObject({ lost: fractionOf(2), items: 1, kind: 'cases', neededForMax: 1 });
    expect(ofIndicator(measures, '5.4')).toMatchObject({ lost: ZERO, items: 1, kind: 'cases', neededForMax: 0 });
  });

  it('needs no more for the maximum than the target asks for', () => {
    expect(ofIndicator(withPairs({ 'received-online': { numerator: 10, denominator: 101 } }), '3.3')).toMatchObject({ items: 91, neededForMax: 41 });
  });

  it('lists every flaw where a dossier counts twice, though no points are below 0', () => {
    const twice = withPairs({ 'dossiers-satisfied': { numerator: -1, denominator: 1 } });
    expect(ofIndicator(twice, '5.4')).toMatchObject({ lost: fractionOf(6), items: 2 });
    expect(explain(twice).score.groups[4]?.indicators.find(({ indicator }) => indicator === '5.4')).toMatchObject({ measure: { numerator: 0, denominator: 1 } });
  });

  it('says of an indicator without points that there is nothing to lose, and why', () => {
    expect(ofIndicator(NO_MEASURES, '1.1')).toMatchObject({ lost: null, state: 'missing', items: 0 });
    expect(ofIndicator(NO_MEASURES, '5.2')).toMatchObject({ lost: ZERO, state: 'scored', items: 0 });
    expect(toDecimalText(ofIndicator(NO_MEASURES, '2.1')?.lost ?? ZERO, 2)).toBe('20.00');
  });

  it('knows what its lists are of, and that a reported figure has none', () => {
    const reported = withReported(NO_MEASURES, 'H44.114' as UnitCode, { 'national-synchronised': 3, 'national-report': 4 });
    expect(ofIndicator(reported, '1.4')).toMatchObject({ kind: 'reported', lost: fractionOf(3, 2), items: 0, neededForMax: 1 });
    const above = withReported(NO_MEASURES, 'H44.114' as UnitCode, { 'national-synchronised': 5, 'national-report': 4 });
    expect(ofIndicator(above, '1.4')).toMatchObject({ kind: 'reported', lost: ZERO, items: 0, neededForMax: 0 });
    expect(['1.4', '3.2', '4.6', '5.2'].map((id) => ofIndicator(NO_MEASURES, id)?.kind)).toEqual(['cases', 'procedures', 'communes', 'petitions']);
  });

  it('is about scored indicators only', () => {
    expect(explain(NO_MEASURES).lost.map(({ indicator }) => indicator)).not.toContain('2.2');
    expect(explain(NO_MEASURES).lost).toHaveLength(21);
  });
});

describe('the codes that a distinct count leaves out', () => {
  const sets = codeSets({ 'online-offered': ['A', 'B', 'C'], 'received-online': ['B'], 'due-to-be-announced': ['A'], 'announced-on-time': [] });

  it('are as many as the number says, and can be saved while the period runs', () => {
    const inTime = { now: sets, dayBefore: sets };
    expect(codeCosts('online-services-used', inTime, { period: october, at: local('2026-10-20') })).toEqual([
      { code: 'A', recoverable: true }, { code: 'C', recoverable: true },
    ]);
    expect(codeCosts('online-services-used', inTime, { period: october, at: october.end }).map(({ recoverable }) => recoverable)).toEqual([false, false]);
  });

  it('stay lost where a day has passed, and are none where nothing is known', () => {
    const inTime = { now: sets, dayBefore: sets };
    expect(codeCosts('procedures-announced-on-time', inTime, { period: october, at: local('2026-10-20') })).toEqual([{ code: 'A', recoverable: false }]);
    expect(codeCosts('procedures-public-on-time', inTime, { period: october, at: october.end })).toEqual([]);
  });
});
