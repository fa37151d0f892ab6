import type { CalendarDefinition, OfficeSpan } from '../definition';
import { VN_2024_2027 } from './vn-2024-2027';

const OFFICE_DAY: readonly OfficeSpan[] = [
  { from: 7 * 60 + 30, to: 11 * 60 + 30 },
  { from: 13 * 60 + 30, to: 17 * 60 },
];

/**
 * Vietnam's calendar as a province starts with it (lifecycle.md §2): 07:30–11:30 and 13:30–17:00, Monday to Friday, and
 * the days off and make-up days announced so far. Later announcements, and a province's own days, are new versions in
 * the catalog.
 */
export const VIETNAM_CALENDAR: CalendarDefinition = {
  id: 'vn',
  version: 1,
  source:
    'Public holidays and make-up working days of Vietnam, vn-2024-2027.csv. A swap of Friday 2026-01-02 with Saturday ' +
    '2026-01-10 is reported but not confirmed and left out; swaps of 2027 are not announced yet.',
  coversFrom: '2024-01-01',
  coversTo: '2027-12-31',
  officeHours: { 1: OFFICE_DAY, 2: OFFICE_DAY, 3: OFFICE_DAY, 4: OFFICE_DAY, 5: OFFICE_DAY },
  termDays: [1, 2, 3, 4, 5],
  holidays: VN_2024_2027.holidays,
  makeUpDays: VN_2024_2027.makeUpDays,
  overrides: [],
};
