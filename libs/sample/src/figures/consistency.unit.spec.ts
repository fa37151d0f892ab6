import type { UnitCode } from '@index766/kernel';
import { checkConsistency } from './consistency';
import type { FigureRow } from './figure-row';

const row = (unit: string, indicator: string, numerator: number, denominator: number): FigureRow => ({
  line: 2, period: 'month', scope: 'all', unit: unit as UnitCode, unitName: unit, level: unit.includes('.') ? 'COMMUNE' : 'PROVINCE', indicator,
  numerator, denominator, points: null, max: null,
});
const broken = (...rows: FigureRow[]) => {
  const { rows: kept, inconsistencies } = checkConsistency(rows);
  return { rules: inconsistencies.map(({ rule, unit, excluded }) => [rule, unit, ...excluded]), kept: kept.map(({ unit, indicator }) => `${unit} ${indicator}`) };
};

describe('figures that break a rule', () => {
  const own = row('G1.1', '2.1', 80, 100);

  it.each<[string, FigureRow[], string[]]>([
    ['5.4 n ≤ 2.1 n', [row('G1.1', '5.4', 81, 100)], ['5.4']],
    ['4.1 d = 2.1 d', [row('G1.1', '4.1', 10, 99)], ['4.1']],
    ['4.5b d = 2.1 d', [row('G1.1', '4.5b', 10, 101)], ['4.5b']],
    ['3.6 d ≤ 2.1 d', [row('G1.1', '3.6', 10, 101)], ['3.6']],
    ['3.3 d ≤ 2.1 d', [row('G1.1', '3.3', 10, 101)], ['3.3']],
    ['4.2 n ≤ 4.1 n', [row('G1.1', '4.1', 10, 100), row('G1.1', '4.2', 11, 100)], ['4.2']],
    ['5.3 n ≤ 5.2 n', [row('G1.1', '5.2', 3, 5), row('G1.1', '5.3', 4, 5)], ['5.3']],
    ['5.2 d = 5.3 d', [row('G1.1', '5.2', 3, 5), row('G1.1', '5.3', 3, 4)], ['5.2', '5.3']],
    ['3.5a d = 3.5b d', [row('G1.1', '3.5a', 3, 5), row('G1.1', '3.5b', 3, 4)], ['3.5a', '3.5b']],
    ['3.6 n ≤ d', [row('G1.1', '3.6', 11, 10)], ['3.6']],
  ])('%s are left out with the rule, the unit and the figures', (rule, rows, excluded) => {
    const { rules, kept } = broken(own, ...rows);
    expect(rules).toEqual([[rule, 'G1.1', ...excluded]]);
    expect(kept).toEqual(['2.1', ...rows.map(({ indicator }) => indicator)].filter((id) => !excluded.includes(id)).map((id) => `G1.1 ${id}`));
    expect(checkConsistency([own, ...rows]).inconsistencies[0]?.detail).toMatch(/\d+\/\d+/);
  });

  it('take the whole unit out if it is 2.1', () => {
    expect(broken(row('G1.1', '2.1', 101, 100))).toEqual({ rules: [['2.1 n ≤ d', 'G1.1', '2.1']], kept: [] });
  });

  it.each([[10, 20, '-70/-80 is left'], [80, 99, '0/-1 is left'], [90, 101, '10/1 is left']])(
    'take a province’s row out if what its units leave is impossible: %i/%i',
    (numerator, denominator, detail) => {
      const { inconsistencies, rows } = checkConsistency([row('G1', '2.1', numerator, denominator), own]);
      expect(inconsistencies).toMatchObject([{ rule: '2.1: 0 ≤ n ≤ d for what its units leave', unit: 'G1', detail, excluded: ['2.1'] }]);
      expect(rows.map(({ unit }) => unit)).toEqual(['G1.1']);
    },
  );

  it('take a province’s distinct count out if a unit has more', () => {
    const { rules } = broken(row('G1', '3.2', 5, 9), own, row('G1.1', '3.2', 6, 9));
    expect(rules).toEqual([['3.2: no unit above its parent', 'G1', '3.2']]);
  });

  it.each([[0, 1, ['4.6: its communes make it up']], [1, 2, ['4.6: its communes make it up']], [1, 1, []]])(
    'take a province’s 4.6 out if its communes come to something else: %i/%i', (numerator, denominator, expected) => {
      const { rules } = broken(row('G1', '4.6', numerator, denominator), own, row('G1.1', '4.6', 1, 1));
      expect(rules.map(([rule]) => rule)).toEqual(expected);
    },
  );

  it.each<[string, FigureRow[], string]>([
    ['3.2 n ≤ 3.3 n', [row('G1.1', '3.3', 5, 9), row('G1.1', '3.2', 6, 9)], '3.2'],
    ['3.5b n ≤ 2.1 d', [row('G1.1', '3.6', 1, 2), row('G1.1', '3.5b', 101, 109)], '3.5b'],
    ['4.5a n ≤ 4.5b n', [row('G1.1', '4.5b', 1, 100), row('G1.1', '4.5a', 2, 9)], '4.5a'],
    ['5.1-TTHC d = 5.2 d', [row('G1.1', '5.2', 1, 2), row('G1.1', '5.1-TTHC', 1, 3)], '5.1-TTHC'],
    ['1.1 n ≤ 3.1 d', [row('G1.1', '3.1', 1, 2), row('G1.1', '1.1', 3, 3)], '1.1'],
  ])('nothing could come to are left out alike: %s', (rule, rows, excluded) => {
    expect(broken(own, ...rows).rules).toEqual([[rule, 'G1.1', excluded]]);
  });

  it('of a unit that differ from its province’s set are left out', () => {
    expect(broken(row('G1', '1.3', 8, 9), own, row('G1.1', '1.3', 7, 9)).rules).toEqual([['1.3 = its province\'s', 'G1.1', '1.3']]);
  });

  it('say what in the definition the rule follows from', () => {
    const { inconsistencies } = checkConsistency([own, row('G1.1', '4.5b', 1, 100), row('G1.1', '4.5a', 2, 9), row('G1.1', '3.6', 2, 1)]);
    expect(inconsistencies.map(({ rule, why }) => [rule, why.slice(0, why.indexOf(':'))])).toEqual([
      ['3.6 n ≤ d', '§7'], ['4.5a n ≤ 4.5b n', '§4, 4.5a and 4.5b'],
    ]);
  });

  it('for which no dossiers are found are told apart from those that break a rule', () => {
    const { inconsistencies } = checkConsistency([
      row('G1', '2.1', 9, 9), row('G1', '4.5a', 5, 5), row('G1.1', '2.1', 9, 9), row('G1.1', '4.5b', 1, 9), row('G1.1', '4.5a', 1, 5), row('G1.1', '5.4', 10, 9),
    ]);
    expect(inconsistencies.map(({ rule, unit, notFound }) => [rule, unit, notFound])).toEqual([
      ['5.4 n ≤ d', 'G1.1', undefined], ['4.5a: the sample finds no dossiers for it', 'G1', true],
    ]);
  });

  it('of a province come out although all its units are in the file, each with other procedures', () => {
    const other = row('G1.2', '2.1', 20, 100);
    const whole = [row('G1', '2.1', 100, 200), row('G1', '3.3', 60, 90), row('G1', '3.2', 14, 20), row('G1', '3.6', 40, 80), row('G1', '3.5a', 9, 30), row('G1', '3.5b', 11, 30)];
    const parts = ['G1.1', 'G1.2'].flatMap((unit) => [row(unit, '3.3', 30, 45), row(unit, '3.2', 8, 12), row(unit, '3.6', 20, 40), row(unit, '3.5a', 5, 18), row(unit, '3.5b', 6, 18)]);
    expect(broken(...whole, own, other, ...parts).rules).toEqual([]);
  });

  const withPoints = (unit: string, points: string | null): FigureRow => ({ ...row(unit, '4.6', 0, 0), numerator: null, denominator: null, points, max: '2' });
  it.each<[string, FigureRow[], string[]]>([
    ['full where nobody says anything', [withPoints('G1', '2'), withPoints('G1.1', '2')], []],
    ['half where one of two does not offer it', [withPoints('G1', '1'), withPoints('G1.1', '0'), row('G1.2', '2.1', 1, 1), withPoints('G1.2', '2')], []],
    ['a third of two communes', [withPoints('G1', '0.67'), withPoints('G1.1', '0'), row('G1.2', '2.1', 1, 1)], ['4.6: its communes make it up']],
    ['one point of a commune', [withPoints('G1.1', '1')], ['4.6: a commune offers it or not']],
    ['another commune’s copies', [row('G1.1', '4.6', 3, 5)], ['4.6: a commune offers it or not']],
  ])('of certified copies are possible or not: %s', (_, rows, rules) => {
    expect(broken(row('G1', '2.1', 81, 101), own, ...rows).rules.map(([rule]) => rule)).toEqual(rules);
  });

  it('that fit into few dossiers all together stay', () => {
    const two = row('G1.1', '2.1', 2, 2);
    const { rules } = broken(two, row('G1.1', '3.3', 2, 2), row('G1.1', '3.6', 1, 2), row('G1.1', '3.5a', 1, 1), row('G1.1', '3.5b', 0, 1), row('G1.1', '3.2', 1, 1), row('G1.1', '4.5b', 1, 2), row('G1.1', '4.5a', 1, 1));
    expect(rules).toEqual([]);
  });

  it('of another province concern nobody else', () => {
    expect(broken(row('G1', '2.1', 80, 100), row('G1.1', '2.1', 80, 100), row('G2', '2.1', 5, 9), row('G2.1', '2.1', 5, 9)).rules).toEqual([]);
  });

  it('that are not there are no inconsistency', () => {
    expect(broken(row('G1.1', '5.4', 81, 100)).rules).toEqual([]);
  });
});
