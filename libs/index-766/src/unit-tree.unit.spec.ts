import { parseLocalDay, type LocalDay, type UnitCode } from '@index766/kernel';
import { chainOf, placeOf, treeOn, unitsWithin, type UnitVersion } from './unit-tree';

const unit = (code: string) => code as UnitCode;
const day = (text: string): LocalDay => parseLocalDay(text) ?? (Number.NaN as LocalDay);
const version = (code: string, parent: string | null, rest: Partial<UnitVersion> = {}): UnitVersion => ({
  code: unit(code), name: code, level: parent === null ? 'PROVINCE' : 'COMMUNE', parent: parent === null ? null : unit(parent),
  validFrom: day('2020-01-01'), validTo: null, successor: null, ...rest,
});

describe('the tree of a day', () => {
  const versions = [
    version('H44', null),
    version('H44.1', 'H44'),
    version('H44.2', 'H44'),
    version('H44.2', 'H44', { validTo: day('2026-10-15'), successor: unit('H44.3') }),
    version('H44.3', 'H44', { validFrom: day('2026-10-16') }),
  ];

  it('has the units valid on it, parents with their children', () => {
    const before = treeOn(day('2026-10-15'), versions);
    expect(unitsWithin(before, unit('H44'))).toEqual(['H44', 'H44.1', 'H44.2']);
    expect(unitsWithin(treeOn(day('2026-10-16'), versions), unit('H44'))).toEqual(['H44', 'H44.1', 'H44.3']);
    expect(chainOf(before, unit('H44.2'))).toEqual(['H44.2', 'H44']);
  });

  it('sends dossiers of a closed unit to its successor from that day on', () => {
    expect(placeOf(treeOn(day('2026-10-15'), versions), unit('H44.2'))).toBe('H44.2');
    expect(placeOf(treeOn(day('2026-10-16'), versions), unit('H44.2'))).toBe('H44.3');
  });

  it('sends dossiers of an unknown unit to the reserved unit of its province', () => {
    expect(placeOf(treeOn(day('2026-10-16'), versions), unit('H44.999'))).toBe('H44.UNKNOWN');
  });

  it('does not run in a circle of successors', () => {
    const closed = { validTo: day('2026-01-01') };
    const circle = treeOn(day('2026-10-16'), [
      version('H44.8', 'H44', { ...closed, successor: unit('H44.9') }), version('H44.9', 'H44', { ...closed, successor: unit('H44.8') }),
    ]);
    expect(placeOf(circle, unit('H44.8'))).toBe('H44.UNKNOWN');
  });

  it('takes a unit whose parent is not valid, or stands below itself, for a root', () => {
    const tree = treeOn(day('2026-10-16'), [version('A', 'B'), version('B', 'A'), version('C', 'GONE')]);
    expect([...tree.nodes.values()].map(({ code, parent }) => [code, parent])).toEqual([['B', null], ['A', 'B'], ['C', null]]);
  });

  it('lets the version known last replace one that began on the same day', () => {
    const renamed = treeOn(day('2026-10-16'), [...versions, version('H44.1', 'H44', { name: 'đổi tên' })]);
    expect(renamed.nodes.get(unit('H44.1'))?.name).toBe('đổi tên');
  });
});
