import { parsePeriod, type Period, type UnitCode } from '@index766/kernel';
import { getDefinition } from './definitions';
import { fractionOf } from './fraction';
import { peersOf, rankUnits, type Candidate } from './ranking';
import { scoreOf } from './score';
import { countedOf } from './test/measures.builder';
import type { UnitLevel } from './unit-tree';

const definition = getDefinition('qd766-2026');
const PROGRESS = { group: 'TDGQ' } as const;
const period = (name: string): Period => {
  const parsed = parsePeriod(name);
  if (!parsed.ok) throw new Error(name);
  return parsed.value;
};
const candidate = (unit: string, onTime: number, all: number, level: UnitLevel = 'COMMUNE'): Candidate => {
  const measures = countedOf(onTime, all);
  return { unit: unit as UnitCode, score: scoreOf(definition, measures, level), before: null };
};

describe('a ranking of units', () => {
  it('gives equal shown points one rank and leaves out the next (1224)', () => {
    const { ranked } = rankUnits(definition, [
      candidate('D', 50, 100), candidate('C', 90, 100), candidate('B', 900_001, 1_000_000), candidate('A', 99, 100),
    ], PROGRESS, period('2026-10'));
    expect(ranked.map(({ unit, rank, hundredths }) => [unit, rank, hundredths])).toEqual([
      ['A', 1, 1980n], ['B', 2, 1800n], ['C', 2, 1800n], ['D', 4, 1000n],
    ]);
  });

  it.each([['2026-W40', 10], ['2026-10-01..2026-10-03', 10], ['2026-10', 30], ['2026-Q4', 30]])(
    'lists apart in %s who had fewer than %i dossiers',
    (name, minimum) => {
      const { ranked, apart } = rankUnits(definition, [candidate('A', 1, minimum), candidate('B', minimum - 1, minimum - 1)], PROGRESS, period(name));
      expect(ranked.map(({ unit }) => unit)).toEqual(['A']);
      expect(apart).toMatchObject([{ unit: 'B', reasons: ['below-minimum-volume'] }]);
    },
  );

  it('lists apart, with every reason, who has too little data', () => {
    const { ranked, apart } = rankUnits(definition, [candidate('A', 0, 0), candidate('B', 40, 50)], 'total', period('2026-10'));
    expect(ranked).toEqual([]);
    expect(apart).toMatchObject([
      { unit: 'A', reasons: ['below-minimum-volume', 'no-leading-indicator', 'incomplete'] }, { unit: 'B', reasons: ['incomplete'] },
    ]);
  });

  it('has no points of whom there is no figure, who is neither first nor last', () => {
    const openness = { group: 'CKMB' } as const;
    const { ranked, apart } = rankUnits(definition, [candidate('A', 0, 0), candidate('B', 40, 50)], openness, period('2026-10'));
    expect(ranked).toEqual([]);
    expect(apart).toMatchObject([{ unit: 'A', hundredths: null }, { unit: 'B', hundredths: null, reasons: ['incomplete'] }]);
    const anything = { ...definition, completenessThreshold: fractionOf(0) };
    expect(rankUnits(anything, [candidate('B', 40, 50)], openness, period('2026-10')).apart).toEqual([{ unit: 'B', hundredths: null, reasons: ['incomplete'] }]);
  });

  it('shows no change since a period of which there is no figure', () => {
    const measures = countedOf(40, 50);
    const synchronised = { ...measures, pairs: { ...measures.pairs, 'dossiers-synchronised': { numerator: 50, denominator: 50 } } };
    const anything = { ...definition, completenessThreshold: fractionOf(0) };
    const { ranked } = rankUnits(anything, [
      { unit: 'A' as UnitCode, score: scoreOf(definition, synchronised, 'COMMUNE'), before: scoreOf(definition, measures, 'COMMUNE') },
    ], { group: 'CKMB' }, period('2026-10'));
    expect(ranked).toMatchObject([{ hundredths: 600n, change: { state: 'refused', reason: 'no-score-before' } }]);
  });

  it('leaves balancing and reserved units out altogether', () => {
    const { ranked, apart } = rankUnits(
      definition, [candidate('H44.BALANCE-01', 90, 100, 'BALANCE'), candidate('H44.UNKNOWN', 1, 100, 'UNKNOWN')], PROGRESS, period('2026-10'),
    );
    expect([ranked, apart]).toEqual([[], []]);
  });

  it('shows the change since the period before under the same definition, and refuses it across definitions', () => {
    const before = scoreOf(definition, countedOf(80, 100), 'COMMUNE');
    const { ranked } = rankUnits(definition, [
      { ...candidate('A', 90, 100), before },
      { ...candidate('B', 85, 100), before: { ...before, definition: 'qd766-2025' } },
      candidate('C', 84, 100),
    ], PROGRESS, period('2026-10'));
    expect(ranked.map(({ change }) => change)).toEqual([
      { state: 'computed', hundredths: 200n }, { state: 'refused', reason: 'other-definition' }, { state: 'refused', reason: 'no-score-before' },
    ]);
  });
});

describe('peers', () => {
  it('are of the same level and within a fifth of the volume', () => {
    const units = ([['A', 'COMMUNE', 100], ['B', 'COMMUNE', 120], ['C', 'COMMUNE', 121], ['D', 'DEPARTMENT', 100], ['E', 'COMMUNE', 80]] as const)
      .map(([unit, level, volume]) => ({ unit: unit as UnitCode, level, volume }));
    expect(peersOf('A' as UnitCode, units)).toEqual(['B', 'E']);
    expect(peersOf('Z' as UnitCode, units)).toEqual([]);
  });
});
