import type { UnitCode } from '@index766/kernel';
import fc from 'fast-check';
import { addMeasures, NO_MEASURES, type Measures } from './measures';
import { rollUp } from './roll-up';
import { measuresOf, treeOf } from './test/measures.builder';

const unit = (code: string) => code as UnitCode;
const pairOf = (sums: ReadonlyMap<UnitCode, Measures>, code: string) => sums.get(unit(code))?.pairs['on-time'];

const tree = treeOf(
  ['VN', 'COUNTRY', null], ['H44', 'PROVINCE', 'VN'], ['H44.1', 'COMMUNE', 'H44'], ['H44.2', 'COMMUNE', 'H44'],
  ['H44.BALANCE-01', 'BALANCE', 'H44'], ['H45', 'PROVINCE', 'VN'],
);

describe('a roll-up', () => {
  it('gives a parent the sum of itself and all below it', () => {
    const sums = rollUp(tree, new Map([
      [unit('H44'), measuresOf(1, 1)], [unit('H44.1'), measuresOf(3, 5)], [unit('H44.2'), measuresOf(0, 2)],
      [unit('H44.BALANCE-01'), measuresOf(10, 20)], [unit('H45'), measuresOf(7, 7)],
    ]));
    expect(pairOf(sums, 'H44')).toEqual({ numerator: 14, denominator: 28 });
    expect(pairOf(sums, 'VN')).toEqual({ numerator: 21, denominator: 35 });
  });

  it('says of a unit without dossiers that there are none, not that nothing is known', () => {
    expect(pairOf(rollUp(tree, new Map()), 'H44.2')).toEqual({ numerator: 0, denominator: 0 });
  });

  it('counts unknown units in the reserved unit and in the province', () => {
    const sums = rollUp(tree, new Map([[unit('H44.77'), measuresOf(1, 2)], [unit('H44.78'), measuresOf(1, 1)]]));
    expect(pairOf(sums, 'H44.UNKNOWN')).toEqual({ numerator: 2, denominator: 3 });
    expect(pairOf(sums, 'H44')).toEqual({ numerator: 2, denominator: 3 });
  });

  it('comes out the same however the dossiers are grouped into communes', () => {
    const dossiers = fc.array(fc.record({ commune: fc.nat(9), other: fc.nat(9), onTime: fc.boolean(), seconds: fc.nat(10_000_000) }), { maxLength: 80 });
    const communes = treeOf(['H44', 'PROVINCE', null], ...Array.from({ length: 10 }, (_, index) => [`H44.${index}`, 'COMMUNE', 'H44'] as const));
    fc.assert(fc.property(dossiers, (all) => {
      const provinceBy = (place: 'commune' | 'other') => {
        const own = new Map<UnitCode, Measures>();
        for (const dossier of all) {
          const code = unit(`H44.${dossier[place]}`);
          const one: Measures = {
            ...measuresOf(dossier.onTime ? 1 : 0, 1, { received: 1 }),
            processingTimeByProcedure: { [`P${dossier.seconds % 3}`]: { numerator: dossier.seconds, denominator: 1 } },
          };
          own.set(code, addMeasures(own.get(code) ?? NO_MEASURES, one));
        }
        return rollUp(communes, own).get(unit('H44'));
      };
      expect(JSON.stringify(provinceBy('commune'))).toBe(JSON.stringify(provinceBy('other')));
    }), { seed: 766, numRuns: 200 });
  });
});

describe('measures', () => {
  it('add up in any order, with nothing as the neutral one', () => {
    const some = fc.record({ onTime: fc.nat(1000), all: fc.nat(1000), procedure: fc.constantFrom('a', 'b', 'c') }).map(({ onTime, all, procedure }): Measures => ({
      ...measuresOf(onTime, all, { ended: all }), processingTimeByProcedure: { [procedure]: { numerator: onTime, denominator: all } },
    }));
    fc.assert(fc.property(some, some, some, (a, b, c) => {
      expect(addMeasures(a, addMeasures(b, c))).toEqual(addMeasures(addMeasures(c, b), a));
      expect(addMeasures(a, NO_MEASURES)).toEqual(a);
    }), { seed: 766, numRuns: 200 });
  });
});
