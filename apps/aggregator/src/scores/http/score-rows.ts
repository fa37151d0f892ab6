import { sumOutcome } from '@index766/index-766';

import type { UnitFigures } from '../score-queries';
import { scoreJson, type IndicatorJson, type SumJson } from './score-json';

/** What one row is about, and what it says; an empty cell is "no value", and `state` and `reason` say why. */
export const FIGURE_COLUMNS = [
  'indicator', 'state', 'reason', 'numerator', 'denominator', 'points', 'max', 'row', 'group', 'shown', 'attainable', 'applicable', 'completeness',
  'insufficient',
] as const;

export type FigureRow = Readonly<Record<(typeof FIGURE_COLUMNS)[number], string | number | null>>;

/** The figures of a unit as an answer or a document has them. */
export interface FiguresJson extends Sum {
  readonly insufficient: readonly string[];
  readonly groups: readonly (Sum & { readonly group: string; readonly max: number | null; readonly indicators: readonly IndicatorJson[] })[];
}

/** What the maxima say need not be said beside them. */
type Sum = Omit<SumJson, 'state' | 'reason'>;

const NO_COUNTS = { numerator: null, denominator: null } as const;
const NO_SUM = { shown: null, attainable: null, applicable: null, completeness: null, insufficient: null } as const;

/** One row for each indicator and, after those of each group, one for the group; the last is the total. */
export function figureRows({ groups, insufficient, ...total }: FiguresJson, max: number | null): readonly FigureRow[] {
  return [
    ...groups.flatMap(({ group, max: ofGroup, indicators, ...sum }): readonly FigureRow[] => [
      ...indicators.map((indicator): FigureRow => ({ ...NO_SUM, ...indicator, row: 'indicator', group })),
      { ...NO_COUNTS, ...sumCells(sum), indicator: null, row: 'group', group, max: ofGroup, insufficient: null },
    ]),
    { ...NO_COUNTS, ...sumCells(total), indicator: null, row: 'total', group: null, max, insufficient: insufficient.join(' ') },
  ];
}

/** Documents of earlier editions have 0 where there are no points. */
function sumCells({ points, shown, attainable, applicable, completeness }: Sum) {
  const outcome = sumOutcome({ attainable, applicable });
  return { ...outcome, ...(outcome.state === 'scored' ? { points, shown } : { points: null, shown: null }), attainable, applicable, completeness };
}

const HEAD_COLUMNS = ['unit', 'name', 'level', 'period', 'asOf', 'definition'] as const;

export const SCORE_COLUMNS = [...HEAD_COLUMNS, ...FIGURE_COLUMNS, 'knownAt'] as const;

export type ScoreRow = Readonly<Record<(typeof SCORE_COLUMNS)[number], string | number | null>>;

export function scoreRows(figures: UnitFigures): readonly ScoreRow[] {
  const answer = scoreJson(figures);
  const { unit, name, level, period, asOf, definition, knownAt } = answer;
  return figureRows(answer, figures.definition.max).map((row) => ({ unit, name, level, period, asOf, definition, ...row, knownAt }));
}
