import { treeOn } from '@index766/index-766';
import { parseInstant, parsePeriod, type Instant, type LocalDay, type OfficerPseudonym, type UnitCode } from '@index766/kernel';
import type { Principal } from '@index766/platform-auth';
import { VIETNAM_CALENDAR, calendarFor } from '@index766/working-time';

import type { Officer } from '../reference';
import { OfficerNaming } from './officer-naming';

const OFFICER = '0123456789abcdef0123456789abcdef' as OfficerPseudonym;
const UNIT = 'H44.1' as UnitCode;
const october = parsePeriod('2026-10');
if (!october.ok) throw new Error('no period');
const PERIOD = october.value;
const tree = treeOn(PERIOD.lastDay, ([['H44', 'PROVINCE', null], ['H44.1', 'COMMUNE', 'H44']] as const).map(([code, level, parent]) => ({
  code: code as UnitCode, name: code, level, parent: parent as UnitCode | null, validFrom: 0 as LocalDay, validTo: null, successor: null,
})));

function namingAt(text: string): OfficerNaming {
  const officer: Officer = { pseudonym: OFFICER, name: 'Cán bộ Ví Dụ', title: null, division: null, unit: UNIT, ambiguous: false, mergedInto: null, absences: [] };
  const reference = { treeOn: () => tree, calendarOf: () => calendarFor(VIETNAM_CALENDAR, []), officer: () => officer };
  return new OfficerNaming(reference, { now: () => parseInstant(text) as Instant, objectionDays: 2 });
}
const reader = (roles: Principal['roles'], units: readonly string[]): Principal => ({ subject: 'somebody', roles, units });

describe('names of officers', () => {
  it('stand on the published list two working days after its period, for everybody', () => {
    // October 2026 ends on a Saturday; Monday and Tuesday are the window.
    const shownAt = (text: string) => namingAt(text).onPublished(undefined, UNIT, PERIOD)(OFFICER)?.name ?? null;
    expect(namingAt('2026-11-01T00:00:00+07:00').windowEndsAt(UNIT, PERIOD)).toBe(parseInstant('2026-11-04T00:00:00+07:00'));
    expect(shownAt('2026-11-03T23:59:59+07:00')).toBeNull();
    expect(shownAt('2026-11-04T00:00:00+07:00')).toBe('Cán bộ Ví Dụ');
  });

  it('stand elsewhere, and before that, for the role officer-list with the unit in scope alone', () => {
    const naming = namingAt('2026-12-01T00:00:00+07:00');
    const shownTo = (principal: Principal | undefined) => naming.forReader(principal, UNIT, PERIOD)(OFFICER)?.name ?? null;
    expect(shownTo(undefined)).toBeNull();
    expect(shownTo(reader(['desk', 'operator', 'publisher'], ['*']))).toBeNull();
    expect(shownTo(reader(['officer-list'], ['H45']))).toBeNull();
    expect(shownTo(reader(['officer-list'], ['H44']))).toBe('Cán bộ Ví Dụ');
    expect(namingAt('2026-11-01T00:00:00+07:00').onPublished(reader(['officer-list'], ['H44.1']), UNIT, PERIOD)(OFFICER)?.name).toBe('Cán bộ Ví Dụ');
  });
});
