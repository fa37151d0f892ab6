import type { UnitCode } from '@index766/kernel';
import { computedUnit, publishedRow } from '../test/figures.builder';
import { compareUnit } from './compare-figures';
import type { LeftUnit } from './comparable-units';
import { describeSummary, fails, summaryOf } from './comparison-summary';

const left = (unit: string, isLoadable: boolean): LeftUnit => ({ unit: unit as UnitCode, reason: 'a reason', isLoadable });
const comparisons = (numerator: number) => compareUnit(
  [publishedRow('G1.1', '2.1', numerator, 680, '17.32'), publishedRow('G1.1', '1.4', null, null)], computedUnit('G1.1', 589, 680, 17.323529),
);
const LEFT = [left('G1', true), left('G1.2', true), left('G1.3', false)];

describe('the summary of a comparison', () => {
  it('says of how many units of the file figures were compared, and how many are not loaded', () => {
    const lines = describeSummary(summaryOf(comparisons(589), ['G1.1'], LEFT), 'x.csv').split('\n');
    expect(lines[0]).toContain('1 / 4 đơn vị được so sánh');
    expect(lines[0]).toContain('2 chưa nạp / not loaded, 1 không có 2.1');
    expect(lines[1]).toMatch(/^1 khớp .*, 0 khác .*, 1 không có công bố/u);
  });

  it.each([
    ['agrees and all is loaded', 589, [], 0, [false, false]], ['agrees, but a unit is not loaded', 589, [left('G1.2', true)], 0, [false, true]],
    ['agrees, but a unit has no 2.1', 589, [left('G1.3', false)], 0, [false, false]],
    ['agrees, but figures break a rule', 589, [], 1, [false, true]], ['differs', 588, [], 0, [true, true]],
  ])('fails without and with --strict where everything %s', (_, numerator, units, inconsistencies, expected) => {
    const summary = summaryOf(comparisons(numerator), ['G1.1'], units);
    expect([false, true].map((isStrict) => fails(summary, inconsistencies, isStrict))).toEqual(expected);
  });
});
