import { parseLocalDay, type LocalDay } from '@index766/kernel';

import { isReportedIndex, reportedFigureKey } from './figure-reported/figure-reported.v1';
import { procedureKey } from './procedure-versioned/procedure-versioned.v1';
import { versionInForce } from './validity';

const day = (text: string) => parseLocalDay(text) as LocalDay;

describe('the version that holds on a day', () => {
  const first = { version: 1, validFrom: '2024-01-01' };
  const moved = { version: 2, validFrom: '2025-07-01' };
  const ended = { version: 3, validFrom: '2025-07-01', validTo: '2026-06-30' };
  const corrected = { version: 4, validFrom: '2024-01-01' };

  it.each([
    ['is none before the first', [first], '2023-12-31', undefined],
    ['is the first from its first day on', [first], '2024-01-01', 1],
    ['is the earlier one until the later begins', [first, moved], '2025-06-30', 1],
    ['is the later one from its first day on', [first, moved], '2025-07-01', 2],
    ['is in force on its last day', [first, moved, ended], '2026-06-30', 3],
    ['is none after the last day: an earlier version does not come back', [first, moved, ended], '2026-07-01', undefined],
    ['is the later known of two with one beginning', [first, moved, ended, corrected], '2025-06-30', 4],
    ['is what began later, whatever was corrected before it', [first, moved, ended, corrected], '2025-07-01', 3],
    ['is what was known then if later-known ones are left out', [first, moved], '2026-07-01', 2],
    ['does not depend on the order of versions', [ended, first, moved], '2026-01-01', 3],
  ])('%s', (_rule, versions, on, version) => {
    expect(versionInForce(versions, day(on))?.version).toBe(version);
  });
});

describe('the key of a procedure', () => {
  it('is its code, and the unit where it is a unit\'s own', () => {
    expect(procedureKey({ code: '2.000815' })).toBe('2.000815');
    expect(procedureKey({ code: '2.000815', unit: 'H44.114' })).toBe('2.000815@H44.114');
  });
});

describe('a reported figure', () => {
  it('is known by its unit, measure and period', () => {
    expect(reportedFigureKey({ unit: 'H44', measure: 'national-report', period: '2026-10' })).toBe('H44@national-report@2026-10');
  });

  it('is a count of any period, or an index of a year', () => {
    expect([isReportedIndex('par-index'), isReportedIndex('sipas'), isReportedIndex('work-files')]).toEqual([true, true, false]);
  });
});
