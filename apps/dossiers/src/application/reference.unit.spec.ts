import { parseLocalDay, type LocalDay, type ProcedureCode, type UnitCode } from '@index766/kernel';
import { VIETNAM_CALENDAR } from '@index766/working-time';
import { referenceOf } from '../test/reference';

const day = (text: string) => parseLocalDay(text) as LocalDay;
const unit = (code: string) => code as UnitCode;
const OCTOBER = day('2026-10-05');
const version = { version: 1, validFrom: '2025-01-01' };

const tree = (parents: Readonly<Record<string, string | null>>) =>
  Object.entries(parents).map(([code, parent]) => [code, [{ ...version, code, name: code, level: 'COMMUNE' as const, parent }]] as const);

describe('units above a unit', () => {
  const reference = referenceOf({ units: tree({ VN: null, H44: 'VN', 'H44.114': 'H44', A: 'B', B: 'A' }) });

  it.each<[string, readonly string[]]>([
    ['H44.114', ['H44', 'VN']],
    ['VN', []],
    ['H44.999', ['H44', 'VN']],
    ['H99.1', ['H99']],
    ['XYZ', []],
    ['A', ['B']],
  ])('of %s are %j', (code, ancestors) => {
    expect(reference.ancestorsOf(unit(code), OCTOBER)).toEqual(ancestors);
  });

  it('are those of the day', () => {
    const moved = referenceOf({
      units: [['H44.1', [
        { ...version, code: 'H44.1', name: 'x', level: 'COMMUNE', parent: 'H44' },
        { version: 2, validFrom: '2026-07-01', code: 'H44.1', name: 'x', level: 'COMMUNE', parent: 'H45' },
      ]]],
    });
    expect(moved.ancestorsOf(unit('H44.1'), day('2026-06-30'))).toEqual(['H44']);
    expect(moved.ancestorsOf(unit('H44.1'), day('2026-07-01'))).toEqual(['H45']);
  });

  it('of one that was closed are its successor, from the day after its last on, and what is above that', () => {
    const closed = { validTo: '2026-06-30', successor: 'H45.9' };
    const merged = referenceOf({
      units: [
        ['H44.1', [{ ...version, code: 'H44.1', name: 'x', level: 'COMMUNE', parent: 'H44' }, { ...version, version: 2, code: 'H44.1', name: 'x', level: 'COMMUNE', parent: 'H44', ...closed }]],
        ['H44.2', [{ ...version, code: 'H44.2', name: 'x', level: 'COMMUNE', parent: 'H44', validTo: '2026-06-30' }]],
        ['H45.9', [{ ...version, validFrom: '2026-07-01', code: 'H45.9', name: 'x', level: 'COMMUNE', parent: 'H45' }]],
      ],
    });
    expect(merged.ancestorsOf(unit('H44.1'), day('2026-06-30'))).toEqual(['H44']);
    expect(merged.ancestorsOf(unit('H44.1'), day('2026-07-01'))).toEqual(['H45.9', 'H45']);
    expect(merged.ancestorsOf(unit('H44.2'), day('2026-07-01'))).toEqual(['H44']);
  });
});

describe('the procedure of a unit', () => {
  const procedure = { ...version, code: '2.000815', name: 'x', pauseOnFinancialObligation: false };
  const own = { ...procedure, unit: 'H44', term: { kind: 'working-days' as const, amount: 3 }, pauseOnFinancialObligation: true };
  const reference = referenceOf({
    units: tree({ H44: null, 'H44.114': 'H44', H45: null }),
    procedures: [['2.000815', [{ ...procedure, term: { kind: 'working-days', amount: 5 } }]], ['2.000815@H44', [{ ...own, validFrom: '2026-01-01' }]]],
  });
  const code = '2.000815' as ProcedureCode;

  it('is the nearest unit\'s own, else the one for all', () => {
    expect(reference.dueReferenceOn(OCTOBER).termOf(code, unit('H44.114'))).toEqual({ kind: 'working-days', amount: 3 });
    expect(reference.dueReferenceOn(OCTOBER).termOf(code, unit('H45'))).toEqual({ kind: 'working-days', amount: 5 });
    expect(reference.dueReferenceOn(day('2025-10-05')).termOf(code, unit('H44.114'))).toEqual({ kind: 'working-days', amount: 5 });
    expect(reference.dueReferenceOn(OCTOBER).termOf('1.1' as ProcedureCode, unit('H44'))).toBeNull();
  });

  it('says whether a fee stops the clock', () => {
    expect(reference.pausesForObligation(code, unit('H44.114'), OCTOBER)).toBe(true);
    expect(reference.pausesForObligation(code, unit('H45'), OCTOBER)).toBe(false);
  });

  it('is named with its version', () => {
    expect(reference.procedureVersionOf(code, unit('H44.114'), OCTOBER)).toBe('2.000815@H44@1');
    expect(reference.procedureVersionOf(code, unit('H45'), OCTOBER)).toBe('2.000815@1');
    expect(reference.procedureVersionOf('1.1' as ProcedureCode, unit('H45'), OCTOBER)).toBe('1.1');
  });
});

describe('the calendar', () => {
  it('is the newest version, with the overrides of the unit and those above it', () => {
    const overrides = [{ unit: 'H44', daysOff: [{ day: '2026-10-06', name: 'Ngày của tỉnh' }] }];
    const calendars = [[
      'vn', [{ ...VIETNAM_CALENDAR, version: 3, overrides }, { ...VIETNAM_CALENDAR, version: 2 }],
    ]] as unknown as NonNullable<Parameters<typeof referenceOf>[0]['calendars']>;
    const reference = referenceOf({ units: tree({ H44: null, 'H44.114': 'H44', H45: null }), calendars });

    expect(reference.calendarOf(unit('H44.114'), OCTOBER).reference).toBe('vn@3');
    expect(reference.calendarOf(unit('H44.114'), OCTOBER).isTermDay(day('2026-10-06'))).toBe(false);
    expect(reference.calendarOf(unit('H45'), OCTOBER).isTermDay(day('2026-10-06'))).toBe(true);
  });

  it('is the one that ships while the catalog has said nothing', () => {
    expect(referenceOf({}).calendarOf(unit('H44'), OCTOBER).reference).toBe('vn@1');
  });
});
