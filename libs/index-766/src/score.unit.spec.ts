import { parsePeriod, type Period } from '@index766/kernel';
import { getDefinition } from './definitions';
import type { IndexDefinition } from './definition';
import { fractionOf, toDecimalText } from './fraction';
import { ratingOf } from './rating';
import { scoreOf, sumOutcome } from './score';
import { countedOf } from './test/measures.builder';

const definition = getDefinition('qd766-2026');
/** The definition as if progress were all there is. */
const progressAlone: IndexDefinition = { ...definition, groups: definition.groups.filter(({ id }) => id === 'TDGQ') };
const period = (name: string): Period => {
  const parsed = parsePeriod(name);
  if (!parsed.ok) throw new Error(name);
  return parsed.value;
};
const indicator = (id: string, onTime: number, all: number) =>
  scoreOf(definition, countedOf(onTime, all), 'COMMUNE').groups.flatMap(({ indicators }) => indicators).find((score) => score.indicator === id);

describe('a score', () => {
  it('has the points of 2.1, and of its group, from the numerator and the denominator', () => {
    const score = scoreOf(definition, countedOf(144625, 184513), 'PROVINCE');
    const group = score.groups.find(({ group: id }) => id === 'TDGQ');
    expect(toDecimalText(group?.points ?? fractionOf(0), 2)).toBe('15.68');
    expect(group).toMatchObject({ attainable: 20, applicable: 20, completeness: fractionOf(1) });
    expect(score.total).toMatchObject({ attainable: 60, applicable: 100, completeness: fractionOf(34, 100) });
    expect(score.definition).toBe('qd766-2026');
  });

  it('keeps missing, 0 and empty apart', () => {
    expect(indicator('1.1', 1, 2)).toEqual({ indicator: '1.1', state: 'missing', reason: 'not-supplied', measure: null });
    expect(indicator('2.1', 0, 2)).toMatchObject({ state: 'scored', points: fractionOf(0), hasData: true });
    expect(indicator('2.1', 0, 0)).toMatchObject({ state: 'scored', points: fractionOf(0), hasData: false });
    expect(indicator('2.2', 0, 2)).toMatchObject({ state: 'shown', ratio: null });
  });

  it('has no points where no indicator of a sum has any, which is no 0', () => {
    const groups = scoreOf(definition, countedOf(0, 0), 'COMMUNE').groups;
    // Nothing was announced, published or received; of progress nothing fell due, which the rule takes for 0.
    expect(groups.find(({ group }) => group === 'CKMB')).toMatchObject({ points: null, attainable: 0, applicable: 18 });
    expect(groups.find(({ group }) => group === 'TDGQ')).toMatchObject({ points: fractionOf(0), attainable: 20 });
    const openness = { ...definition, groups: definition.groups.filter(({ id }) => id === 'CKMB') };
    expect(scoreOf(openness, countedOf(0, 0), 'COMMUNE').total).toMatchObject({ points: null, attainable: 0 });
    expect(ratingOf(openness, scoreOf(openness, countedOf(0, 0), 'COMMUNE'), period('2026-10'))).toEqual({ state: 'missing', reason: 'insufficient-data' });
  });

  it('adds up what is known of a sum whose other indicators have no points, and shows what was attainable', () => {
    // CKMB and what is counted of papers have none: they add nothing (index-766.md §4).
    expect(scoreOf(definition, countedOf(1, 2), 'COMMUNE').total).toMatchObject({ points: fractionOf(24), attainable: 60, applicable: 100 });
  });

  it.each([
    [0, 0, { state: 'not-applicable', reason: 'level' }], [0, 18, { state: 'missing', reason: 'no-figures' }], [6, 18, { state: 'scored', reason: null }],
  ])('a sum with %i of %i attainable is %j', (attainable, applicable, outcome) => {
    expect(sumOutcome({ attainable, applicable })).toEqual(outcome);
  });

  it('has an indicator not apply where its level is not named, and takes it out of what could be reached', () => {
    const provincesOnly: IndexDefinition = {
      ...progressAlone,
      groups: progressAlone.groups.map((group) => ({ ...group, indicators: group.indicators.map((each) => ({ ...each, levels: ['PROVINCE'] as const })) })),
    };
    expect(scoreOf(provincesOnly, countedOf(1, 2), 'COMMUNE').groups[0]).toMatchObject({
      points: null, applicable: 0, completeness: fractionOf(0), indicators: [{ state: 'not-applicable' }, { state: 'not-applicable' }],
    });
  });

  it('says why it is not enough', () => {
    expect(scoreOf(definition, countedOf(50, 100), 'COMMUNE').insufficient).toEqual(['incomplete']);
    expect(scoreOf(progressAlone, countedOf(0, 0), 'COMMUNE').insufficient).toEqual(['no-leading-indicator', 'incomplete']);
    expect(scoreOf(progressAlone, countedOf(50, 100, { 'undetermined-open': 2 }), 'COMMUNE').insufficient).toEqual([]);
    expect(scoreOf(progressAlone, countedOf(50, 100, { 'undetermined-open': 1, 'undetermined-ended': 2 }), 'COMMUNE').insufficient).toEqual(['too-many-undetermined']);
  });
});

