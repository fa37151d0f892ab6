import { UNIT_LEVELS, rankUnits, toDecimalText, type IndexDefinition, type RankedBy, type UnitTree } from '@index766/index-766';
import { compareText, type Period } from '@index766/kernel';

import type { UnitFigures } from '../scores';

/**
 * Units of one level under one parent, ranked by the total and by each group (index-766.md §5). Without the change since the
 * period before, which has an edition of its own.
 */
export function rankingsOf(definition: IndexDefinition, { nodes }: UnitTree, figures: readonly UnitFigures[], period: Period): readonly object[] {
  const parents = [...new Set(figures.flatMap(({ unit: { parent } }) => (parent === null ? [] : [parent])))].sort(compareText);
  const orders: readonly RankedBy[] = ['total', ...definition.groups.map(({ id }) => ({ group: id }))];
  return parents.flatMap((parent) => UNIT_LEVELS.flatMap((level) => {
    const candidates = figures
      .filter(({ unit }) => unit.parent === parent && unit.level === level && nodes.has(parent))
      .map(({ unit, score }) => ({ unit: unit.code, score, before: null }));
    return candidates.length < 2 ? [] : orders.map((by) => {
      const { ranked, apart } = rankUnits(definition, candidates, by, period);
      return {
        unit: parent, level, by: by === 'total' ? 'total' : by.group,
        ranked: ranked.map(({ unit, rank, hundredths }) => ({ unit, rank, points: hundredthsText(hundredths) })),
        apart: apart.map(({ unit, hundredths, reasons }) => ({ unit, points: hundredthsText(hundredths), reasons })),
      };
    });
  }));
}

/** Null: there are no points, which is no 0. */
function hundredthsText(hundredths: bigint | null): string | null {
  return hundredths === null ? null : toDecimalText({ numerator: hundredths, denominator: 100n }, 2);
}
