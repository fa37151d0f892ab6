import { getDefinition, fractionOf, parseDecimal, toDecimalText } from '@index766/index-766';
import type { IndicatorFigures, UnitFigures } from '../services/aggregator';
import { tableText, type Column } from './table';

const DEFINITION = getDefinition('qd766-2026');
const PROGRESS = 'TDGQ';

const COLUMNS: readonly Column<UnitFigures>[] = [
  { vi: 'Mã', en: 'Code', cell: ({ unit }) => unit },
  { vi: 'Đơn vị', en: 'Unit', cell: ({ name }) => name },
  { vi: 'Đúng hạn', en: 'On time', align: 'right', cell: (unit) => countText(indicatorOf(unit, '2.1')?.numerator) },
  { vi: 'Hồ sơ', en: 'Dossiers', align: 'right', cell: (unit) => countText(indicatorOf(unit, '2.1')?.denominator) },
  { vi: 'Tỷ lệ %', en: 'Share %', align: 'right', cell: (unit) => shareText(indicatorOf(unit, '2.1')) },
  { vi: 'Điểm 2.1', en: 'Points 2.1', align: 'right', cell: (unit) => pointsText(indicatorOf(unit, '2.1')) },
  { vi: 'Ngày TB 2.2', en: 'Mean days 2.2', align: 'right', cell: ({ processingTime }) => processingTime.meanDays?.toFixed(2) ?? '–' },
  { vi: 'Tiếp nhận', en: 'Received', align: 'right', cell: ({ counts }) => countText(counts['received']) },
  { vi: 'Xong trễ', en: 'Ended late', align: 'right', cell: ({ counts }) => countText(counts['ended-late']) },
  { vi: 'Quá hạn', en: 'Overdue', align: 'right', cell: ({ counts }) => countText(counts['open-overdue']) },
];

/** Progress of units; a "–" is a figure that there is none of, never a 0. */
export function indexTable(units: readonly UnitFigures[]): string {
  return tableText(COLUMNS, units);
}

/** What of the maximum the services of today supply: the rest is missing, not 0. */
export function suppliedRemark(units: readonly UnitFigures[]): string {
  const attainable = Math.max(0, ...units.map((unit) => unit.attainable));
  return `Điểm tối đa có dữ liệu / Maximum with figures so far: ${attainable} / ${DEFINITION.max} (${DEFINITION.id}, ${PROGRESS})`;
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

function pointsText(indicator: IndicatorFigures | undefined): string {
  const points = indicator?.points ?? null;
  return points === null ? '–' : toDecimalText(parseDecimal(points.toFixed(6)) ?? fractionOf(0), 2);
}
