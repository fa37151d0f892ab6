import { getDefinition, fractionOf, parseDecimal, toDecimalText } from '@index766/index-766';
import type { GroupFigures, IndicatorFigures, UnitFigures } from '../services/aggregator';
import { tableText, type Column } from './table';

const DEFINITION = getDefinition('qd766-2026');

const COLUMNS: readonly Column<UnitFigures>[] = [
  { vi: 'Mã', en: 'Code', cell: ({ unit }) => unit },
  { vi: 'Đơn vị', en: 'Unit', cell: ({ name }) => name },
  { vi: 'Đúng hạn', en: 'On time', align: 'right', cell: (unit) => countText(indicatorOf(unit, '2.1')?.numerator) },
  { vi: 'Hồ sơ', en: 'Dossiers', align: 'right', cell: (unit) => countText(indicatorOf(unit, '2.1')?.denominator) },
  { vi: 'Tỷ lệ %', en: 'Share %', align: 'right', cell: (unit) => shareText(indicatorOf(unit, '2.1')) },
  ...DEFINITION.groups.map(({ id, max }): Column<UnitFigures> => ({
    vi: id, en: `of ${max}`, align: 'right', cell: ({ groups }) => groupText(groups.find(({ group }) => group === id)),
  })),
  { vi: 'Tổng', en: 'Total', align: 'right', cell: ({ points }) => pointsText(points) },
  { vi: 'Tối đa', en: 'Attainable', align: 'right', cell: ({ attainable }) => String(attainable) },
  { vi: 'Ngày TB 2.2', en: 'Mean days 2.2', align: 'right', cell: ({ processingTime }) => processingTime.meanDays?.toFixed(2) ?? '–' },
  { vi: 'Xong trễ', en: 'Ended late', align: 'right', cell: ({ counts }) => countText(counts['ended-late']) },
  { vi: 'Quá hạn', en: 'Overdue', align: 'right', cell: ({ counts }) => countText(counts['open-overdue']) },
];

/** The index of units; a "–" is a figure that there is none of, never a 0. */
export function indexTable(units: readonly UnitFigures[]): string {
  return tableText(COLUMNS, units);
}

/** What "attainable" means, and by which definition the points are. */
export function definitionRemark(): string {
  return `Tối đa: điểm tối đa của các chỉ số có điểm / Attainable: maximum of the indicators that have points, of ${DEFINITION.max} (${DEFINITION.id})`;
}

function indicatorOf({ groups }: UnitFigures, id: string): IndicatorFigures | undefined {
  return groups.flatMap(({ indicators }) => indicators).find(({ indicator }) => indicator === id);
}

function countText(count: number | null | undefined): string {
  return count === null || count === undefined ? '–' : String(count);
}

function shareText(indicator: IndicatorFigures | undefined): string {
  const [numerator, denominator] = [indicator?.numerator ?? null, indicator?.denominator ?? null];
  return numerator === null || denominator === null || denominator === 0 ? '–' : toDecimalText(fractionOf(100 * numerator, denominator), 2);
}

/** Nothing of the group has points: that is no 0. */
function groupText(group: GroupFigures | undefined): string {
  const hasPoints = group?.indicators.some(({ state }) => state === 'scored') ?? false;
  return group === undefined || !hasPoints ? '–' : pointsText(group.points);
}

function pointsText(points: number): string {
  return toDecimalText(parseDecimal(points.toFixed(6)) ?? fractionOf(0), 2);
}
