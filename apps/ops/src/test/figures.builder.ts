import type { UnitCode } from '@index766/kernel';
import type { FigureRow } from '@index766/sample';
import type { IndicatorFigures, UnitFigures } from '../services/aggregator';

/** A published row of the month; its level follows from its code. */
export function publishedRow(
  unit: string, indicator: string, numerator: number | null, denominator: number | null, points: string | null = null,
): FigureRow {
  return {
    line: 2, period: 'month', scope: 'all', unit: unit as UnitCode, unitName: unit, level: unit.includes('.') ? 'COMMUNE' : 'PROVINCE', indicator,
    numerator, denominator, points, max: null,
  };
}

const indicator = (id: string, rest: Partial<IndicatorFigures>): IndicatorFigures => ({
  indicator: id, state: 'scored', reason: null, numerator: null, denominator: null, points: null, max: 20, ...rest,
});

/** What the aggregator answers today: progress is computed, the rest has no supplier; 1.1 has nothing to count. */
export function computedUnit(unit: string, numerator: number, denominator: number, points: number): UnitFigures {
  return {
    unit, name: `Xã ${unit}`, level: 'COMMUNE', asOf: '2026-10-31T17:00:00.000Z', running: false, state: 'scored', reason: null, points, attainable: 20,
    insufficient: denominator === 0 ? ['no-leading-indicator', 'incomplete'] : [],
    groups: [
      { group: 'TDGQ', max: 20, state: 'scored', reason: null, points, indicators: [
        indicator('2.1', { numerator, denominator, points }),
        indicator('2.2', { state: 'shown', numerator: 7200 * denominator, denominator, max: null }),
      ] },
      { group: 'CKMB', max: 18, state: 'missing', reason: 'no-figures', points: null, indicators: [
        indicator('1.1', { state: 'missing', reason: 'empty-denominator', numerator: 0, denominator: 0 }),
        indicator('1.4', { state: 'missing', reason: 'not-supplied' }),
      ] },
    ],
    processingTime: { meanDays: denominator === 0 ? null : 0.27 },
    counts: { received: 8, 'ended-late': 1, 'open-overdue': 2 },
  };
}
