import { getDefinition, fractionOf, parseDecimal, toDecimalText } from '@index766/index-766';
import type { IndicatorFigures, SumFigures, UnitFigures } from '../services/aggregator';
import { NO_FIGURE, NOT_APPLICABLE, tableText, type Column } from './table';

const DEFINITION = getDefinition('qd766-2026');

const COLUMNS: readonly Column<UnitFigures>[] = [
  { vi: 'Mã', en: 'Code', cell: ({ unit }) => unit },
  { vi: 'Đơn vị', en: 'Unit', cell: ({ name }) => name },
  { vi: 'Đúng hạn', en: 'On time', align: 'right', cell: (unit) => countText(indicatorOf(unit, '2.1')?.numerator) },
  { vi: 'Hồ sơ', en: 'Dossiers', align: 'right', cell: (unit) => countText(indicatorOf(unit, '2.1')?.denominator) },
  { vi: 'Tỷ lệ %', en: 'Share %', align: 'right', cell: (unit) => shareText(indicatorOf(unit, '2.1')) },
  ...DEFINITION.groups.map(({ id, max }): Column<UnitFigures> => ({
    vi: id, en: `of ${max}`, align: 'right', cell: ({ groups }) => sumText(groups.find(({ group }) => group === id)),
  })),
  { vi: 'Tổng', en: 'Total', align: 'right', cell: sumText },
  { vi: 'Tối đa', en: 'Attainable', align: 'right', cell: ({ attainable }) => String(attainable) },
  { vi: 'Ngày TB 2.2', en: 'Mean days 2.2', align: 'right', cell: ({ processingTime }) => processingTime.meanDays?.toFixed(2) ?? NO_FIGURE },
  { vi: 'Xong trễ', en: 'Ended late', align: 'right', cell: ({ counts }) => countText(counts['ended-late']) },
  { vi: 'Quá hạn', en: 'Overdue', align: 'right', cell: ({ counts }) => countText(counts['open-overdue']) },
  { vi: 'Dữ liệu', en: 'Data', cell: ({ insufficient }) => (insufficient.length === 0 ? 'đủ / sufficient' : `chưa đủ / insufficient data (${insufficient.join(', ')})`) },
];

/** The index of units; missing, 0 and not applicable look different, and whose data is not enough is said. */
export function indexTable(units: readonly UnitFigures[]): string {
  return tableText(COLUMNS, units);
}

/** What "attainable" means, and by which definition the points are. */
export function definitionRemark(): string {
  return [
    `Tối đa: điểm tối đa của các chỉ số có điểm / Attainable: maximum of the indicators that have points, of ${DEFINITION.max} (${DEFINITION.id})`,
    `${NO_FIGURE}: không có số liệu / no figure · ${NOT_APPLICABLE}: không áp dụng / not applicable`,
  ].join('\n');
}

function indicatorOf({ groups }: UnitFigures, id: string): IndicatorFigures | undefined {
  return groups.flatMap(({ indicators }) => indicators).find(({ indicator }) => indicator === id);
}

function countText(count: number | null | undefined): string {
  return count === null || count === undefined ? NO_FIGURE : String(count);
}

function shareText(indicator: IndicatorFigures | undefined): string {
  const [numerator, denominator] = [indicator?.numerator ?? null, indicator?.denominator ?? null];
  return numerator === null || denominator === null || denominator === 0 ? NO_FIGURE : toDecimalText(fractionOf(100 * numerator, denominator), 2);
}

function sumText(sum: SumFigures | undefined): string {
  if (sum?.state === 'not-applicable') return NOT_APPLICABLE;
  return sum === undefined || sum.points === null ? NO_FIGURE : toDecimalText(parseDecimal(sum.points.toFixed(6)) ?? fractionOf(0), 2);
}
