import { instantOf, type UnitCode } from '@index766/kernel';
import type { FigureRow } from '@index766/sample';

import { portalImports } from './portal-import';

const READ_AT = instantOf(Date.UTC(2026, 10, 3, 2));

const row = (unit: string, indicator: string, counts: readonly [number, number] | null, points: string | null): FigureRow => ({
  line: 2, period: 'month', scope: 'all', unit: unit as UnitCode, unitName: unit, level: 'COMMUNE', indicator,
  numerator: counts?.[0] ?? null, denominator: counts?.[1] ?? null, points, max: null,
});

describe('imports of a figures file', () => {
  it('are one for each unit, with figures, groups and the total apart, and nothing where a cell is empty', () => {
    const rows = [
      row('H44.1', '2.1', [3, 4], '15'), row('H44.1', '4.6', null, '2'), row('H44.2', '1.1', [0, 0], null), row('H44.1', '2.2', null, null),
      row('H44.1', 'TDGQ', null, '15'), row('H44.1', 'CKMB', null, null), row('H44.1', 'Total', null, '71.40'),
    ];
    const source = { document: '318/BC', readAt: '2026-11-03T02:00:00.000Z' };
    expect(portalImports(rows, { document: '318/BC', readAt: READ_AT })).toEqual([
      {
        unit: 'H44.1',
        body: {
          source,
          figures: [{ indicator: '2.1', numerator: 3, denominator: 4, points: '15' }, { indicator: '4.6', points: '2' }, { indicator: '2.2' }],
          groups: [{ group: 'TDGQ', points: '15' }], total: '71.40',
        },
      },
      { unit: 'H44.2', body: { source, figures: [{ indicator: '1.1', numerator: 0, denominator: 0 }], groups: [] } },
    ]);
  });
});