describe('a rating', () => {
  const outOf20 = (points: number): IndexDefinition => ({
    ...progressAlone, ratings: [{ atLeast: points, word: { vi: 'Tốt', en: 'Good' } }, { atLeast: 0, word: { vi: 'Yếu', en: 'Weak' } }],
  });

  it('goes by the total as shown', () => {
    const score = scoreOf(progressAlone, countedOf(17_998, 20_000), 'COMMUNE');
    expect(toDecimalText(score.total.points ?? fractionOf(0), 2)).toBe('18.00');
    expect(ratingOf(outOf20(18), score, period('2026-10'))).toMatchObject({ state: 'rated', word: { en: 'Good' } });
    expect(ratingOf(outOf20(19), score, period('2026-10'))).toMatchObject({ state: 'rated', word: { en: 'Weak' } });
  });

  it.each([
    [100_000, 'Xuất sắc'], [90_000, 'Xuất sắc'], [89_995, 'Xuất sắc'], [89_994, 'Tốt'], [80_000, 'Tốt'], [79_995, 'Tốt'], [79_994, 'Khá'], [70_000, 'Khá'],
    [69_994, 'Trung bình'], [50_000, 'Trung bình'], [49_995, 'Trung bình'], [49_994, 'Yếu'], [0, 'Yếu'],
  ])('has the words of the decision, by the value as shown: %i thousandths of a point are %s', (thousandths, word) => {
    const outOf100: IndexDefinition = {
      ...definition, groups: progressAlone.groups.map((group) => ({ ...group, indicators: group.indicators.map((each) => (each.kind === 'scored' ? { ...each, max: 100 } : each)) })),
    };
    expect(ratingOf(outOf100, scoreOf(outOf100, countedOf(thousandths, 100_000), 'COMMUNE'), period('2026-10'))).toMatchObject({ state: 'rated', word: { vi: word } });
  });

  it.each([
    ['2026-10', 'rated'], ['2026-Q4', 'rated'], ['2026-6M', 'rated'], ['2026-9M', 'rated'], ['2026-H2', 'rated'], ['2026', 'rated'], ['2026-02', 'rated'], ['2026-W40', 'missing'],
    ['2026-10-01..2026-10-31', 'rated'], ['2026-01-01..2026-11-15', 'rated'], ['2026-10-05..2026-11-01', 'rated'], ['2026-10-05..2026-10-31', 'missing'], ['2026-10-05..2026-10-05', 'missing'],
  ])(
    'of %s is %s', (name, state) => {
      expect(ratingOf(progressAlone, scoreOf(progressAlone, countedOf(9, 10), 'COMMUNE'), period(name)).state).toBe(state);
    });

  it('is for months and longer, and only with enough of the maximum known', () => {
    const score = scoreOf(progressAlone, countedOf(9, 10), 'COMMUNE');
    expect(ratingOf(progressAlone, score, period('2026-W40'))).toEqual({ state: 'missing', reason: 'period-too-short' });
    expect(ratingOf(definition, scoreOf(definition, countedOf(9, 10), 'COMMUNE'), period('2026-10')))
      .toEqual({ state: 'missing', reason: 'insufficient-data' });
  });
});
