import { getDefinition, indicatorsOf } from '@index766/index-766';
import { computedUnit, publishedRow } from '../test/figures.builder';
import { NOT_APPLICABLE as NOT_APPLICABLE_TEXT } from '../showing/table';
import { compareUnit } from './compare-figures';
import { comparisonTables } from './comparison-table';

const verdictOf = (row: ReturnType<typeof publishedRow>, computed = computedUnit('H44.114', 589, 680, 17.323529)) => compareUnit([row], computed)[0]?.verdict;

describe('a published figure', () => {
  it('agrees if numerator and denominator are the same and the points are two rounded decimals apart', () => {
    expect(verdictOf(publishedRow('H44.114', '2.1', 589, 680, '17.32'))).toBe('agrees');
  });

  it.each([
    ['another numerator', publishedRow('H44.114', '2.1', 588, 680, '17.32')],
    ['another denominator', publishedRow('H44.114', '2.1', 589, 681, '17.32')],
    ['points too far away', publishedRow('H44.114', '2.1', 589, 680, '17.33')],
    ['no counts and points too far away', publishedRow('H44.114', '2.1', null, null, '17.40')],
  ])('differs by %s', (_, row) => expect(verdictOf(row)).toBe('differs'));

  it.each([['17.3283', 'agrees'], ['17.3287', 'differs']])('agrees up to 0.0051: %s %s', (points, verdict) => {
    expect(verdictOf(publishedRow('H44.114', '2.1', 589, 680, points))).toBe(verdict);
  });

  it('agrees without points where the portal printed none', () => {
    expect(verdictOf(publishedRow('H44.114', '2.1', 589, 680))).toBe('agrees');
    expect(verdictOf(publishedRow('H44.114', '1.1', 0, 0))).toBe('agrees');
  });

  it('differs where the portal printed points and there are none', () => {
    expect(verdictOf(publishedRow('H44.114', '1.1', 0, 0, '6'))).toBe('differs');
  });

  it('passes where nothing was published', () => {
    expect(verdictOf(publishedRow('H44.114', '2.1', null, null))).toBe('not-compared');
    expect(verdictOf(publishedRow('H44.114', '9.9', 5, 5, '6'))).toBe('not-compared');
  });

  const with14 = (changes: Partial<ReturnType<typeof computedUnit>['groups'][number]['indicators'][number]>) => {
    const computed = computedUnit('H44.114', 589, 680, 17.323529);
    return { ...computed, groups: computed.groups.map((group) => ({
      ...group, indicators: group.indicators.map((each) => (each.indicator === '1.4' ? { ...each, ...changes } : each)),
    })) };
  };
  const MISSING = with14({});
  const EMPTY = with14({ state: 'missing', reason: 'empty-denominator', numerator: 0, denominator: 0 });
  const ZERO_OF_FIVE = with14({ state: 'scored', reason: null, numerator: 0, denominator: 5, points: 0 });
  const NOT_APPLICABLE = with14({ state: 'not-applicable', reason: 'level' });
  it.each<[string, typeof MISSING, readonly string[]]>([
    ['nobody supplies', MISSING, ['differs', 'differs', 'differs', 'differs', 'not-compared']],
    ['is 0 of 0 without points', EMPTY, ['agrees', 'differs', 'differs', 'differs', 'not-compared']],
    ['is 0 of 5', ZERO_OF_FIVE, ['differs', 'differs', 'agrees', 'agrees', 'not-compared']],
    ['does not apply', NOT_APPLICABLE, ['not-compared', 'not-compared', 'not-compared', 'not-compared', 'not-compared']],
  ])('tells missing, 0 and not applicable apart, where what is computed %s', (_, computed, verdicts) => {
    const published = [
      publishedRow('H44.114', '1.4', 0, 0), publishedRow('H44.114', '1.4', 0, 0, '0'), publishedRow('H44.114', '1.4', 0, 5), publishedRow('H44.114', '1.4', 0, 5, '0.00'),
      publishedRow('H44.114', '1.4', null, null),
    ];
    expect(published.map((row) => verdictOf(row, computed))).toEqual(verdicts);
  });

  it('that is not supplied, or does not apply, is printed as such, and not as 0', () => {
    const lineOf = (computed: typeof MISSING) => comparisonTables(compareUnit([publishedRow('H44.114', '1.4', 0, 0)], computed)).split('\n').find((line) => line.includes(' 1.4 ')) ?? '';
    const lines = [MISSING, EMPTY, NOT_APPLICABLE].map(lineOf);
    expect(lines.map((line) => (line.match(/0\/0/gu) ?? []).length)).toEqual([1, 2, 1]);
    expect(lines.map((line) => line.includes(NOT_APPLICABLE_TEXT))).toEqual([false, false, true]);
    expect(new Set(lines).size).toBe(3);
  });

  it('that is absent passes and shows what was computed', () => {
    expect(compareUnit([], computedUnit('H44.114', 589, 680, 17.323529))).toEqual([{
      unit: 'H44.114', indicator: '2.1', verdict: 'not-compared', published: { numerator: null, denominator: null, points: null },
      computed: { numerator: 589, denominator: 680, points: '17.323529' }, applies: true,
    }]);
  });

  it('of a group has the tolerance of rounded parts, and is compared only beside all its rows', () => {
    const verdictsOf = (...rows: Parameters<typeof compareUnit>[0]) =>
      new Map(compareUnit(rows, computedUnit('H44.114', 589, 680, 17.323529)).map(({ indicator, verdict }) => [indicator, verdict]));
    const progress = publishedRow('H44.114', '2.1', 589, 680, '17.32');
    expect(verdictsOf(progress, publishedRow('H44.114', 'TDGQ', null, null, '17.338')).get('TDGQ')).toBe('agrees');
    expect(verdictsOf(progress, publishedRow('H44.114', 'TDGQ', null, null, '17.34')).get('TDGQ')).toBe('differs');
    expect(verdictsOf(publishedRow('H44.114', 'TDGQ', null, null, '17.34')).get('TDGQ')).toBe('not-compared');
    expect(verdictsOf(progress, publishedRow('H44.114', '1.4', 0, 0), publishedRow('H44.114', 'CKMB', null, null, '6')).get('CKMB')).toBe('not-compared');
  });

  it.each([['0.00', 'agrees'], ['0.02', 'differs']])('of a group without any figure is 0 at the portal and nothing here: %s', (points, verdict) => {
    const rows = getDefinition('qd766-2026').groups.find(({ id }) => id === 'CKMB')?.indicators.map(({ id }) => publishedRow('H44.114', id, null, null)) ?? [];
    const [group] = compareUnit([...rows, publishedRow('H44.114', 'CKMB', null, null, points)], computedUnit('H44.114', 589, 680, 17.323529))
      .filter(({ indicator }) => indicator === 'CKMB');
    expect(group).toMatchObject({ computed: { points: null }, applies: true, verdict });
  });

  it('passes where it does not apply, and says so', () => {
    const computed = computedUnit('H44.114', 589, 680, 17.323529);
    const inapplicable = { ...computed, groups: computed.groups.map((group) => ({ ...group, indicators: group.indicators.map((each) => ({
      ...each, state: 'not-applicable' as const, reason: 'level', numerator: null, denominator: null, points: null,
    })) })) };
    expect(compareUnit([publishedRow('H44.114', '2.1', 589, 680, '17.32')], inapplicable)).toMatchObject([{ applies: false, verdict: 'not-compared' }]);
  });

  it.each([['17.32', 'agrees'], ['17.34', 'differs']])('of a total is compared where the file has one: %s', (points, verdict) => {
    expect(verdictOf(publishedRow('H44.114', 'TOTAL', null, null, points))).toBe(verdict);
  });

  it('of a total is made of the rows where all of them are there', () => {
    const computed = computedUnit('H44.114', 589, 680, 17.323529);
    const rows = computed.groups.flatMap(({ indicators }) => indicators).filter(({ state }) => state !== 'shown')
      .map(({ indicator, numerator, denominator }) => publishedRow('H44.114', indicator, numerator, denominator));
    const others = indicatorsOf(getDefinition('qd766-2026')).filter(({ id, kind }) => kind === 'scored' && !rows.some(({ indicator }) => indicator === id))
      .map(({ id }) => publishedRow('H44.114', id, null, null, '0'));
    const whole = { ...computed, groups: [...computed.groups, { group: 'OTHERS', max: 0, state: 'scored' as const, reason: null, points: 0, indicators: others.map(({ indicator }) => ({
      indicator, state: 'scored' as const, reason: null, numerator: null, denominator: null, points: 0, max: 1,
    })) }] };
    const totals = (given: Parameters<typeof compareUnit>[0]) => compareUnit(given, whole).filter(({ indicator }) => indicator === 'TOTAL');
    expect(totals([...rows, ...others])).toMatchObject([{ published: { points: '17.32' }, computed: { points: '17.323529' }, verdict: 'agrees' }]);
    expect(totals(rows)).toEqual([]);
  });
});
