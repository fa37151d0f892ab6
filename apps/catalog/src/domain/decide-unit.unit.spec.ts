import { aProvince, aUnit, directoryOf, october, unitCode } from '../test/catalog.fixture';
import { decideUnit } from './decide-unit';
import { ancestorsOf, latestContent, type UnitContent } from './unit';

const known = {
  VN: [aProvince({ level: 'COUNTRY', name: 'Việt Nam' })],
  H44: [aProvince({ parent: unitCode('VN') })],
  'H44.1': [aUnit()],
  'H44.2': [aUnit({ validTo: '2026-12-31', successor: unitCode('H44.1') })],
  'H44.D': [aUnit({ level: 'DEPARTMENT' })],
  G05: [aProvince({ level: 'MINISTRY' })],
  H45: [aProvince({ validTo: '2026-06-30' })],
} as const;

const decide = (code: string, unit: UnitContent) => decideUnit(unitCode(code), unit, directoryOf(known), october(2));

describe('a version of a unit is recorded', () => {
  it.each([
    ['of a new commune', 'H44.9', aUnit(), 1],
    ['of a known one that gets another name', 'H44.1', aUnit({ name: 'UBND phường Ví Dụ' }), 2],
    ['of a known one that ends and has a successor', 'H44.D', aUnit({ level: 'DEPARTMENT', validTo: '2026-10-31' }), 2],
    ['of a root', 'H46', aProvince(), 1],
    ['of a balancing unit below the country', 'VN.B', aUnit({ level: 'BALANCE', parent: unitCode('VN') }), 1],
    ['of a balancing unit below a ministry', 'G05.B', aUnit({ level: 'BALANCE', parent: unitCode('G05') }), 1],
    ['of a commune whose code has no point', '31234', aUnit(), 1],
    ['of a commune whose code ends with its province', '000.01.31.H44', aUnit(), 1],
    ['of a child of a province while that is in force', 'H45.1', aUnit({ parent: unitCode('H45'), validFrom: '2026-06-30' }), 1],
  ])('%s', (_case, code, unit, version) => {
    expect(decide(code, unit)).toEqual({ ok: true, value: { version, recordedAt: october(2), content: unit } });
  });

  it('not again if it says nothing new', () => {
    expect(decide('H44.1', aUnit())).toEqual({ ok: true, value: undefined });
  });
});

describe('a version of a unit is refused', () => {
  it.each([
    ['under the code kept for unknown units', 'H44.UNKNOWN', aUnit(), 'UNIT.RESERVED_CODE', 'code'],
    ['with another level than before', 'H44.1', aUnit({ level: 'DEPARTMENT' }), 'UNIT.LEVEL_CHANGED', 'level'],
    ['that ends before it begins', 'H44.1', aUnit({ validTo: '2025-06-30' }), 'VALIDITY.ENDS_BEFORE_IT_BEGINS', 'validTo'],
    ['of a commune without a parent', 'H44.9', aUnit({ parent: null }), 'UNIT.PARENT_MISSING', 'parent'],
    ['below a unit that is not recorded', 'H47.1', aUnit({ parent: unitCode('H47') }), 'UNIT.UNKNOWN_PARENT', 'parent'],
    ['below a unit that has ended', 'H45.1', aUnit({ parent: unitCode('H45'), validFrom: '2026-07-01' }), 'UNIT.PARENT_NOT_IN_FORCE', 'parent'],
    ['before its parent begins', 'H44.9', aUnit({ validFrom: '2024-12-31' }), 'UNIT.PARENT_NOT_IN_FORCE', 'parent'],
    ['of a commune below a commune', 'H44.9', aUnit({ parent: unitCode('H44.1') }), 'UNIT.PARENT_OF_WRONG_LEVEL', 'parent'],
    ['of a country below anything', 'XX', aProvince({ level: 'COUNTRY', parent: unitCode('H44') }), 'UNIT.PARENT_OF_WRONG_LEVEL', 'parent'],
    ['with a successor and no end', 'H44.1', aUnit({ successor: unitCode('H44.2') }), 'UNIT.SUCCESSOR_WITHOUT_END', 'successor'],
    [
      'with a successor that is not recorded', 'H44.1', aUnit({ validTo: '2026-12-31', successor: unitCode('H44.8') }),
      'UNIT.UNKNOWN_SUCCESSOR', 'successor',
    ],
    [
      'with a successor of another level', 'H44.1', aUnit({ validTo: '2026-12-31', successor: unitCode('H44.D') }),
      'UNIT.SUCCESSOR_OF_WRONG_LEVEL', 'successor',
    ],
    ['that succeeds itself', 'H44.1', aUnit({ validTo: '2026-12-31', successor: unitCode('H44.1') }), 'UNIT.SUCCESSOR_CYCLE', 'successor'],
    [
      'that hands on to a unit which hands back', 'H44.1', aUnit({ validTo: '2026-12-31', successor: unitCode('H44.2') }),
      'UNIT.SUCCESSOR_CYCLE', 'successor',
    ],
  ])('%s', (_case, code, unit, refusal, path) => {
    expect(decide(code, unit)).toMatchObject({ ok: false, error: { code: refusal, path } });
  });
});

describe('who stands above a unit', () => {
  it('is read from what begins last, nearest first', () => {
    const moved = directoryOf({
      ...known, 'H44.1': [aUnit({ validFrom: '2026-01-01' }), aUnit({ validFrom: '2025-01-01', parent: unitCode('H45') })],
    });
    expect(ancestorsOf(moved, unitCode('H44.1'))).toEqual(['H44', 'VN']);
    expect(ancestorsOf(moved, unitCode('H44.8'))).toEqual([]);
  });

  it('of two versions that begin together is the later one', () => {
    const history = directoryOf({ X: [aUnit(), aUnit({ parent: unitCode('H45') })] }).find(unitCode('X')) ?? [];
    expect(latestContent(history)?.parent).toBe('H45');
  });
});
