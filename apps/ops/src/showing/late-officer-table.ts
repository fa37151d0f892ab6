import { compareText } from '@index766/kernel';
import type { LateOfficerLine } from '../services/aggregator';
import { tableText, type Column } from './table';

/** So many dossiers of a line are named; the list itself has all. */
const NAMED_DOSSIERS = 2;

const COLUMNS: readonly Column<LateOfficerLine>[] = [
  { vi: 'Hạng', en: 'Rank', align: 'right', cell: ({ rank }) => String(rank) },
  // Without the right to names there is the pseudonym.
  { vi: 'Cán bộ', en: 'Officer', cell: ({ name, officer }) => name ?? officer.slice(0, 12) },
  { vi: 'Chức danh', en: 'Title', cell: ({ title }) => title ?? '–' },
  { vi: 'Phòng, ban', en: 'Division', cell: ({ division }) => division ?? '–' },
  { vi: 'Đơn vị', en: 'Unit', cell: ({ dossiers }) => [...new Set(dossiers.map(({ unit }) => unit ?? '–'))].join(' ') },
  { vi: 'Xong trễ', en: 'Ended late', align: 'right', cell: ({ endedLate }) => String(endedLate) },
  { vi: 'Quá hạn', en: 'Overdue', align: 'right', cell: ({ overdueOpen }) => String(overdueOpen) },
  { vi: 'Đã xử lý', en: 'Handled', align: 'right', cell: ({ handled }) => String(handled) },
  { vi: 'Tỷ lệ trễ %', en: 'Late share %', align: 'right', cell: ({ lateShare }) => (lateShare === null ? '–' : (100 * lateShare).toFixed(1)) },
  { vi: 'Giờ trễ', en: 'Late hours', align: 'right', cell: ({ lateWorkingMinutes }) => (lateWorkingMinutes / 60).toFixed(1) },
  { vi: 'Trễ nhất', en: 'Worst', align: 'right', cell: ({ worstWorkingMinutes }) => (worstWorkingMinutes / 60).toFixed(1) },
  { vi: 'Bước trễ khác', en: 'Late steps, on time', align: 'right', cell: ({ lateStepsOnTime }) => String(lateStepsOnTime) },
  { vi: 'Hồ sơ trễ nhất (ngày)', en: 'Worst dossiers (days late)', cell: worstDossiers },
];

export function lateOfficerTable(officers: readonly LateOfficerLine[]): string {
  return tableText(COLUMNS, officers);
}

/** `H44.114-20261005-0000012 (3.5), H44.114-… (2.0) +4`: the most days late first. */
function worstDossiers({ dossiers }: LateOfficerLine): string {
  const worstFirst = [...dossiers].sort((a, b) => b.daysLate - a.daysLate || compareText(a.dossier, b.dossier));
  const named = worstFirst.slice(0, NAMED_DOSSIERS).map(({ dossier, daysLate }) => `${dossier} (${daysLate.toFixed(1)})`).join(', ');
  const more = worstFirst.length - NAMED_DOSSIERS;
  return more > 0 ? `${named} +${more}` : named === '' ? '–' : named;
}
