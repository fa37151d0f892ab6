import type { UnitCode } from '@index766/kernel';
import fc from 'fast-check';
import { countMeasures, type DistinctMeasureName } from './counted-measures';
import { addMeasures, codeSets, NO_MEASURES, sumMeasures, type CodeSets, type Measures } from './measures';
import { NO_STOCKS, stockMeasures } from './procedure-stocks';
import type { ReportsOfUnits } from './reported-figures';
import { getDefinition } from './definitions';
import { RolledUp, rollUp } from './roll-up';
import { scoreOf } from './score';
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

  it('adds what is below 0 in a unit, which is taken for 0 in its points alone', () => {
    const satisfied = (numerator: number, denominator: number): Measures =>
      ({ ...NO_MEASURES, pairs: { ...NO_MEASURES.pairs, 'dossiers-satisfied': { numerator, denominator } } });
    const sums = rollUp(tree, new Map([[unit('H44.1'), satisfied(-1, 1)], [unit('H44.2'), satisfied(3, 3)]]));
    const shown = (code: string) => scoreOf(getDefinition('qd766-2026'), countMeasures(sums.get(unit(code)) ?? NO_MEASURES), 'COMMUNE')
      .groups.flatMap(({ indicators }) => indicators).find(({ indicator }) => indicator === '5.4');
    expect(shown('H44.1')).toMatchObject({ measure: { numerator: 0, denominator: 1 } });
    expect(shown('H44')).toMatchObject({ measure: { numerator: 2, denominator: 4 } });
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

describe('a roll-up taken further', () => {
  const units = ['H44', 'H44.1', 'H44.2', 'H44.3', 'H44.2.1', 'H44.OLD', 'H44.77', 'H45', 'H46.1'].map(unit);
  const codes = fc.uniqueArray(fc.constantFrom('A', 'B', 'C', 'D'), { maxLength: 4 }).map((all) => [...all].sort());
  const some: fc.Arbitrary<Measures> = fc.record({
    onTime: fc.nat(9), offered: codes, used: codes, published: fc.option(codes), seconds: fc.nat(1_000), procedure: fc.constantFrom('A', 'B'),
  }).map(({ onTime, offered, used, published, seconds, procedure }) => ({
    ...measuresOf(onTime, 9, { received: onTime }),
    sets: codeSets({ 'online-offered': offered, 'received-online': used, ...(published === null ? {} : { public: published }) }),
    processingTimeByProcedure: { [procedure]: { numerator: seconds, denominator: 1 } },
  }));
  const parents = fc.record({ one: fc.constantFrom('H44', 'H45'), two: fc.constantFrom('H44', 'H44.1'), three: fc.constantFrom('H44.2', 'H45') });
  const own = fc.dictionary(fc.constantFrom(...units), some)
    .map((all): ReadonlyMap<UnitCode, Measures> => new Map(Object.entries(all).map(([code, measures]) => [unit(code), measures])));
  const reported = fc.dictionary(fc.constantFrom(...units), fc.record({ 'national-report': fc.nat(99) }), { maxKeys: 2 })
    .map((all): ReportsOfUnits => new Map(Object.entries(all).map(([code, figures]) => [unit(code), figures])));

  it('gives what rolling up everything gives, in any tree, after any changes', () => {
    fc.assert(fc.property(parents, own, reported, fc.array(own, { maxLength: 4 }), ({ one, two, three }, first, reports, changes) => {
      const grown = {
        ...treeOf(
          ['VN', 'COUNTRY', null], ['H44', 'PROVINCE', 'VN'], ['H45', 'PROVINCE', 'VN'], ['H44.1', 'COMMUNE', one], ['H44.2', 'COMMUNE', two],
          ['H44.3', 'COMMUNE', three], ['H44.2.1', 'DEPARTMENT', 'H44.2'],
        ),
        successors: new Map([[unit('H44.OLD'), unit('H44.3')]]),
      };
      let further = RolledUp.of(grown, first, reports);
      let all: ReadonlyMap<UnitCode, Measures> = first;
      for (const changed of changes) {
        further = further.with(changed);
        all = new Map([...all, ...changed]);
        const whole = rollUp(grown, all, reports);
        expect(asText(further.all())).toBe(asText(whole));
        for (const code of units) expect(further.measuresOf(code)).toEqual(whole.get(code));
      }
    }), { seed: 766, numRuns: 300 });
  });

  function asText(sums: ReadonlyMap<UnitCode, Measures>): string {
    return JSON.stringify([...sums]);
  }
});

describe('distinct counts', () => {
  const withSets = (sets: Partial<CodeSets>): Measures => ({ ...NO_MEASURES, sets: codeSets(sets) });
  const distinct = (sums: ReadonlyMap<UnitCode, Measures>, code: string, name: DistinctMeasureName) =>
    countMeasures(sums.get(unit(code)) ?? NO_MEASURES).distinct[name];

  it('are unions: a service used in one unit and offered in another is used in the province, once', () => {
    const sums = rollUp(tree, new Map([
      [unit('H44.1'), withSets({ 'online-offered': ['A', 'B'], 'received-online': ['B', 'C'] })],
      [unit('H44.2'), withSets({ 'online-offered': ['B'], 'received-online': ['A', 'B'] })],
    ]));
    expect(distinct(sums, 'H44.1', 'online-services-used')).toEqual({ numerator: 1, denominator: 2 });
    expect(distinct(sums, 'H44', 'online-services-used')).toEqual({ numerator: 2, denominator: 2 });
  });

  it('of payments are over fee procedures and those outside them that were paid online (F ∪ X)', () => {
    const sums = rollUp(tree, new Map([[unit('H44.1'), withSets({ 'fee-procedures': ['A', 'B', 'C'], 'paid-online': ['A', 'X'], 'fee-carried': ['B', 'X'] })]]));
    expect(distinct(sums, 'H44', 'procedures-paid-online')).toEqual({ numerator: 2, denominator: 4 });
    expect(distinct(sums, 'H44', 'procedures-fee-synchronised')).toEqual({ numerator: 1, denominator: 4 });
  });

  it('of population data are over the citizen procedures that a unit receives', () => {
    const sums = rollUp(tree, new Map([[unit('H44.1'), withSets({ 'citizen-procedures': ['A', 'B'], 'population-data-used': ['B', 'C'] })]]));
    expect(distinct(sums, 'H44.1', 'procedures-population-data-used')).toEqual({ numerator: 1, denominator: 2 });
  });

  it('of what is announced and published are those of the province, shown below it; two provinces unite in the country', () => {
    const sums = rollUp(tree, new Map([
      [unit('H44'), withSets({ public: ['A', 'B'], 'public-in-full': ['B'], announced: ['A'], 'announced-online': ['A'] })],
      [unit('H44.1'), withSets({ public: ['Z'], 'public-in-full': ['Z'] })],
      [unit('H45'), withSets({ public: ['B', 'C'], 'public-in-full': ['C'] })],
      [unit('H44.99'), measuresOf(1, 1)],
    ]));
    for (const code of ['H44', 'H44.1', 'H44.2', 'H44.BALANCE-01', 'H44.UNKNOWN']) {
      expect(distinct(sums, code, 'procedures-public-in-full')).toEqual({ numerator: 1, denominator: 2 });
      expect(distinct(sums, code, 'procedures-provided-online')).toEqual({ numerator: 1, denominator: 1 });
    }
    expect(distinct(sums, 'VN', 'procedures-public-in-full')).toEqual({ numerator: 2, denominator: 3 });
  });

  it('of a ministry are its own and those of its departments, beside the provinces, and unite with theirs in the country', () => {
    const beside = treeOf(
      ['VN', 'COUNTRY', null], ['G05', 'MINISTRY', 'VN'], ['G05.1', 'DEPARTMENT', 'G05'], ['H44', 'PROVINCE', 'VN'], ['H44.1', 'COMMUNE', 'H44'],
    );
    const sums = rollUp(beside, new Map([
      [unit('G05'), withSets({ public: ['A', 'B'], 'public-in-full': ['A'] })], [unit('G05.1'), measuresOf(2, 3)],
      [unit('H44'), withSets({ public: ['B'], 'public-in-full': ['B'] })], [unit('H44.1'), measuresOf(4, 5)],
    ]));
    expect(['VN', 'G05', 'G05.1', 'H44', 'H44.1'].map((code) => pairOf(sums, code))).toEqual([[6, 8], [2, 3], [2, 3], [4, 5], [4, 5]]
      .map(([numerator, denominator]) => ({ numerator, denominator })));
    expect(['VN', 'G05', 'G05.1', 'H44', 'H44.1'].map((code) => distinct(sums, code, 'procedures-public-in-full'))).toEqual([[2, 2], [1, 2], [1, 2], [1, 1], [1, 1]]
      .map(([numerator, denominator]) => ({ numerator, denominator })));
  });

  it('give the same text whether what a unit has came in one part or in two, stored in between or not', () => {
    const used = withSets({ 'received-online': ['A', 'B'], 'population-data-used': ['C'] });
    const stored = (measures: Measures): Measures => {
      const read = JSON.parse(JSON.stringify(measures)) as Measures;
      return { ...read, sets: codeSets(read.sets) };
    };
    const halves = [['A'], ['B']].map((codes) => stored({ ...used, sets: { ...used.sets, 'received-online': codes } }));
    const texts = [used, stored(used), sumMeasures(halves)].map((own) => {
      const sums = rollUp(tree, new Map([[unit('H44'), withSets({ public: ['A'], announced: ['B'] })], [unit('H44.1'), own]]));
      return JSON.stringify([...sums]);
    });
    expect(new Set(texts).size).toBe(1);
  });

  it('are not known below a province of which nothing is known', () => {
    const sums = rollUp(tree, new Map([[unit('H44.1'), withSets({ public: ['Z'], 'public-in-full': ['Z'] })]]));
    expect([distinct(sums, 'H44', 'procedures-public-in-full'), distinct(sums, 'H44.1', 'procedures-public-in-full')]).toEqual([null, null]);
  });

  it('of certified copies are communes that offer them, of all communes; without any data 0 of 0', () => {
    const copies = (code: string, offers: boolean) => [unit(code), stockMeasures(unit(code), 'COMMUNE', { ...NO_STOCKS, certifiedCopies: offers })] as const;
    const one = rollUp(tree, new Map([copies('H44.1', true)]));
    expect(distinct(one, 'H44.1', 'certified-copies-offered')).toEqual({ numerator: 1, denominator: 1 });
    expect(distinct(one, 'H44.2', 'certified-copies-offered')).toEqual({ numerator: 0, denominator: 0 });
    expect(distinct(one, 'H44', 'certified-copies-offered')).toEqual({ numerator: 1, denominator: 2 });
    expect(distinct(rollUp(tree, new Map([copies('H44.2', false)])), 'H44.2', 'certified-copies-offered')).toEqual({ numerator: 0, denominator: 1 });
    expect(distinct(rollUp(tree, new Map()), 'H44', 'certified-copies-offered')).toEqual({ numerator: 0, denominator: 0 });
  });

  it('come out the same however codes are spread over units', () => {
    const codes = fc.array(fc.tuple(fc.constantFrom('H44.1', 'H44.2', 'H44.BALANCE-01'), fc.constantFrom('A', 'B', 'C', 'D')), { maxLength: 30 });
    fc.assert(fc.property(codes, codes, (offered, used) => {
      const own = new Map<UnitCode, Measures>();
      for (const [name, pairs] of [['online-offered', offered], ['received-online', used]] as const) {
        for (const [code, procedure] of pairs) own.set(unit(code), addMeasures(own.get(unit(code)) ?? NO_MEASURES, withSets({ [name]: [procedure] })));
      }
      const [all, hit] = [new Set(offered.map(([, code]) => code)), new Set(used.map(([, code]) => code))];
      expect(distinct(rollUp(tree, own), 'H44', 'online-services-used')).toEqual({
        numerator: [...all].filter((code) => hit.has(code)).length, denominator: all.size,
      });
    }), { seed: 766, numRuns: 200 });
  });
});

describe('a reported figure of 1.4', () => {
  const synchronised = (numerator: number, denominator: number): Measures =>
    ({ ...NO_MEASURES, pairs: { ...NO_MEASURES.pairs, 'dossiers-synchronised': { numerator, denominator } } });
  const own = new Map([[unit('H44.1'), synchronised(3, 4)], [unit('H44.2'), synchronised(5, 6)]]);
  const figure = (reported: ReportsOfUnits, code: string) => rollUp(tree, own, reported).get(unit(code))?.pairs['dossiers-synchronised'];

  it('stands instead of what was counted, numerator and denominator each for itself, and goes up to the parent', () => {
    const reported = new Map([[unit('H44.1'), { 'national-synchronised': 7 }], [unit('H44.2'), { 'national-report': 10 }]]);
    expect(figure(reported, 'H44.1')).toEqual({ numerator: 7, denominator: 4 });
    expect(figure(reported, 'H44.2')).toEqual({ numerator: 5, denominator: 10 });
    expect(figure(reported, 'H44')).toEqual({ numerator: 12, denominator: 14 });
  });

  it('of a parent stands instead of the sum of those below it', () => {
    const reported = new Map([[unit('H44.1'), { 'national-synchronised': 7 }], [unit('H44'), { 'national-synchronised': 100, 'national-report': 200 }]]);
    expect(figure(reported, 'H44')).toEqual({ numerator: 100, denominator: 200 });
    expect(figure(reported, 'VN')).toEqual({ numerator: 100, denominator: 200 });
  });

  it('is told apart from a counted one: there are no dossiers behind it', () => {
    const sums = rollUp(tree, own, new Map([[unit('H44.1'), { 'national-synchronised': 7 }]]));
    expect(countMeasures(sums.get(unit('H44')) ?? NO_MEASURES).reportingUnits).toEqual(['H44.1']);
    expect(countMeasures(sums.get(unit('H44.2')) ?? NO_MEASURES).reportingUnits).toEqual([]);
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
