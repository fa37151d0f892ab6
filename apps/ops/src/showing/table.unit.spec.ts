import { THREE_VALUES_ANSWER } from '@index766/testing-unit';
import type { UnitFigures } from '../services/aggregator';
import { computedUnit } from '../test/figures.builder';
import { indexTable, definitionRemark } from './index-table';
import { tableText } from './table';

describe('a table', () => {
  it('has two lines of headings and columns as wide as their widest cell, letters with marks counted once', () => {
    const text = tableText([
      { vi: 'Đơn vị', en: 'Unit', cell: ({ name }: { name: string }) => name },
      { vi: 'Hồ sơ', en: 'Dossiers', align: 'right', cell: ({ count }: { count: number }) => String(count) },
    ] as const, [{ name: 'xã Phú Mỹ'.normalize('NFD'), count: 7 }, { name: 'A', count: 1234 }]);
    expect(text.split('\n')).toEqual([
      'Đơn vị        Hồ sơ', 'Unit       Dossiers', '─────────  ────────', 'xã Phú Mỹ         7', 'A              1234', '',
    ]);
  });
});

describe('the index of units', () => {
  it('shows a figure that there is none of as a dash, 0 as 0, and says whose data is not enough', () => {
    const rows = indexTable([computedUnit('H44.114', 589, 680, 17.323529), computedUnit('H44.01', 0, 0, 0)]).split('\n').slice(3);
    expect(rows[0]?.split(/ {2,}/)).toEqual([
      'H44.114', 'Xã H44.114', '589', '680', '86.62', '–', '17.32', '–', '–', '–', '–', '17.32', '20', '0.27', '1', '2', 'đủ / sufficient',
    ]);
    expect(rows[1]?.split(/ {2,}/)).toEqual([
      'H44.01', 'Xã H44.01', '0', '0', '–', '–', '0.00', '–', '–', '–', '–', '0.00', '20', '–', '1', '2',
      'chưa đủ / insufficient data (no-leading-indicator, incomplete)',
    ]);
  });

  it('tells missing, 0 and not applicable apart, as the aggregator answers', () => {
    const [row] = indexTable([THREE_VALUES_ANSWER as UnitFigures]).split('\n').slice(3);
    // The six groups, the total, what was attainable; at the end the data.
    expect(row?.split(/ {2,}/).slice(5, 13)).toEqual(['–', '0.00', '×', '0.00', '12.00', '2.00', '14.00', '50']);
    expect(row).toMatch(/chưa đủ \/ insufficient data \(incomplete\)$/u);
    expect(definitionRemark()).toContain('–: không có số liệu / no figure · ×: không áp dụng / not applicable');
  });

  it('says by which definition the points are', () => {
    expect(definitionRemark()).toContain('100 (qd766-2026)');
  });
});
