import type { UnitVersion } from '@index766/index-766';
import { parseLocalDay, parsePeriod, type LocalDay, type ProcedureCode, type UnitCode } from '@index766/kernel';
import { VIETNAM_CALENDAR } from '@index766/working-time';

import { referenceWith } from '../test/edition-world';
import { Reference, type ReferenceRecords } from './reference';

const day = (text: string) => parseLocalDay(text) as LocalDay;
const unit = (code: string) => code as UnitCode;
const DAY_OFF = day('2026-10-20');
const version = (code: string, parent: string | null, changes: Partial<UnitVersion> = {}): UnitVersion => ({
  code: unit(code), name: code, level: parent === null ? 'PROVINCE' : 'COMMUNE', parent: parent === null ? null : unit(parent),
  validFrom: 0 as LocalDay, validTo: null, successor: null, ...changes,
});

describe('dossiers of a unit that was closed', () => {
  const reference = referenceWith(undefined, {
    units: () => [version('H44', null), version('H44.1', 'H44', { validTo: day('2026-10-15'), successor: unit('H44.3') }), version('H44.3', 'H44', { validFrom: day('2026-10-16') })],
    calendars: () => [{ ...VIETNAM_CALENDAR, overrides: [{ unit: 'H44.3', daysOff: [{ day: '2026-10-20', name: 'Ngày của xã' }] }] }],
    resultDocumentOn: (_, of) => (of === 'H44.3' ? false : undefined),
  });
  const hasResult = (period: string) => {
    const parsed = parsePeriod(period);
    if (!parsed.ok) throw new Error(period);
    return reference.hasResultDocument(unit('H44.1'), parsed.value, parsed.value.end)('2.000815' as ProcedureCode);
  };

  it('are measured by the calendar of its successor from the day after its last on', () => {
    expect(reference.calendarOf(unit('H44.1'), day('2026-10-16')).isTermDay(DAY_OFF)).toBe(false);
    expect(reference.calendarOf(unit('H44.1'), day('2026-10-15')).isTermDay(DAY_OFF)).toBe(true);
  });

  it('and by what its successor says of procedures', () => {
    expect([hasResult('2026-09'), hasResult('2026-10')]).toEqual([true, false]);
  });
});

describe('what is said of result documents', () => {
  it('is looked for once for each procedure and day, and again when records changed', () => {
    const catalog = { revision: 1, said: false, asked: 0 };
    const records: Pick<ReferenceRecords, 'revision' | 'units' | 'resultDocumentOn'> = {
      get revision() { return catalog.revision; },
      units: () => [version('H44', null)],
      resultDocumentOn: (_, of) => {
        catalog.asked += 1;
        return of === 'H44' ? catalog.said : undefined;
      },
    };
    const reference = new Reference(records as ReferenceRecords);
    const hasResult = (period: string) => {
      const parsed = parsePeriod(period);
      if (!parsed.ok) throw new Error(period);
      return reference.hasResultDocument(unit('H44'), parsed.value, parsed.value.end)('2.000815' as ProcedureCode);
    };

    expect(hasResult('2026-10')).toBe(false);
    const askedOnce = catalog.asked;
    expect([hasResult('2026-10'), catalog.asked]).toEqual([false, askedOnce]);
    expect([hasResult('2026-09'), catalog.asked]).toEqual([false, 2 * askedOnce]);

    Object.assign(catalog, { revision: 2, said: true });
    expect(hasResult('2026-10')).toBe(true);
  });
});
