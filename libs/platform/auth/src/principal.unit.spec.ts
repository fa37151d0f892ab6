import type { UnitCode } from '@index766/kernel';
import { checkCovers, covers, type AncestorsOf, type Principal } from './principal';

const unit = (code: string): UnitCode => code as UnitCode;
const tree: Readonly<Record<string, readonly UnitCode[]>> = { 'H44.114': [unit('H44'), unit('VN')], H44: [unit('VN')] };
const ancestorsOf: AncestorsOf = (code) => tree[code] ?? [];

function principal(...units: readonly string[]): Principal {
  return { subject: 'desk-1', roles: ['desk'], units };
}

describe('unit scope', () => {
  test.each([
    ['the unit itself', ['H44.114'], 'H44.114', true],
    ['its province', ['H44'], 'H44.114', true],
    ['an ancestor further up', ['VN'], 'H44.114', true],
    ['all units', ['*'], 'H44.114', true],
    ['all units, for one that nobody knows', ['*'], 'H99', true],
    ['an unknown unit by its own code', ['H44.999'], 'H44.999', true],
    ['one of several', ['H45', 'H44'], 'H44.114', true],
    ['a descendant only', ['H44.114'], 'H44', false],
    ['a sibling', ['H44.115'], 'H44.114', false],
    ['a code that only begins alike', ['H4'], 'H44', false],
    ['an unknown unit below the scope', ['H44'], 'H44.999', false],
    ['nothing', [], 'H44.114', false],
  ] as const)('%s', (_name, scope, code, expected) => {
    expect(covers(principal(...scope), unit(code), ancestorsOf)).toBe(expected);
  });

  test('is refused with a code and the path of the field', () => {
    expect(checkCovers(principal('H45'), unit('H44'), ancestorsOf, 'unit')).toEqual({
      ok: false,
      error: { code: 'AUTH.UNIT_OUT_OF_SCOPE', detail: 'the token does not cover this unit; ask for one that does', path: 'unit' },
    });
    expect(checkCovers(principal('H44'), unit('H44'), ancestorsOf)).toEqual({ ok: true, value: 'H44' });
  });
});
